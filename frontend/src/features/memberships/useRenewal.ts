import { shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import {
  PutAuthorizationBackDocument,
  PutMembershipBackDocument,
  RemoveAuthorizationDocument,
  RemoveMembershipDocument,
  RenewAuthorizationDocument,
  RenewMembershipDocument,
} from '@/gql/graphql'
import { useDates } from '@/lib/centre'
import { write } from '@/lib/graphql'
import { newId } from '@/lib/ids'
import { failureText, formErrors, isProblem, type Problem } from '@/lib/problems'
import { useToasts } from '@/lib/toasts'
import type { Period } from './periods'

export type HoldingKind = 'Membership' | 'Authorization'
export interface Renewed extends Period {
  id: string
  version: number
  alreadyThere: boolean
}

/** A problem in one sentence. */
export function whyNot(problem: Problem): string {
  const { fields, rest } = formErrors(problem)
  return [...Object.values(fields), rest].filter(Boolean).join(' ')
}

/** Renews with one click, and removes; both can be undone. `changed` is called whenever something is different now. */
export function useRenewal(changed: () => void) {
  const { t } = useI18n()
  const dates = useDates()
  const toasts = useToasts()
  /** What is on its way, by id. */
  const busy = shallowRef<ReadonlySet<string>>(new Set())
  /** One key for each holding, until it is renewed: a second try after a lost answer renews nothing twice. */
  const keys = new Map<string, string>()

  function mark(id: string, on: boolean): void {
    const next = new Set(busy.value)
    if (on) next.add(id)
    else next.delete(id)
    busy.value = next
  }

  const span = ({ startsOn, endsOn }: Period) => ({ from: dates.short(startsOn), to: dates.short(endsOn) })

  async function answerOf(kind: HoldingKind, id: string): Promise<Renewed | Problem> {
    const input = { id, idempotencyKey: keys.get(id) ?? newId() }
    keys.set(id, input.idempotencyKey)
    if (kind === 'Membership') {
      const { renewMembership: answer } = await write(RenewMembershipDocument, { input })
      return 'membership' in answer ? { ...answer.membership, alreadyThere: answer.alreadyThere } : answer
    }
    const { renewAuthorization: answer } = await write(RenewAuthorizationDocument, { input })
    return 'authorization' in answer ? { ...answer.authorization, alreadyThere: answer.alreadyThere } : answer
  }

  /** What follows it now; the problem where it can't be renewed just so; null where nobody could be asked, which is said. */
  async function renew(
    kind: HoldingKind,
    id: string,
    undone: () => void = () => {},
  ): Promise<Renewed | Problem | null> {
    if (busy.value.has(id)) return null
    mark(id, true)
    try {
      const answer = await answerOf(kind, id)
      keys.delete(id)
      if (isProblem(answer)) return answer
      const undo = { label: t('parts.undo'), run: async () => (await takeBack(kind, answer)) && undone() }
      if (answer.alreadyThere) toasts.show(t('holding.renewedBefore', span(answer)))
      else toasts.show(t('holding.renewed', span(answer)), { action: undo })
      changed()
      return answer
    } catch (error) {
      toasts.problem(failureText(error))
      return null
    } finally {
      mark(id, false)
    }
  }

  async function gone(kind: HoldingKind, input: { id: string; version: number }): Promise<Problem | null> {
    const answer =
      kind === 'Membership'
        ? (await write(RemoveMembershipDocument, { input })).removeMembership
        : (await write(RemoveAuthorizationDocument, { input })).removeAuthorization
    return isProblem(answer) ? answer : null
  }

  async function attempt(doing: () => Promise<Problem | null>, failed: (why: string) => string): Promise<boolean> {
    let problem: string | null
    try {
      const answer = await doing()
      problem = answer && whyNot(answer)
    } catch (error) {
      problem = failureText(error)
    }
    if (problem) toasts.problem(failed(problem))
    changed()
    return !problem
  }

  const undoFailed = (why: string) => t('parts.undoFailed', { why })

  /** Takes back what was just made. */
  const takeBack = (kind: HoldingKind, { id, version }: { id: string; version: number }) =>
    attempt(() => gone(kind, { id, version }), undoFailed)

  const putBack = (kind: HoldingKind, id: string) =>
    attempt(async () => {
      const answer =
        kind === 'Membership'
          ? (await write(PutMembershipBackDocument, { input: { id } })).putMembershipBack
          : (await write(PutAuthorizationBackDocument, { input: { id } })).putAuthorizationBack
      return isProblem(answer) ? answer : null
    }, undoFailed)

  /** Removes what was a mistake; Undo puts it back as it was. */
  async function remove(kind: HoldingKind, held: { id: string; version: number }, what: string): Promise<void> {
    if (busy.value.has(held.id)) return
    mark(held.id, true)
    const done = await attempt(
      () => gone(kind, { id: held.id, version: held.version }),
      (why) => why,
    )
    mark(held.id, false)
    const undo = { label: t('parts.undo'), run: () => putBack(kind, held.id) }
    if (done) toasts.show(t('holding.removed', { what }), { action: undo })
  }

  return { busy, renew, remove, takeBack }
}
