/** What is wrong with a visit, a station or the hours, by the server's code. */
const problems = {
  NAME_TAKEN: 'Another one has this name already. It may be one that is not in use any more.',
  LAST_STATION: 'This is the only station in use. Add another one first.',
  UNKNOWN_CURRENCY: 'Choose one of the currencies.',
  NOT_A_TIME: 'Write both times, such as 09:30.',
  NO_TIME_OPEN: 'Opening and closing time must differ. Or mark the day as closed.',
  INTO_NEXT_DAY: 'This closes after the next day has opened. Close earlier, or open later then.',
  ALREADY_VOIDED: 'This visit was already voided.',
  NOT_VOIDED: 'This visit is not voided.',
  ANOTHER_VISIT: 'Another visit was recorded at that time, so this one would count twice.',
  TOO_LATE: 'The time in which this can be undone is over.',
  VOIDED: 'This visit was voided.',
  BY_CLOSING: 'This visit ended at closing time.',
}

export default problems
