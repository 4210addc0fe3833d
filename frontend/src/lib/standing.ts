import { shortDay } from './dates'

export type StandingStatus = 'ACTIVE' | 'EXPIRING' | 'PENDING' | 'EXPIRED' | 'NONE'

export interface Standing {
  status: StandingStatus
  startsOn: string | null
  endsOn: string | null
  /** Days until the last day (0 is today); negative after it; for PENDING days until the first day. */
  daysLeft: number | null
}

/** A message key with what it needs, and the day to show beside it. */
export interface StandingWords {
  key: string
  count: number
  day: string | null
}

/** Beyond this a date says more than a number of days. */
const DAYS_IN_WORDS = 30

/** The words for a standing, as message keys under `standing.`. */
export function standingWords(standing: Standing, today: string, locale: string): StandingWords {
  const { status, daysLeft, startsOn, endsOn } = standing
  const show = (day: string | null) => (day ? shortDay(day, today, locale) : null)
  const words = (key: string, count = 0, day: string | null = null): StandingWords => ({ key, count, day })
  switch (status) {
    case 'ACTIVE':
      return daysLeft === null ? words('active') : words('activeDays', daysLeft, null)
    case 'EXPIRING':
      if (daysLeft === null) return words('expiring')
      if (daysLeft <= 0) return words('expiresToday')
      return daysLeft === 1 ? words('expiresTomorrow', 1, show(endsOn)) : words('expiresIn', daysLeft, show(endsOn))
    case 'EXPIRED': {
      const ago = daysLeft === null ? null : Math.max(1, -daysLeft)
      if (ago === null) return words('expired')
      if (ago === 1) return words('expiredYesterday')
      return ago <= DAYS_IN_WORDS || !endsOn ? words('expiredAgo', ago) : words('expiredOn', ago, show(endsOn))
    }
    case 'PENDING':
      if (daysLeft === 1) return words('startsTomorrow', 1, show(startsOn))
      return startsOn ? words('startsOn', daysLeft ?? 0, show(startsOn)) : words('pending')
    case 'NONE':
      return words('none')
  }
}
