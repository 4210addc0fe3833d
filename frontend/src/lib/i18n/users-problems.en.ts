const problems = {
  INVALID: 'This can’t be used. An email needs its at sign; a username has none, and no spaces.',
  ONESELF: 'This can’t be done to your own account. Another administrator can.',
  LAST_ADMIN: 'This is the last administrator who may sign in. Make another one first.',
  INACTIVE: 'This account is deactivated, so a link would let nobody in. Activate it first.',
  USER_IN_USE: 'What this person did here names them, so the account stays. Deactivate it instead.',
  NO_SECOND_FACTOR: 'No second factor is set up.',
}

export type UserProblemWords = Record<keyof typeof problems, string>
export default problems
