import type { NoteWords } from './notes.en'

const notes: NoteWords = {
  write: 'Escribir una nota',
  placeholder: '¿Qué debe saber la próxima persona en la recepción?',
  pin: 'Mostrar como aviso al registrar',
  add: 'Añadir nota',
  added: 'Nota añadida',
  hint: 'Ctrl Intro la añade',
  editFor: 'Editar la nota de {when}',
  save: 'Guardar',
  removeFor: 'Borrar la nota de {when}',
  removed: 'Nota borrada',
  pinFor: 'Mostrar la nota de {when} como aviso',
  unpinFor: 'Ya no mostrar la nota de {when} como aviso',
  alert: 'Aviso',
  edited: 'editada por {name}, {when}',
  editedUnknown: 'editada {when}',
  emptyTitle: 'Sin notas todavía',
  failed: 'La nota no se guardó. {why}',
}

export default notes
