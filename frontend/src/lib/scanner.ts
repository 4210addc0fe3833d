/** What a hand scanner types around each code, as it was set up on this device. */
export interface ScannerSetup {
  /** Characters before each code; empty where there are none. */
  prefix: string
  /** The key after each code; `None`: the code ends when the keys stop. */
  suffix: 'Enter' | 'Tab' | 'None'
}

export const standardSetup: ScannerSetup = { prefix: '', suffix: 'Enter' }

/** Nobody types so fast for so long; a scanner needs 1 to 30 ms for a key. */
const LONGEST_GAP_MS = 45
const SHORTEST_CODE = 4
const LONGEST_CODE = 200

type Key = Pick<KeyboardEvent, 'key' | 'timeStamp' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'repeat'>

/** `typed` is everything that came in the burst, prefix included, so that it can be taken out of the field again. */
export interface Scan {
  code: string
  typed: string
}

/**
 * Tells a scanner's burst of keys from somebody's typing by its speed. `press` answers with the scan when a key ends one:
 * that key was the scanner's and must do nothing else. `flush` does so for a scanner that sends no key at the end.
 */
export function createScanner(setup: () => ScannerSetup) {
  let typed = ''
  let last = Number.NEGATIVE_INFINITY

  function finish(): Scan | null {
    const burst = typed
    typed = ''
    const { prefix } = setup()
    // With a prefix only what begins with it is a scan; without one, words that were pasted or typed in a hurry are none.
    if (prefix ? !burst.startsWith(prefix) : /\s/.test(burst)) return null
    const code = burst.slice(prefix.length).trim()
    return code.length >= SHORTEST_CODE ? { code, typed: burst } : null
  }

  function press(event: Key): Scan | null {
    const { suffix } = setup()
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) {
      typed = ''
      return null
    }
    const quick = event.timeStamp - last <= LONGEST_GAP_MS
    if (event.key === suffix) {
      last = event.timeStamp
      if (quick) return finish()
      typed = ''
      return null
    }
    // Shift is pressed for each capital letter; it is no character and says nothing about the speed.
    if (event.key === 'Shift') return null
    last = event.timeStamp
    if ([...event.key].length !== 1) typed = ''
    else typed = ((quick ? typed : '') + event.key).slice(-LONGEST_CODE)
    return null
  }

  return { press, flush: finish, waitMs: 2 * LONGEST_GAP_MS }
}
