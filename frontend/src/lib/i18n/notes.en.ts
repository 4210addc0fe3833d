const notes = {
  write: 'Write a note',
  placeholder: 'What should the next person at the desk know?',
  pin: 'Show as an alert at check-in',
  add: 'Add note',
  added: 'Note added',
  hint: 'Ctrl Enter adds it',
  editFor: 'Edit the note of {when}',
  save: 'Save',
  removeFor: 'Delete the note of {when}',
  removed: 'Note deleted',
  pinFor: 'Show the note of {when} as an alert',
  unpinFor: 'No longer show the note of {when} as an alert',
  alert: 'Alert',
  edited: 'edited by {name}, {when}',
  editedUnknown: 'edited {when}',
  emptyTitle: 'No notes yet',
  failed: 'The note was not saved. {why}',
}

export type NoteWords = Record<keyof typeof notes, string>
export default notes
