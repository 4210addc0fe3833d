/** Days are strings such as "2026-11-24"; a period has a first and a last day, both included. */
export interface Period {
  startsOn: string
  endsOn: string
}

export interface Length {
  periodMonths: number | null
  periodDays: number | null
}

const DAY_MS = 86_400_000
const pad = (value: number, places = 2) => String(value).padStart(places, '0')

/** The day some days later, or earlier where `days` is negative. */
export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** The same day of the month some months later; the last day of that month where it has no such day. */
export function plusMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const place = year * 12 + month - 1 + months
  const [toYear, toMonth] = [Math.floor(place / 12), (place % 12) + 1]
  const longest = new Date(Date.UTC(toYear, toMonth, 0)).getUTCDate()
  return `${pad(toYear, 4)}-${pad(toMonth)}-${pad(Math.min(date, longest))}`
}

/** The last day of what begins on a day and lasts as a tier says; null where the tier says nothing. The server reckons the same. */
export function endOf(startsOn: string, { periodMonths, periodDays }: Length): string | null {
  if (!startsOn) return null
  if (periodMonths) return plusDays(plusMonths(startsOn, periodMonths), -1)
  return periodDays ? plusDays(startsOn, periodDays - 1) : null
}

/** The day after the last of them ends, or today where that has passed. */
export function nextStart(held: readonly { endsOn: string }[], today: string): string {
  return held.reduce((latest, { endsOn }) => (endsOn >= latest ? plusDays(endsOn, 1) : latest), today)
}

/** Whether nothing begins after it ends: only then there is something to renew. */
export function isLast<Held extends Period>(held: Held, all: readonly Held[]): boolean {
  return all.every(({ startsOn }) => startsOn <= held.endsOn)
}

/**
 * What is shown at once and what is folded away: everything that has not ended, and the one that ended last where nothing
 * runs or is to come.
 */
export function split<Held extends Period>(all: readonly Held[], today: string): { now: Held[]; past: Held[] } {
  const latestFirst = [...all].sort((a, b) => b.endsOn.localeCompare(a.endsOn))
  const now = latestFirst.filter(({ endsOn }) => endsOn >= today).sort((a, b) => a.startsOn.localeCompare(b.startsOn))
  const past = latestFirst.filter(({ endsOn }) => endsOn < today)
  return now.length ? { now, past } : { now: past.slice(0, 1), past: past.slice(1) }
}

/** In which month its use is counted, seen from today: the last one of what has ended, the first of what is to come. */
export function windowOf({ startsOn, endsOn }: Period, today: string): 'last' | 'first' | 'now' {
  if (endsOn < today) return 'last'
  return startsOn > today ? 'first' : 'now'
}
