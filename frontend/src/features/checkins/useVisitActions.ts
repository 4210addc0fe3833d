import { ref } from 'vue'
import { CheckOutDocument, UndoCheckOutDocument, UndoVoidDocument, VoidCheckInDocument } from '@/gql/graphql'
import { write } from '@/lib/graphql'
import { i18n } from '@/lib/i18n'
import '@/lib/i18n/problems'
import '@/lib/i18n/visits'
import { failureText, isProblem, problemText } from '@/lib/problems'
import { useToasts } from '@/lib/toasts'
import { UNDONE_AT_DESK } from '@/lib/voidReason'

export interface VisitOf {
  id: string
  client: { displayName: string }
}

/**
 * What can be done with a visit in a list: void it with a reason, check it out, and take either back. Each ends with a line that
 * offers to undo it, or with one that says what is wrong. `changed` is called after anything that happened.
 */
export function useVisitActions(changed: () => void) {
  const { t } = i18n.global
  const toasts = useToasts()
  const busy = ref<string | null>(null)
  const problem = ref<string | null>(null)

  /** Sends a change; what is wrong with it, or null when it was made. */
  async function send(id: string, change: () => Promise<object>): Promise<string | null> {
    busy.value = id
    try {
      const answer = await change()
      return isProblem(answer) ? problemText(answer) : null
    } catch (error) {
      return failureText(error)
    } finally {
      busy.value = null
      changed()
    }
  }

  async function say(wrong: Promise<string | null>, done: string, undo?: () => unknown): Promise<void> {
    const sentence = await wrong
    if (sentence !== null) toasts.problem(sentence)
    else toasts.show(done, undo ? { action: { label: t('visits.undo'), run: undo } } : {})
  }

  /** Voids a visit; false when it was refused, then `problem` says why. */
  async function voidVisit({ id, client }: VisitOf, reason: string): Promise<boolean> {
    const name = client.displayName
    problem.value = await send(
      id,
      async () => (await write(VoidCheckInDocument, { input: { checkInId: id, reason } })).voidCheckIn,
    )
    if (problem.value !== null) return false
    toasts.show(t('visits.void.done', { name }), {
      action: { label: t('visits.undo'), run: () => undoVoid({ id, client }) },
    })
    return true
  }

  /** Takes a check-in of this moment back. Its row says that it is done, so that only what is wrong needs a line. */
  async function undo({ id }: Pick<VisitOf, 'id'>): Promise<void> {
    const input = { checkInId: id, reason: UNDONE_AT_DESK }
    const wrong = await send(id, async () => (await write(VoidCheckInDocument, { input })).voidCheckIn)
    if (wrong !== null) toasts.problem(wrong)
  }

  const undoVoid = ({ id, client }: VisitOf) =>
    say(
      send(id, async () => (await write(UndoVoidDocument, { input: { checkInId: id } })).undoVoid),
      t('visits.void.undone', { name: client.displayName }),
    )

  const checkOut = (visit: VisitOf) =>
    say(
      send(visit.id, async () => (await write(CheckOutDocument, { input: { checkInId: visit.id } })).checkOut),
      t('visits.out.done', { name: visit.client.displayName }),
      () => undoCheckOut(visit),
    )

  const undoCheckOut = ({ id, client }: VisitOf) =>
    say(
      send(id, async () => (await write(UndoCheckOutDocument, { input: { checkInId: id } })).undoCheckOut),
      t('visits.out.undone', { name: client.displayName }),
    )

  return { busy, problem, undo, voidVisit, undoVoid, checkOut, undoCheckOut }
}
