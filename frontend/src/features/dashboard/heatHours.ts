import { daysBetween } from '@/lib/dates'

export interface HourOfWeek {
  weekday: number
  hour: number
  visits: number
}

/** Monday first, as the server counts them. */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const

/** From the first hour with visits to the last, without gaps. */
export function openHours(hours: readonly HourOfWeek[]): number[] {
  if (hours.length === 0) return []
  const all = hours.map(({ hour }) => hour)
  const first = Math.min(...all)
  return Array.from({ length: Math.max(...all) - first + 1 }, (_, place) => first + place)
}

/** 2026-11-23 is a Monday: 1. */
const weekdayOf = (day: string) => ((((daysBetween('2024-01-01', day) % 7) + 7) % 7) + 1) as number

/** How often a weekday (1 is Monday) comes from one day to another, both included. */
export function timesOf(weekday: number, first: string, last: string): number {
  const days = daysBetween(first, last) + 1
  const until = (weekday - weekdayOf(first) + 7) % 7
  return days <= until ? 0 : Math.floor((days - 1 - until) / 7) + 1
}

/** "Monday" or "Mon", in the reader's language. */
export function weekdayName(weekday: number, style: 'long' | 'short', locale: string): string {
  // The first of January 2024 was a Monday.
  const name = new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' }).format(
    new Date(Date.UTC(2024, 0, weekday)),
  )
  return name.replace('.', '')
}

/** "15:00"; the hour after the last is "24:00". */
export const clockHour = (hour: number) => `${String(hour).padStart(2, '0')}:00`
