import type { CheckInFilter, CheckInMethod, StandingStatus } from '@/gql/graphql'

export const METHODS: readonly CheckInMethod[] = ['STAFF', 'KIOSK', 'IMPORT', 'API']
export const STANDINGS: readonly StandingStatus[] = ['ACTIVE', 'EXPIRING', 'EXPIRED', 'PENDING', 'NONE']
export const WHICH = ['counting', 'voided', 'both', 'present'] as const
export type Which = (typeof WHICH)[number]

/** What the page of visits shows; all of it stands in the address. Empty strings are conditions that don't hold. */
export interface ListState {
  /** First and last day; both empty: all time. */
  from: string
  to: string
  client: string
  station: string
  method: CheckInMethod | ''
  by: string
  standing: StandingStatus | ''
  which: Which
}

type Query = Record<string, unknown>

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 200) : '')
const day = (value: unknown) => (DAY.test(text(value)) ? text(value) : '')
const oneOf = <Value extends string>(known: readonly Value[], value: unknown): Value | '' =>
  known.find((each) => each === value) ?? ''

/** Today's visits that are on record, whether they count or not. */
export const initial = (today: string): ListState => ({
  from: today,
  to: today,
  client: '',
  station: '',
  method: '',
  by: '',
  standing: '',
  which: 'both',
})

/** The state in an address; whatever makes no sense in it is left out. Without days it is today, `days=all` is all time. */
export function fromQuery(query: Query, today: string): ListState {
  const from = day(query.from)
  const to = day(query.to)
  const dated = from !== '' || to !== '' || query.days === 'all'
  return {
    from: dated ? from : today,
    to: dated ? to : today,
    client: text(query.client),
    station: text(query.station),
    method: oneOf(METHODS, query.method),
    by: text(query.by),
    standing: oneOf(STANDINGS, query.standing),
    which: oneOf(WHICH, query.show) || 'both',
  }
}

export function toQuery(state: ListState, today: string): Record<string, string> {
  const { from, to, client, station, method, by, standing, which } = state
  const days: Record<string, string> = from === '' && to === '' ? { days: 'all' } : { from, to }
  const all: Record<string, string> = {
    ...(from === today && to === today ? {} : days),
    client,
    station,
    method,
    by,
    standing,
    show: which === 'both' ? '' : which,
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
}

/** What the server is asked; null while the days are the wrong way round. */
export function toFilter(state: ListState): CheckInFilter | null {
  const { from, to, client, station, method, by, standing, which } = state
  if (from && to && to < from) return null
  return {
    from: from || null,
    to: to || null,
    clientId: client || null,
    stationId: station || null,
    userId: by || null,
    methods: method ? [method] : null,
    standing: standing ? [standing] : null,
    present: which === 'present',
    voided: which === 'voided' ? true : which === 'counting' ? false : null,
  }
}

function plus(today: string, days: number): string {
  const moved = new Date(`${today}T00:00:00Z`)
  moved.setUTCDate(moved.getUTCDate() + days)
  return moved.toISOString().slice(0, 10)
}

export const SPANS = ['today', 'week', 'month', 'all'] as const
export type Span = (typeof SPANS)[number]

/** The days of a span that ends today; a week begins on Monday. */
export function spanOf(span: Span, today: string): { from: string; to: string } {
  if (span === 'all') return { from: '', to: '' }
  if (span === 'month') return { from: `${today.slice(0, 8)}01`, to: today }
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7
  return { from: span === 'week' ? plus(today, -weekday) : today, to: today }
}
