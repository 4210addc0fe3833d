import type { CentreChoicesFragment } from '@/gql/graphql'

export interface DayHours {
  open: boolean
  opens: string
  closes: string
}

const USUAL = { opens: '12:00', closes: '21:00' }

/** The hours as a form holds them: a closed day keeps times, for when it is opened again. */
export const toForm = (hours: CentreChoicesFragment['openingHours']): DayHours[] =>
  hours.map((day) => (day ? { open: true, opens: day.opens, closes: day.closes } : { open: false, ...USUAL }))

/** The hours as the server takes them. */
export const toWeek = (days: readonly DayHours[]) =>
  days.map(({ open, opens, closes }) => (open ? { opens, closes } : null))

/** Whether closing time is on the day after. */
export const passesMidnight = ({ open, opens, closes }: DayHours): boolean =>
  open && opens !== '' && closes !== '' && closes < opens

/** The weekday's name, 0 for Monday. */
export function weekdayName(weekday: number, locale: string): string {
  // 5 January 2026 is a Monday.
  return new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, 0, 5 + weekday))
}
