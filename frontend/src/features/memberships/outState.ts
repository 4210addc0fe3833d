export type OutList = 'EXPIRING' | 'EXPIRED'
export interface OutState {
  list: OutList
  days: number
  /** "" for all of them. */
  tierId: string
  coordinator: string
}

export const DAYS = [7, 14, 30, 60, 90] as const
export const USUAL_DAYS = 30

type Query = Record<string, unknown>
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What the address asks for; what makes no sense there is as usual. */
export function outState(query: Query): OutState {
  const days = Number(text(query.days))
  return {
    list: query.list === 'expired' ? 'EXPIRED' : 'EXPIRING',
    days: (DAYS as readonly number[]).includes(days) ? days : USUAL_DAYS,
    tierId: text(query.tier),
    coordinator: text(query.coordinator),
  }
}

/** The address that asks for it: what is as usual stays out. */
export function outQuery({ list, days, tierId, coordinator }: OutState): Record<string, string | undefined> {
  return {
    list: list === 'EXPIRED' ? 'expired' : undefined,
    days: days === USUAL_DAYS ? undefined : String(days),
    tier: tierId || undefined,
    coordinator: coordinator || undefined,
  }
}
