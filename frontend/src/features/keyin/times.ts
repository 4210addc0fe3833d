import { dayOf, timeOf } from '@/lib/dates'

/** The hours of one day, as HH:MM; closing earlier than opening is on the next day. */
export interface Hours {
  opens: string
  closes: string
}

export interface ReadTime {
  /** Since midnight. */
  minutes: number
  /** Nothing says whether it is before noon or after: "6:32", but not "06:32", "18:32" or "6:32 am". */
  half: boolean
}

const TIME = /^(\d{1,2})\s*[:.h]?\s*(\d{2})?\s*(?:([ap])\s*\.?\s*(?:m\s*\.?)?)?$/i
const DAY_MS = 86_400_000
const NOON = 720
/** Whoever opens lets the first ones in. */
const EARLY = 60

/** "1832", "18:32", "6:32 pm", "6p" as a time of day; null where it is none. */
export function readTime(text: string): ReadTime | null {
  const [, hourText, minuteText = '0', half] = TIME.exec(text.trim()) ?? []
  if (!hourText) return null
  const [hour, minute] = [Number(hourText), Number(minuteText)]
  if (minute > 59 || hour > 23) return null
  if (!half) return { minutes: hour * 60 + minute, half: hour >= 1 && hour <= 11 && !hourText.startsWith('0') }
  if (hour < 1 || hour > 12) return null
  return { minutes: (hour % 12) * 60 + minute + (half.toLowerCase() === 'p' ? NOON : 0), half: false }
}

/** "18:32". */
export const clockOf = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

function isWithin(minutes: number, { opens, closes }: Hours): boolean {
  const [from, to] = [minutesOf(opens) - EARLY, minutesOf(closes)]
  return from < to ? from <= minutes && minutes <= to : minutes >= from || minutes <= to
}

/** Whether the afternoon is meant rather than the morning that stands there: the centre was open then, and not in the morning. */
export function isRatherAfternoon({ minutes, half }: ReadTime, hours: Hours | null): boolean {
  return half && hours !== null && !isWithin(minutes, hours) && isWithin(minutes + NOON, hours)
}

/** The day after, or as many days as that. */
export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** 0 for Monday. */
export const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7

/** The newest day before this one on which the centre was open; the day before where it never is. */
export function lastOpenDay(today: string, week: readonly (Hours | null)[]): string {
  const days = [1, 2, 3, 4, 5, 6, 7].map((back) => dayAfter(today, -back))
  return days.find((day) => week[weekdayOf(day)]) ?? days[0]!
}

/**
 * The instants at which the clocks of `zone` show this time on this day: none where they were moved forward over it, two where they
 * were moved back over it.
 */
export function instantsAt(day: string, minutes: number, zone: string): string[] {
  const shown = Date.parse(`${day}T${clockOf(minutes)}:00Z`)
  const offsetAt = (at: number) => {
    const instant = new Date(at).toISOString()
    return Date.parse(`${dayOf(instant, zone)}T${timeOf(instant, zone, 'en')}:00Z`) - Math.floor(at / 60_000) * 60_000
  }
  const candidates = [shown - DAY_MS, shown + DAY_MS].map((near) => shown - offsetAt(near))
  return [...new Set(candidates)]
    .filter((at) => at + offsetAt(at) === shown)
    .sort((one, other) => one - other)
    .map((at) => new Date(at).toISOString())
}
