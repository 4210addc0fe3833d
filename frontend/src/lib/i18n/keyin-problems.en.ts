/** What is wrong with a visit that is keyed in, by the server's code. */
const problems = {
  LEFT_BEFORE: 'Nobody leaves before they came.',
  STAYED_TOO_LONG: 'Nobody stays for longer than a day.',
}

export default problems
