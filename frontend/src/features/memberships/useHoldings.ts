import { shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import {
  UpdateAuthorizationDocument,
  UpdateMembershipDocument,
  type AuthorizationPartsFragment,
  type MembershipPartsFragment,
} from '@/gql/graphql'
import { useDates } from '@/lib/centre'
import { write } from '@/lib/graphql'
import { failureText, isProblem, type Problem } from '@/lib/problems'
import { useToasts } from '@/lib/toasts'
import type { Asked } from './HoldingCard.vue'
import type { Period } from './periods'
import { useRenewal, whyNot, type HoldingKind } from './useRenewal'

type Held = MembershipPartsFragment | AuthorizationPartsFragment
/** Which form is open, and why: what renewing with one click was refused for. */
export interface Form {
  what: Asked
  problem: Problem | null
}
interface Open {
  kind: HoldingKind
  what: Asked | 'add'
  id: string | null
  problem: Problem | null
}

/** What staff do with the memberships and authorizations of one client: one form at a time, and everything can be undone. */
export function useHoldings(changed: () => void) {
  const { t } = useI18n()
  const dates = useDates()
  const toasts = useToasts()
  const open = shallowRef<Open | null>(null)
  const renewal = useRenewal(changed)

  function ask(kind: HoldingKind, what: Open['what'], id: string | null = null, problem: Problem | null = null): void {
    open.value = { kind, what, id, problem }
  }
  const close = (): void => {
    open.value = null
  }
  /** The form that is open about one of them, or (`null`) about a new one. */
  const formOf = (kind: HoldingKind, id: string | null): Form | null =>
    open.value?.id === id && open.value.kind === kind ? (open.value as Form) : null

  /** One click; where it can't be done just so, the form opens and says why. */
  async function renew(kind: HoldingKind, held: Held): Promise<void> {
    const answer = await renewal.renew(kind, held.id)
    if (answer && isProblem(answer)) ask(kind, 'renew', held.id, answer)
  }

  const span = ({ startsOn, endsOn }: Period) => ({ from: dates.short(startsOn), to: dates.short(endsOn) })

  /** A new one was made with a form. */
  function made(kind: HoldingKind, what: 'add' | 'renew', now: Held, alreadyThere: boolean): void {
    open.value = null
    changed()
    const key = what === 'add' ? 'added' : alreadyThere ? 'renewedBefore' : 'renewed'
    const undo = { label: t('parts.undo'), run: () => renewal.takeBack(kind, now) }
    toasts.show(t(`holding.${key}`, span(now)), alreadyThere ? {} : { action: undo })
  }

  /** What makes a row again what it was. */
  function formerly(before: Held): object {
    const { startsOn, endsOn, note, endReason } = before
    const both = { startsOn, endsOn, note, endReason, allowOverlap: true }
    if ('tier' in before) return { ...both, tierId: before.tier.id }
    const { uciNumber, authorizationNumber, vendorNumber, serviceCode, serviceSubcode } = before
    const { serviceCoordinator, serviceCoordinatorPhone, unitsPerMonth, unit } = before
    const numbers = { authorizationNumber, vendorNumber, serviceCode, serviceSubcode, unitsPerMonth, unit }
    // One of the predecessor may have none, and no form can take it away.
    const uci = uciNumber === null ? {} : { uciNumber }
    return { ...both, ...numbers, ...uci, serviceCoordinator, serviceCoordinatorPhone }
  }

  async function restore(kind: HoldingKind, before: Held, version: number): Promise<void> {
    let problem: string | null
    try {
      const input = { id: before.id, version, ...formerly(before) } as never
      const answer =
        kind === 'Membership'
          ? (await write(UpdateMembershipDocument, { input })).updateMembership
          : (await write(UpdateAuthorizationDocument, { input })).updateAuthorization
      problem = isProblem(answer) ? whyNot(answer) : null
    } catch (error) {
      problem = failureText(error)
    }
    if (problem) toasts.problem(t('parts.undoFailed', { why: problem }))
    changed()
  }

  /** One was changed with a form. */
  function changedTo(kind: HoldingKind, what: 'extend' | 'end' | 'edit', before: Held, now: Held): void {
    open.value = null
    changed()
    if (now.version === before.version) return
    const words = { extend: 'extended', end: 'endedOn', edit: 'corrected' } as const
    const undo = { label: t('parts.undo'), run: () => restore(kind, before, now.version) }
    toasts.show(t(`holding.${words[what]}`, { to: dates.short(now.endsOn) }), { action: undo })
  }

  return { ask, close, formOf, renew, made, changedTo, remove: renewal.remove, busy: renewal.busy }
}

export type Holdings = ReturnType<typeof useHoldings>
