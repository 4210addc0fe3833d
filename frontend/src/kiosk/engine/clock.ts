/** What a press says of its time: the device's clock may be wrong by far, so the server gets all that is known of it. */
export interface Moment {
  occurredAt: string
  monotonicMs: number
  session: string
  clockOffsetMs: number | null
}

/** Dates as people say them, without a zone. */
function dayOf(instant: Date): string {
  const part = (value: number) => String(value).padStart(2, '0')
  return `${instant.getFullYear()}-${part(instant.getMonth() + 1)}-${part(instant.getDate())}`
}

/** The device's clock and how far the server's is ahead of it. One for each load of the page: `performance.now` begins anew then. */
export function createClock() {
  let run: string | null = null
  const session = (): string => (run ??= crypto.randomUUID())
  let offset: number | null = null

  const now = () => Date.now() + (offset ?? 0)

  return {
    /** Which run of the page this is. Made when it is needed: without HTTPS a browser can't, and then the page has to say so. */
    get session(): string {
      return session()
    },
    /** Server's clock minus device's in milliseconds; null: not known yet. */
    get offset(): number | null {
      return offset
    },
    /** What an earlier page knew: better than nothing for a page that is loaded without a network. */
    recall(kept: number | null): void {
      offset ??= kept
    },
    /** Takes the server's time from an answer, which is half the round trip old when it arrives. `sentAt` is by `performance.now`. */
    learn(server: string, sentAt: number): void {
      const instant = Date.parse(server)
      if (!Number.isNaN(instant)) offset = Math.round(instant + (performance.now() - sentAt) / 2 - Date.now())
    },
    /** Milliseconds since 1970 by the server's clock, as far as it is known. */
    now,
    /** The device's zone is the centre's. */
    day: () => dayOf(new Date(now())),
    moment: (): Moment => ({
      occurredAt: new Date().toISOString(),
      monotonicMs: performance.now(),
      session: session(),
      clockOffsetMs: offset,
    }),
  }
}

export type Clock = ReturnType<typeof createClock>
