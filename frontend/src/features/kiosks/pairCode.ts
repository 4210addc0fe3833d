const SIGNS = 8

/** The code as the server takes it, from what somebody typed: case, blanks and the hyphen don't matter. */
export const codeOf = (typed: string): string => typed.replace(/[\s\p{Pd}]/gu, '').toUpperCase()

/** Whether so many signs stand there as a code has. */
export const isWhole = (typed: string): boolean => /^[A-Z0-9]+$/.test(codeOf(typed)) && codeOf(typed).length === SIGNS

/** As the device shows it. */
export function shownCode(typed: string): string {
  const code = codeOf(typed)
  return code.length === SIGNS ? `${code.slice(0, 4)}-${code.slice(4)}` : typed
}
