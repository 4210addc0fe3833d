/** What the desk looks like when a key is pressed in the search field. */
export interface DeskSituation {
  text: string
  /** Index of the chosen row, -1 when none is. */
  chosen: number
  count: number
  /** False while the rows on screen belong to an older text. */
  settled: boolean
  /** True when the server said that there are more than the rows on screen. */
  hasMore: boolean
  bandShown: boolean
  /** The caret stands behind the last character, so that → can't be meant for the text. */
  caretAtEnd: boolean
}

export type DeskAction =
  | { kind: 'choose'; row: number }
  | { kind: 'checkIn'; row: number }
  | { kind: 'open'; row: number }
  /** Enter came before the answer, as from a scanner: decide once the rows for this text are there. */
  | { kind: 'waitForRows' }
  | { kind: 'closeBand' }
  | { kind: 'clear' }
  | { kind: 'none' }

const none: DeskAction = { kind: 'none' }

/**
 * The keyboard at the desk, as a pure function. Enter never takes a guess: it checks in the row that was chosen, or
 * the only one there is; with several and none chosen it chooses the first.
 */
export function deskAction(key: string, at: DeskSituation): DeskAction {
  switch (key) {
    case 'ArrowDown':
      return at.count ? { kind: 'choose', row: Math.min(at.chosen + 1, at.count - 1) } : none
    case 'ArrowUp':
      return at.count && at.chosen > 0 ? { kind: 'choose', row: at.chosen - 1 } : none
    case 'Enter':
      if (!at.text.trim()) return at.bandShown ? { kind: 'closeBand' } : none
      if (!at.settled) return { kind: 'waitForRows' }
      if (at.chosen >= 0 && at.chosen < at.count) return { kind: 'checkIn', row: at.chosen }
      if (at.count === 1 && !at.hasMore) return { kind: 'checkIn', row: 0 }
      return at.count ? { kind: 'choose', row: 0 } : none
    case 'ArrowRight': {
      const row = at.chosen >= 0 ? at.chosen : at.count === 1 ? 0 : -1
      return at.caretAtEnd && at.settled && row >= 0 ? { kind: 'open', row } : none
    }
    case 'Escape':
      if (at.bandShown) return { kind: 'closeBand' }
      return at.text ? { kind: 'clear' } : none
    default:
      return none
  }
}

/** Whether a key pressed elsewhere on the page is the start of a search and belongs into the field. */
export function startsTyping(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'>,
): boolean {
  return (
    [...event.key].length === 1 &&
    event.key !== ' ' &&
    event.key !== '?' &&
    !event.ctrlKey &&
    !event.metaKey &&
    !event.altKey &&
    !event.isComposing
  )
}
