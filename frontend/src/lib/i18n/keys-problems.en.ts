/** What is wrong with an API key, by the server's code. */
const problems = {
  IN_PAST: 'This day is over. Choose a later one.',
  TOO_FAR: 'Choose a day within ten years, or none.',
  NO_ZONE: 'The time zone is missing.',
  UNKNOWN_SCOPE: 'A key can’t have one of these scopes.',
  KEY_REVOKED: 'This key was revoked, so it stays as it is.',
  KEY_REPLACED: 'This key was replaced by another, so it stays as it is.',
  KEY_ENDED: 'This key has ended. Give it a later end first.',
}

export default problems
