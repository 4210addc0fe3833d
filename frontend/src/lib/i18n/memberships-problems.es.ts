/** Lo que está mal en una membresía, una autorización o un tipo, según el código del servidor. */
const problems = {
  NO_PERIOD: 'Este tipo no tiene duración. Indique cuándo termina.',
  ENDS_BEFORE_START: 'El último día es anterior al primero.',
  TOO_FAR_AHEAD: 'Está demasiado lejos para ser correcto.',
  NOT_LATER: 'Elija un día posterior al último actual.',
  NOT_EARLIER: 'Ya termina entonces. Elija un día anterior.',
  BEFORE_START: 'Para entonces no ha empezado. Si fue un error, quítela.',
  NO_SUCH_TIER: 'Ese tipo no existe. Elija otro.',
  TIER_RETIRED: 'Este tipo ya no se vende. Elija otro.',
  TIER_IS_DEFAULT: 'Es el tipo por defecto. Primero ponga otro por defecto.',
  NEEDS_DEFAULT: 'Un tipo debe ser el de por defecto. Ponga otro en su lugar.',
  ONE_PERIOD: 'Indique meses o días, no ambos.',
  CODE_TAKEN: 'Otro tipo tiene este código.',
  BAD_TIER_CODE: 'Un código tiene letras y cifras, con guiones entre ellas.',
  OUT_OF_RANGE: 'Este número es demasiado pequeño o demasiado grande.',
  SAME_AUTHORIZATION: 'Ya hay una autorización con estos números y este primer día.',
  CLIENT_ARCHIVED: 'Esta persona está archivada. Primero restáurela.',
  OVERLAPS: 'Coincidiría en días con otra.',
  MOVED: 'Dos fichas se unieron en este momento. Inténtelo de nuevo.',
}

export default problems
