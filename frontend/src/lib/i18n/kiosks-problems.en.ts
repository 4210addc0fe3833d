/** What is wrong with a kiosk or with a decision about what it sent, by the server's code. */
const problems = {
  UNKNOWN_CODE: 'No device shows this code now. Look at the device again: its code changes every ten minutes.',
  NOT_A_PIN: 'Type four to eight digits.',
  DECIDED: 'Somebody else has decided this already.',
  KNOWN: 'The kiosk knew who it was. Dismiss it if that is wrong.',
  KIOSK_REVOKED: 'This kiosk was revoked, so it stays as it is.',
}

export default problems
