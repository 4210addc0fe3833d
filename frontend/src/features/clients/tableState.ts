import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { ClientOrder, StandingStatus } from '@/gql/graphql'

export const STANDINGS: readonly StandingStatus[] = ['ACTIVE', 'EXPIRING', 'EXPIRED', 'PENDING', 'NONE']
export const ORDERS: readonly ClientOrder[] = ['NAME', 'LAST_CHECK_IN', 'CREATED']
/** As many pages as an address brings back; more would keep the reader waiting. */
const MOST_PAGES = 10

/** What the client table shows. It lives in the address, so that a link or "back" brings the same view. */
export interface TableState {
  search: string
  standing: StandingStatus | null
  order: ClientOrder
  /** Only those with a contact that needs fixing. */
  toFix: boolean
  pages: number
}

const text = (value: LocationQuery[string] | undefined) => (typeof value === 'string' ? value : '')

/** Anything unknown in the address counts as not said. */
export function readTableState(query: LocationQuery): TableState {
  const standing = STANDINGS.find((each) => each === text(query.standing).toUpperCase())
  const order = ORDERS.find((each) => each === text(query.order).toUpperCase())
  const pages = Number.parseInt(text(query.pages), 10)
  return {
    search: text(query.q).slice(0, 200),
    standing: standing ?? null,
    order: order ?? 'NAME',
    toFix: text(query.fix) === '1',
    pages: Math.min(Math.max(pages || 1, 1), MOST_PAGES),
  }
}

/** The shortest query that `readTableState` reads as the same state. */
export function writeTableState({ search, standing, order, toFix, pages }: TableState): LocationQueryRaw {
  return {
    q: search || undefined,
    standing: standing?.toLowerCase(),
    order: order === 'NAME' ? undefined : order.toLowerCase(),
    fix: toFix ? '1' : undefined,
    pages: pages > 1 ? String(pages) : undefined,
  }
}
