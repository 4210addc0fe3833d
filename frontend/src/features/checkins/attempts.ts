import { computed, shallowRef } from 'vue'
import type {
  CheckInInput,
  CheckInMutation,
  FeedItemFragment,
  StandingPartsFragment,
  VoidCheckInMutation,
} from '@/gql/graphql'
import { toFailure, type Failure } from '@/lib/graphql/failures'
import type { KeptAttempt, Keeping } from './keptAttempts'

export interface Person {
  id: string
  /** Empty while it is not known: what is kept on a device has no names. */
  displayName: string
  alerts?: readonly { id: string; body: string }[]
}

/** `late`: its day at the centre ended before it could be sent, so that it would count on the wrong one. */
export type Phase = 'sending' | 'recorded' | 'repeat' | 'refused' | 'failed' | 'late' | 'undoing' | 'undone'

/** One wish to check somebody in. Its `requestId` stays the same through every retry, so that it counts once. */
export interface Attempt {
  readonly requestId: string
  readonly person: Person
  readonly stationId: string | null
  /** When it was wished, in milliseconds since 1970. */
  readonly at: number
  /** Why staff let somebody in whom the policy keeps out. */
  readonly overrideReason: string | null
  readonly phase: Phase
  /** The policy's sentence, from the server in the reader's language. */
  readonly sentence: string
  /** Why it was refused, as a code; the message key and the server's words follow from it. */
  readonly problem: { code: string; message: string } | null
  /** Refused, but staff may let them in with a reason. */
  readonly overridable: boolean
  readonly standing: StandingPartsFragment | null
  readonly checkIn: FeedItemFragment | null
  readonly failure: Failure | null
}

export interface AttemptParts {
  checkIn: (input: CheckInInput) => Promise<CheckInMutation['checkIn']>
  voidCheckIn: (input: { checkInId: string; reason: string }) => Promise<VoidCheckInMutation['voidCheckIn']>
  newId: () => string
  /** Why an undone visit was voided; kept with it on the server. */
  undoReason: string
  keeping: Keeping
  /** Somebody's name, for an attempt that was kept without; null when they are no longer on file. */
  nameOf: (clientId: string) => Promise<string | null>
  now: () => number
  /** Whether an instant is on the centre's present day. */
  isToday: (at: number) => boolean
}

/**
 * All attempts of this tab: the one on show, and those without a good end that nobody has looked at yet. They outlive a
 * page, and `keeping` lets those without an answer outlive the tab.
 */
