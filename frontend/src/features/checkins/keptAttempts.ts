import type { Attempt } from './attempts'

const PREFIX = 'krc.checkIn.'
/** Long enough that whoever was away for a week-end learns what was not sent. */
const KEPT_MS = 7 * 24 * 3_600_000

/** A check-in without an answer, as this device keeps it: ids and codes, nobody's name. */
export type KeptAttempt = Pick<
  Attempt,
  'requestId' | 'stationId' | 'overrideReason' | 'at' | 'phase' | 'sentence' | 'problem' | 'overridable'
> & { clientId: string; userId: string }

export interface KeepingParts {
  storage: () => Storage
  /** Who is signed in. What is kept belongs to them: nobody else sees it, and it is sent in nobody else's name. */
  userId: () => string | null
  now: () => number
}

/**
 * Keeps check-ins through a reload and a closed tab, each under a key of its own, so that two tabs never write over each
 * other. After a week they go unseen.
 */
export function createKeeping({ storage, userId, now }: KeepingParts) {
  function everybodys(): KeptAttempt[] {
    const found: KeptAttempt[] = []
    try {
      const place = storage()
      for (const key of Object.keys(place).filter((each) => each.startsWith(PREFIX))) {
        const kept = read(place.getItem(key))
        if (kept && now() - kept.at < KEPT_MS) found.push(kept)
        else place.removeItem(key)
      }
    } catch {
      // Storage is off: nothing was kept.
    }
    return found.sort((one, other) => one.at - other.at)
  }

  function put(attempt: Attempt): void {
    const user = userId()
    if (!user) return
    const { requestId, stationId, overrideReason, at, phase, sentence, problem, overridable } = attempt
    const rest = { requestId, stationId, overrideReason, at, phase, sentence, problem, overridable }
    const kept: KeptAttempt = { ...rest, clientId: attempt.person.id, userId: user }
    try {
      storage().setItem(PREFIX + requestId, JSON.stringify(kept))
    } catch {
      // Storage is off or full: it then lasts as long as the page.
    }
  }

  function drop(requestId: string): void {
    try {
      storage().removeItem(PREFIX + requestId)
    } catch {
      // Then it was never kept.
    }
  }

  return {
    put,
    drop,
    /** Those of whoever is signed in, the oldest first. */
    mine: () => everybodys().filter((kept) => kept.userId === userId()),
    /** Those that wait for somebody else to sign in on this device. */
    others: () =>
      everybodys().filter(({ userId: by, phase }) => by !== userId() && (phase === 'failed' || phase === 'sending')),
  }
}

function read(text: string | null): KeptAttempt | null {
  try {
    const kept = JSON.parse(text ?? 'null') as Partial<KeptAttempt> | null
    const whole = typeof kept?.requestId === 'string' && typeof kept.clientId === 'string'
    return whole && typeof kept.userId === 'string' && typeof kept.at === 'number' ? (kept as KeptAttempt) : null
  } catch {
    return null
  }
}

export type Keeping = ReturnType<typeof createKeeping>
