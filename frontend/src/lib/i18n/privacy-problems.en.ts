/** What can be wrong when clients are merged, erased or printed on cards; they stand under `problem`. */
const problems = {
  MERGED: 'One of these clients was merged into another one. Reload the page.',
  ERASED: 'This client was erased. Nothing can be done with them any more.',
  ARCHIVED: 'The client who stays is archived. Restore them first, or keep another one.',
  UNDONE: 'This merge was undone already.',
  MERGE_TOO_OLD: 'A merge can be undone for 30 days. This one is older.',
  NAME_DIFFERS: 'This is not the client’s name. Type first and last name as shown.',
  SAME_CLIENT: 'Nobody can be merged with themselves. Choose different clients.',
  NOT_ONE_OF_THEM: 'Choose one of these clients.',
  NOBODY: 'There is nobody among these who can have a card.',
}

export default problems