export function createAttempts(parts: AttemptParts) {
  const { checkIn, voidCheckIn, newId, undoReason, keeping, nameOf, now, isToday } = parts
  const current = shallowRef<Attempt | null>(null)
  const unsent = shallowRef<readonly Attempt[]>([])
  const others = shallowRef(0)
  const underway = new Set<string>()
  /** Counts the sign-outs: an answer that comes after one is for nobody here. */
  let era = 0

  function show(attempt: Attempt): void {
    // An older attempt that is answered late must not cover the one that staff look at now.
    if (!current.value || current.value.requestId === attempt.requestId) current.value = attempt
  }

  const isListed = (requestId: string) => unsent.value.some((each) => each.requestId === requestId)

  function list(attempt: Attempt): void {
    const before = isListed(attempt.requestId)
    const swap = (each: Attempt) => (each.requestId === attempt.requestId ? attempt : each)
    unsent.value = before ? unsent.value.map(swap) : [...unsent.value, attempt]
    keeping.put(attempt)
  }

  function forget(requestId: string): void {
    unsent.value = unsent.value.filter((each) => each.requestId !== requestId)
    keeping.drop(requestId)
  }

  async function named(person: Person): Promise<Person> {
    if (person.displayName) return person
    return { ...person, displayName: (await nameOf(person.id).catch(() => null)) ?? '' }
  }

  async function ask(attempt: Attempt): Promise<Attempt> {
    const { requestId, stationId, overrideReason } = attempt
    try {
      return settle(attempt, await checkIn({ requestId, clientId: attempt.person.id, stationId, overrideReason }))
    } catch (error) {
      return { ...attempt, phase: 'failed', failure: toFailure(error) }
    }
  }

  async function send(attempt: Attempt): Promise<Attempt> {
    const { requestId } = attempt
    if (underway.has(requestId)) return attempt
    if (!isToday(attempt.at)) {
      const late: Attempt = { ...attempt, phase: 'late', failure: null, person: await named(attempt.person) }
      list(late)
      show(late)
      return late
    }
    underway.add(requestId)
    const begun = era
    const sending: Attempt = { ...attempt, phase: 'sending', failure: null }
    // Before it is sent: a tab that is closed meanwhile must not lose it.
    keeping.put(sending)
    show(sending)
    const known = attempt.person.displayName !== ''
    const settled = await ask(known ? sending : { ...sending, person: await named(attempt.person) })
    underway.delete(requestId)
    if (begun !== era) {
      if (settled.phase !== 'failed') keeping.drop(requestId)
      return settled
    }
    const seen = current.value === null || current.value.requestId === requestId
    // A refusal that staff look at is told; one that comes after they have turned to somebody else waits for them.
    if (settled.phase === 'failed' || (settled.phase === 'refused' && (isListed(requestId) || !seen))) list(settled)
    else forget(requestId)
    show(settled)
    return settled
  }

  /** Starts a new attempt; a second press while the same person is being sent changes nothing. */
  async function start(person: Person, stationId: string | null): Promise<Attempt | null> {
    if (current.value?.phase === 'sending' && current.value.person.id === person.id) return null
    const attempt: Attempt = {
      requestId: newId(),
      person,
      stationId,
      at: now(),
      overrideReason: null,
      phase: 'sending',
      sentence: '',
      problem: null,
      overridable: false,
      standing: null,
      checkIn: null,
      failure: null,
    }
    current.value = attempt
    return send(attempt)
  }

  /** Tries again what was refused. Nothing was recorded under its id, so it is still the same wish. */
  const override = (attempt: Attempt, overrideReason: string): Promise<Attempt> =>
    send({ ...attempt, overrideReason, problem: null, overridable: false, sentence: '' })

  /** Sends again what has no answer; a refusal is an answer. */
  async function resend(): Promise<void> {
    await Promise.all(unsent.value.filter(({ phase }) => phase === 'failed').map(send))
  }

  /** Takes up what this user left on this device, and sends it. Call when somebody has signed in. */
  async function restore(): Promise<void> {
    others.value = keeping.others().filter(({ at }) => isToday(at)).length
    const found = keeping.mine().filter(({ requestId }) => !isListed(requestId) && !underway.has(requestId))
    const back = found.map(takeUp)
    unsent.value = [...unsent.value, ...back]
    const told = back.filter(({ phase }) => phase !== 'failed')
    await Promise.all([...told.map(async (each) => list({ ...each, person: await named(each.person) })), resend()])
  }

  /** Voids the visit that an attempt made. A failure is left on the attempt, which stays recorded. */
  async function undo(attempt: Attempt): Promise<void> {
    if (!attempt.checkIn) return
    show({ ...attempt, phase: 'undoing', failure: null })
    try {
      const answer = await voidCheckIn({ checkInId: attempt.checkIn.id, reason: undoReason })
      if (answer.__typename === 'CheckInVoided') show({ ...attempt, phase: 'undone', failure: null })
      else show({ ...attempt, problem: { code: answer.code, message: answer.message } })
    } catch (error) {
      show({ ...attempt, failure: toFailure(error) })
    }
  }

  /** Takes an attempt off the screen and, unless it still waits for the server, off the list. */
  function dismiss(): void {
    const seen = current.value
    current.value = null
    if (seen && isOver(seen)) forget(seen.requestId)
  }

  /** Shows one of the list. */
  function look(attempt: Attempt): void {
    current.value = attempt
  }

  /** Forgets what is on the screen. What is kept on the device stays there, for the same user. */
  function clear(): void {
    era++
    current.value = null
    unsent.value = []
    others.value = 0
  }

  /** The ids of this user's attempts without an answer, in all tabs of this device. */
  function waiting(): ReadonlySet<string> {
    const open = [...unsent.value, ...keeping.mine()].filter(({ phase }) => phase === 'failed' || phase === 'sending')
    return new Set(open.map(({ requestId }) => requestId))
  }

  /** Drops all of those. Ask first: they will not count. */
  const drop = (): void => waiting().forEach(forget)

  return {
    current: computed(() => current.value),
    unsent: computed(() => unsent.value),
    others: computed(() => others.value),
    start,
    override,
    retry: send,
    resend,
    restore,
    undo,
    dismiss,
    look,
    forget,
    clear,
    drop,
    waiting,
  }
}

/** Nothing will change about it by itself any more. */
export const isOver = ({ phase, failure }: Attempt): boolean =>
  phase === 'refused' || phase === 'late' || (phase === 'failed' && failure !== null && !failure.isOutage)

/** What lay on the device. Whatever had no answer is to be sent again. */
function takeUp(kept: KeptAttempt): Attempt {
  const { requestId, clientId, stationId, overrideReason, at, sentence, problem, overridable } = kept
  const phase = kept.phase === 'refused' || kept.phase === 'late' ? kept.phase : 'failed'
  const person = { id: clientId, displayName: '' }
  const told = { sentence, problem, overridable }
  const unknown = { standing: null, checkIn: null, failure: null }
  return { requestId, person, stationId, overrideReason, at, phase, ...told, ...unknown }
}

function settle(attempt: Attempt, answer: CheckInMutation['checkIn']): Attempt {
  if (answer.__typename === 'CheckInRecorded') {
    const { sentence, standing, checkIn, repeat } = answer
    return { ...attempt, phase: repeat ? 'repeat' : 'recorded', sentence, standing, checkIn }
  }
  const problem = { code: answer.code, message: answer.message }
  if (answer.__typename !== 'CheckInRefused') return { ...attempt, phase: 'refused', problem }
  const { sentence, standing, overridable } = answer
  return { ...attempt, phase: 'refused', problem, sentence, standing, overridable }
}

export type Attempts = ReturnType<typeof createAttempts>
