import { sha256 } from './bytes'
import type { Link } from './link'
import type { Answer, Queue, Target } from './queue'
import type { Roster } from './roster'
import type { PressOutcome } from './types'

/** Two presses of one person within this time are one. */
const SHARED_MS = 3_000

const LOST: PressOutcome = { outcome: 'lost', verified: false, sentence: null }

export interface PressingParts {
  queue: Queue
  roster: Roster
  link: Link
  paired: () => boolean
  /** Whether the last press could be written down. */
  written: (well: boolean) => void
}

/** From a touch to what is said about it: written down first, then the server's word, or the device's own where there is none. */
export function createPressing({ queue, roster, link, paired, written }: PressingParts) {
  /** Under a digest that means nothing outside of this page, so that nobody is remembered; each goes after three seconds. */
  const recent = new Map<string, Promise<PressOutcome>>()
  let salt: string | null = null

  async function make(target: Target): Promise<PressOutcome> {
    const offline = !link.online
    let press
    try {
      press = await queue.write(target, offline)
      written(true)
    } catch {
      written(false)
      return LOST
    }
    const answer = offline ? null : await queue.sendNow(press)
    if (answer) return outcomeOf(answer)
    if (paired()) return decide(target)
    // Cut off meanwhile: everything was wiped, and this one must not stay behind.
    await queue.remove([press.requestId]).catch(() => {})
    return LOST
  }

  async function decide(target: Target): Promise<PressOutcome> {
    const decision = 'handle' in target ? await roster.decide(target.handle).catch(() => null) : null
    const outcome = decision === 'askStaff' ? 'askStaff' : decision === 'hidden' ? 'seeDesk' : 'saved'
    return { outcome, verified: false, sentence: null }
  }

  return {
    async press(target: Target): Promise<PressOutcome> {
      if (!paired()) return LOST
      salt ??= crypto.randomUUID()
      const mark = await sha256(salt + JSON.stringify(target))
      const shared = recent.get(mark)
      if (shared) return shared
      const outcome = make(target)
      recent.set(mark, outcome)
      const timer = setTimeout(() => recent.delete(mark), SHARED_MS)
      const said = await outcome
      if (said.outcome === 'lost') {
        // Nothing happened, so the next touch is a new one.
        clearTimeout(timer)
        recent.delete(mark)
      }
      return said
    },
    forget: () => recent.clear(),
  }
}

const OUTCOMES = {
  CHECKED_IN: 'checkedIn',
  REPEAT: 'repeat',
  ASK_STAFF: 'askStaff',
  SEE_DESK: 'seeDesk',
  // The server has it, and somebody will look at it: no more can be said, and no less.
  FOR_STAFF: 'saved',
  TRY_AGAIN: 'saved',
} as const

function outcomeOf({ outcome, sentence }: Answer): PressOutcome {
  return { outcome: OUTCOMES[outcome], verified: outcome !== 'TRY_AGAIN', sentence: sentence || null }
}
