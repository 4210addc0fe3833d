import type en from './kiosks-problems.en'

const problems: typeof en = {
  UNKNOWN_CODE: 'Ningún equipo muestra ahora este código. Mire otra vez el equipo: su código cambia cada diez minutos.',
  NOT_A_PIN: 'Escriba de cuatro a ocho cifras.',
  DECIDED: 'Otra persona ya lo ha decidido.',
  KNOWN: 'El quiosco sabía quién era. Descártela si no es correcto.',
  KIOSK_REVOKED: 'Este quiosco está revocado, así que queda como está.',
}

export default problems
