import { computed, shallowRef } from 'vue'
import type { KeyInVisitInput, KeyInVisitMutation, VoidCheckInMutation } from '@/gql/graphql'
import { toFailure, type Failure } from '@/lib/graphql/failures'
import type { Problem } from '@/lib/problems'
import type { Person, Times } from './draft'

/** `waiting`: without an answer, to be sent again under the same id. */
export type Phase = 'sending' | 'recorded' | 'repeat' | 'refused' | 'waiting' | 'undoing' | 'undone'

/** One line that was keyed in. Its `requestId` stays the same through every retry, so that it counts once. */
export interface Keyed extends Times {
  readonly requestId: string
  readonly client: Person
  readonly stationId: string | null
  readonly phase: Phase
  /** The visit that it made, or that was there already. */
  readonly checkIn: { id: string; happenedAt: string } | null
  /** Why it was refused, or could not be undone; `sentence` is the rule's own. */
  readonly problem: (Problem & { sentence?: string }) | null
  readonly failure: Failure | null
}

interface KeyedParts {
  keyIn: (input: KeyInVisitInput) => Promise<KeyInVisitMutation['keyInVisit']>
  voidCheckIn: (input: { checkInId: string; reason: string }) => Promise<VoidCheckInMutation['voidCheckIn']>
  newId: () => string
  undoReason: string
}

/** What was keyed in since the sign-in, the newest first. It outlives the page, so that a lost network loses no line. */
export function createKeyed({ keyIn, voidCheckIn, newId, undoReason }: KeyedParts) {
  const rows = shallowRef<readonly Keyed[]>([])
  /** Counts the sign-outs: an answer that comes after one is for nobody here. */
  let era = 0

  /** Changes a row; the row as it is now, or null where it is gone. */
  function put(requestId: string, changes: Partial<Keyed>): Keyed | null {
    rows.value = rows.value.map((row) => (row.requestId === requestId ? { ...row, ...changes } : row))
    return rows.value.find((row) => row.requestId === requestId) ?? null
  }

  async function send({ requestId, client, stationId, happenedAt, leftAt }: Keyed): Promise<Keyed | null> {
    const begun = era
    put(requestId, { phase: 'sending', failure: null })
    let changes: Partial<Keyed>
    try {
      changes = settle(await keyIn({ requestId, clientId: client.id, stationId, happenedAt, leftAt }))
    } catch (error) {
      changes = { phase: 'waiting', failure: toFailure(error) }
    }
    return begun === era ? put(requestId, changes) : null
  }

  function add(client: Person, times: Times, stationId: string | null): Promise<Keyed | null> {
    const nothing = { checkIn: null, problem: null, failure: null }
    const row: Keyed = { requestId: newId(), client, stationId, ...times, phase: 'sending', ...nothing }
    rows.value = [row, ...rows.value]
    return send(row)
  }

  /** Sends again what has no answer, the oldest first. */
  async function resend(): Promise<void> {
    for (const row of rows.value.filter(({ phase }) => phase === 'waiting').reverse()) await send(row)
  }

  const retry = (row: Keyed): Promise<Keyed | null> => send(row)

  /** Voids the visit that a row made. A failure is left on the row, which stays recorded. */
  async function undo({ requestId, checkIn }: Keyed): Promise<void> {
    if (!checkIn) return
    const begun = era
    put(requestId, { phase: 'undoing', failure: null, problem: null })
    let changes: Partial<Keyed>
    try {
      const answer = await voidCheckIn({ checkInId: checkIn.id, reason: undoReason })
      const isDone = answer.__typename === 'CheckInVoided' || answer.code === 'ALREADY_VOIDED'
      changes = isDone ? { phase: 'undone' } : { phase: 'recorded', problem: answer }
    } catch (error) {
      changes = { phase: 'recorded', failure: toFailure(error) }
    }
    if (begun === era) put(requestId, changes)
  }

  /** Takes a row off the list, to be corrected. */
  const drop = ({ requestId }: Keyed): void => {
    rows.value = rows.value.filter((row) => row.requestId !== requestId)
  }

  function clear(): void {
    era++
    rows.value = []
  }

  const waiting = computed(() => rows.value.filter(({ phase }) => phase === 'waiting' || phase === 'sending').length)
  return { rows: computed(() => rows.value), waiting, add, retry, resend, undo, drop, clear }
}

function settle(answer: KeyInVisitMutation['keyInVisit']): Partial<Keyed> {
  if (answer.__typename !== 'VisitKeyedIn') return { phase: 'refused', problem: answer }
  const { repeat, checkIn } = answer
  return { phase: checkIn.voided ? 'undone' : repeat ? 'repeat' : 'recorded', checkIn }
}
