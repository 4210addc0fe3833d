const problems = {
  IN_PAST: 'Este día ya pasó. Elija uno posterior.',
  TOO_FAR: 'Elija un día dentro de diez años, o ninguno.',
  NO_ZONE: 'Falta la zona horaria.',
  UNKNOWN_SCOPE: 'Una clave no puede tener uno de estos permisos.',
  KEY_REVOKED: 'Esta clave fue revocada, así que queda como está.',
  KEY_REPLACED: 'Esta clave fue reemplazada por otra, así que queda como está.',
  KEY_ENDED: 'Esta clave ha terminado. Dele primero un final posterior.',
}

export default problems
