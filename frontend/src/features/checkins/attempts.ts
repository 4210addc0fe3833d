import { computed, shallowRef } from 'vue'
import type {
  CheckInInput,
  CheckInMutation,
  FeedItemFragment,
  StandingPartsFragment,
  VoidCheckInMutation,
} from '@/gql/graphql'
import { toFailure, type Failure } from '@/lib/graphql/failures'

export interface Person {
  id: string
  displayName: string
  alerts?: readonly { id: string; body: string }[]
}

export type Phase = 'sending' | 'recorded' | 'repeat' | 'refused' | 'failed' | 'undoing' | 'undone'

/** One wish to check somebody in. Its `requestId` stays the same through every retry, so that it counts once. */
export interface Attempt {
  readonly requestId: string
  readonly person: Person
  readonly stationId: string | null
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
}

/** All attempts of this tab: the one on show, and those that the server has not confirmed. They outlive a page. */
export function createAttempts({ checkIn, voidCheckIn, newId, undoReason }: AttemptParts) {
  const current = shallowRef<Attempt | null>(null)
  const unsent = shallowRef<readonly Attempt[]>([])

  function show(attempt: Attempt): void {
    // An older attempt that is answered late must not cover the one that staff look at now.
    if (!current.value || current.value.requestId === attempt.requestId) current.value = attempt
  }

  function forget(requestId: string): void {
    unsent.value = unsent.value.filter((each) => each.requestId !== requestId)
  }

  async function send(attempt: Attempt): Promise<Attempt> {
    const sending: Attempt = { ...attempt, phase: 'sending', failure: null }
    show(sending)
    const { requestId, stationId, overrideReason } = attempt
    const input = { requestId, clientId: attempt.person.id, stationId, overrideReason }
    const settled = await checkIn(input).then(
      (answer) => settle(sending, answer),
      (error: unknown): Attempt => ({ ...sending, phase: 'failed', failure: toFailure(error) }),
    )
    forget(settled.requestId)
    if (settled.failure?.isOutage) unsent.value = [...unsent.value, settled]
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

  async function resend(): Promise<void> {
    await Promise.all(unsent.value.map(send))
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

  function dismiss(): void {
    current.value = null
  }

  function clear(): void {
    current.value = null
    unsent.value = []
  }

  return {
    current: computed(() => current.value),
    unsent: computed(() => unsent.value),
    start,
    override,
    retry: send,
    resend,
    undo,
    dismiss,
    clear,
  }
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
