import type { UserProblemWords } from './users-problems.en'

const problems: UserProblemWords = {
  INVALID: 'Esto no se puede usar. Un correo lleva su arroba; un usuario no lleva arroba ni espacios.',
  ONESELF: 'Esto no se puede hacer con la cuenta propia. Otro administrador puede.',
  LAST_ADMIN: 'Es el último administrador que puede entrar. Cree otro antes.',
  INACTIVE: 'La cuenta está desactivada: un enlace no dejaría entrar a nadie. Actívela antes.',
  USER_IN_USE: 'Lo que esta persona hizo aquí la nombra, así que la cuenta se queda. Desactívela en su lugar.',
  NO_SECOND_FACTOR: 'No hay un segundo factor.',
}

export default problems
