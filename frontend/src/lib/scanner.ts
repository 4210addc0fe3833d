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
/** A busy computer may hold one key of a scan up for so long; a hand that types is slower at every key. */
const LONGEST_STALL_MS = 200
const SHORTEST_CODE = 4
/** With a stall in it, so that two quick keys and two more are no scan. */
const SHORTEST_STALLED = 6
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
  /** What came after the stall in `typed`; the same as `typed` where there was none. */
  let sinceStall = ''
  let last = Number.NEGATIVE_INFINITY

  function forget(): void {
    typed = sinceStall = ''
  }

  function codeIn(burst: string, shortest: number): Scan | null {
    const { prefix } = setup()
    // With a prefix only what begins with it is a scan; without one, words that were pasted or typed in a hurry are none.
    if (prefix ? !burst.startsWith(prefix) : /\s/.test(burst)) return null
    const code = burst.slice(prefix.length).trim()
    return code.length >= shortest ? { code, typed: burst } : null
  }

  function finish(): Scan | null {
    const [whole, rest] = [typed, sinceStall]
    forget()
    return (whole !== rest && codeIn(whole, SHORTEST_STALLED)) || codeIn(rest, SHORTEST_CODE)
  }

  /** Takes note of how long the next key of a burst was coming. */
  function wait(gap: number): void {
    if (gap <= LONGEST_GAP_MS) return
    // One stall is let pass: what came before an earlier one is somebody's typing.
    typed = gap <= LONGEST_STALL_MS ? sinceStall : ''
    sinceStall = ''
  }

  function press(event: Key): Scan | null {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) {
      forget()
      return null
    }
    // Shift is pressed for each capital letter; it is no character and says nothing about the speed.
    if (event.key === 'Shift') return null
    const gap = event.timeStamp - last
    last = event.timeStamp
    if (event.key === setup().suffix) {
      const stalled = typed !== sinceStall
      if (gap <= LONGEST_GAP_MS || (!stalled && gap <= LONGEST_STALL_MS && typed.length >= SHORTEST_STALLED))
        return finish()
      forget()
      return null
    }
    if ([...event.key].length !== 1) {
      forget()
      return null
    }
    wait(gap)
    typed = (typed + event.key).slice(-LONGEST_CODE)
    sinceStall = (sinceStall + event.key).slice(-LONGEST_CODE)
    return null
  }

  return { press, flush: finish, waitMs: 2 * LONGEST_GAP_MS }
}
