/** Days are strings such as "2026-11-24" and have no time zone; instants are ISO strings and are shown in the centre's zone. */

const DAY_MS = 86_400_000

function utc(day: string): Date {
  const [year, month, date] = day.slice(0, 10).split('-').map(Number) as [number, number, number]
  const instant = new Date(0)
  instant.setUTCFullYear(year, month - 1, date)
  return instant
}

/** Whole days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((utc(to).getTime() - utc(from).getTime()) / DAY_MS)
}

/** The day on which an instant falls in `zone`. */
export function dayOf(instant: string | number, zone: string): string {
  const parts = format('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' }, zone).formatToParts(
    new Date(instant),
  )
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? ''
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`
}

const formats = new Map<string, Intl.DateTimeFormat>()

function format(locale: string, options: Intl.DateTimeFormatOptions, timeZone: string): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${JSON.stringify(options)}`
  let made = formats.get(key)
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(locale, { ...options, timeZone })))
  return made
}

/** "24 Nov" in this year, "24 Nov 2025" in another. */
export function shortDay(day: string, today: string, locale: string): string {
  const at = utc(day)
  const month = format(locale, { month: 'short' }, 'UTC').format(at).replace('.', '')
  const year = day.slice(0, 4) === today.slice(0, 4) ? '' : ` ${at.getUTCFullYear()}`
  return `${at.getUTCDate()} ${month}${year}`
}

/** "Tue 24 Nov", with the year when it isn't this one. */
export function longDay(day: string, today: string, locale: string): string {
  const weekday = format(locale, { weekday: 'short' }, 'UTC').format(utc(day)).replace('.', '')
  return `${weekday} ${shortDay(day, today, locale)}`
}

/** "24 Nov 2026", for dates of birth: the year always counts. */
export function fullDay(day: string, locale: string): string {
  return shortDay(day, '', locale)
}

/** "18:42" in the centre's zone. */
export function timeOf(instant: string, zone: string, locale: string): string {
  return format(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, zone).format(new Date(instant))
}

const SPANS = [
  { unit: 'day', ms: DAY_MS },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
] as const

/** "6 hours ago", "in 9 hours": in the largest unit of which there is at least one, rounded down; below a minute, "now". */
export function relativeTo(instant: string, now: number, locale: string): string {
  const difference = Date.parse(instant) - now
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'always' })
  const span = SPANS.find(({ ms }) => Math.abs(difference) >= ms)
  if (!span) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second')
  return words.format(Math.trunc(difference / span.ms), span.unit)
}

/** Full years between two days; someone born on 29 February is a year older on 1 March. */
export function ageOn(born: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(born.slice(0, 4))
  return today.slice(5) < born.slice(5) ? years - 1 : years
}

/** An instant in the middle of a day in `zone`, for what is known to the day only. */
export function instantOn(day: string, zone: string): string {
  const noon = `${day}T12:00:00Z`
  if (dayOf(noon, zone) === day) return noon
  // Twelve hours or more east of Greenwich it is the next day by then.
  return new Date(Date.parse(noon) - DAY_MS / 2).toISOString()
}
