import type en from './centre-problems.en'

const problems: typeof en = {
  NAME_TAKEN: 'Ya hay otro elemento con este nombre; puede que ya no esté en uso.',
  LAST_STATION: 'Es la única estación en uso. Añada otra primero.',
  UNKNOWN_CURRENCY: 'Elija una de las monedas.',
  NOT_A_TIME: 'Escriba ambas horas, como 09:30.',
  NO_TIME_OPEN: 'Las horas de apertura y de cierre deben ser distintas. O marque el día como cerrado.',
  INTO_NEXT_DAY: 'Cierra después de que el día siguiente haya abierto. Cierre antes o abra más tarde ese día.',
  ALREADY_VOIDED: 'Esta visita ya estaba anulada.',
  NOT_VOIDED: 'Esta visita no está anulada.',
  ANOTHER_VISIT: 'Se registró otra visita a esa hora, así que esta contaría dos veces.',
  TOO_LATE: 'Ya pasó el tiempo en que esto se podía deshacer.',
  VOIDED: 'Esta visita fue anulada.',
  BY_CLOSING: 'Esta visita terminó al cierre.',
}

export default problems
