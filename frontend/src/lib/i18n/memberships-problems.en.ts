/** What is wrong with a membership, an authorization or a tier, by the server's code; with the words of `problem`. */
const problems = {
  NO_PERIOD: 'This tier has no period. Say when it ends.',
  ENDS_BEFORE_START: 'The last day lies before the first one.',
  TOO_FAR_AHEAD: 'This is too far ahead to be right.',
  NOT_LATER: 'Choose a day after the present last day.',
  NOT_EARLIER: 'It ends then anyway. Choose an earlier day.',
  BEFORE_START: 'It has not begun by then. If it was a mistake, remove it.',
  NO_SUCH_TIER: 'There is no such tier. Choose another one.',
  TIER_RETIRED: 'This tier is no longer sold. Choose another one.',
  TIER_IS_DEFAULT: 'This is the default tier. Make another one the default first.',
  NEEDS_DEFAULT: 'One tier has to be the default. Make another one the default instead.',
  ONE_PERIOD: 'Give months or days, not both.',
  CODE_TAKEN: 'Another tier has this code.',
  BAD_TIER_CODE: 'A code has letters and digits, with hyphens between them.',
  OUT_OF_RANGE: 'This number is too small or too large.',
  SAME_AUTHORIZATION: 'There is an authorization with these numbers and this first day already.',
  CLIENT_ARCHIVED: 'This client is archived. Restore them first.',
  OVERLAPS: 'It would share days with another one.',
  MOVED: 'Two clients were merged at this moment. Please try again.',
}

export default problems
