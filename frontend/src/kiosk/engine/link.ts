const PROBE_EVERY_MS = 5_000
const PROBE_TIMEOUT_MS = 2_000
const FAILURES = 2
const SUCCESSES = 2
/** So long at least it stays offline; twice as long each time that it falls again soon after. */
const HOLD_MS = 10_000
const LONGEST_HOLD_MS = 60_000
const STEADY_MS = 60_000

/**
 * Whether the server is asked or the device decides by itself. It switches by what happens to real calls, by slowness as well as by
 * errors, and returns only after two good probes and some time, so that a bad network doesn't make the screens change back and forth.
 */
export function createLink(changed: (online: boolean) => void) {
  let online = navigator.onLine !== false
  let failures = 0
  let successes = 0
  let fellAt = performance.now()
  let backAt = Number.NEGATIVE_INFINITY
  let hold = HOLD_MS
  let timer: ReturnType<typeof setTimeout> | undefined
  let probing = false
  let stopped = true

  function fall(): void {
    if (!online || stopped) return
    online = false
    successes = 0
    fellAt = performance.now()
    hold = fellAt - backAt < STEADY_MS ? Math.min(hold * 2, LONGEST_HOLD_MS) : HOLD_MS
    schedule()
    changed(false)
  }

  function rise(): void {
    clearTimeout(timer)
    online = true
    failures = 0
    backAt = performance.now()
    changed(true)
  }

  function schedule(): void {
    clearTimeout(timer)
    if (!stopped && !online) timer = setTimeout(() => void probe(), PROBE_EVERY_MS)
  }

  async function probe(): Promise<void> {
    if (probing || online || stopped) return
    probing = true
    const good = await isReady()
    probing = false
    if (online || stopped) return
    successes = good ? successes + 1 : 0
    if (successes >= SUCCESSES && performance.now() - fellAt >= hold) rise()
    else schedule()
  }

  // The browser knows when there is no network at all; that there is one says nothing about the server.
  const onOffline = () => fall()
  const onOnline = () => void probe()

  return {
    get online(): boolean {
      return online
    },
    /** The server was reached, whatever it said. */
    answered(): void {
      failures = 0
    },
    /** The server was not reached in time. `waited`: somebody stood there for it, and the next one shall not. */
    failed(waited: boolean): void {
      failures++
      if (waited || failures >= FAILURES) fall()
    },
    start(): void {
      stopped = false
      addEventListener('offline', onOffline)
      addEventListener('online', onOnline)
      schedule()
    },
    stop(): void {
      stopped = true
      clearTimeout(timer)
      removeEventListener('offline', onOffline)
      removeEventListener('online', onOnline)
    },
  }
}

export type Link = ReturnType<typeof createLink>

async function isReady(): Promise<boolean> {
  const timeout = new AbortController()
  const timer = setTimeout(() => timeout.abort(), PROBE_TIMEOUT_MS)
  try {
    const options = { credentials: 'omit', cache: 'no-store', redirect: 'error', signal: timeout.signal } as const
    return (await fetch('/api/v1/readyz', options)).status === 200
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}
