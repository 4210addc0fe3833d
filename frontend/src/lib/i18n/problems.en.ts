/** What is wrong with a field or a request, by the server's code; a code without words here is shown in the server's own. */
const problems = {
  REQUIRED: 'This can’t stay empty.',
  BAD_CHARACTER: 'This holds a character that can’t be used. Type it anew.',
  TOO_LONG: 'This is too long. Shorten it.',
  ONLY_BLANKS: 'This holds nothing but blanks.',
  NOT_A_PHONE: 'This is not a phone number.',
  NO_AREA_CODE: 'This phone number lacks the area code.',
  HAS_EXTENSION: 'Extensions can’t be kept. Remove it.',
  NO_SUCH_PHONE: 'No phone has this number. Check its digits.',
  NOT_AN_EMAIL: 'This is not an email address.',
  IN_FUTURE: 'This day is still to come.',
  TOO_LONG_AGO: 'This is too long ago to be right.',
  NOT_ALLOWED: 'Your account may not do this. Ask an administrator.',
  NOT_FOUND: 'This is no longer there. Reload the page.',
  STALE_VERSION: 'Others keep changing this. Try again.',
  KEY_REUSED: 'This was sent before. Reload the page and look.',
}

export type ProblemWords = Record<keyof typeof problems, string>
export default problems
