import type { ProblemWords } from './problems.en'

const problems: ProblemWords = {
  REQUIRED: 'Esto no puede quedar vacío.',
  BAD_CHARACTER: 'Contiene un carácter que no se puede usar. Escríbalo de nuevo.',
  TOO_LONG: 'Es demasiado largo. Acórtelo.',
  ONLY_BLANKS: 'Solo contiene espacios.',
  NOT_A_PHONE: 'No es un número de teléfono.',
  NO_AREA_CODE: 'Al teléfono le falta el código de área.',
  HAS_EXTENSION: 'Las extensiones no se pueden guardar. Quítela.',
  NO_SUCH_PHONE: 'Ningún teléfono tiene ese número. Revise las cifras.',
  NOT_AN_EMAIL: 'No es una dirección de correo.',
  IN_FUTURE: 'Ese día aún no ha llegado.',
  TOO_LONG_AGO: 'Es una fecha demasiado antigua.',
  NOT_ALLOWED: 'Su cuenta no puede hacer esto. Consulte a la administración.',
  NOT_FOUND: 'Esto ya no está. Vuelva a cargar la página.',
  STALE_VERSION: 'Otras personas siguen cambiando esto. Reintente.',
  KEY_REUSED: 'Esto ya se envió. Vuelva a cargar la página y revise.',
}

export default problems
