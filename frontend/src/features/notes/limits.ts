/** The most characters of a note, as the server has it. */
export const MOST_CHARACTERS = 10_000
