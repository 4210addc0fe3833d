/** What the server may say about views and changes to many, by its codes. */
const problems = {
  SELECTION_CHANGED: 'It is about other clients by now. Look at the new count before you go on.',
  STILL_RUNNING: 'It is still being done. Wait until it is done.',
  ALREADY_UNDONE: 'This was undone before.',
  TAG_GONE: 'The tag was removed meanwhile, from everybody.',
}

export default problems
