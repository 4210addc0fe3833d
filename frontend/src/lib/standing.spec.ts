import { describe, expect, it } from 'vitest'
import { standingWords, type Standing } from './standing'

const TODAY = '2026-11-24'
const words = (standing: Partial<Standing> & Pick<Standing, 'status'>, today = TODAY) =>
  standingWords({ startsOn: null, endsOn: null, daysLeft: null, ...standing }, today, 'en')

describe('standingWords', () => {
  it.each([
    [{ status: 'ACTIVE', endsOn: '2027-01-04', daysLeft: 41 } as const, 'activeDays', 41, null],
    [{ status: 'ACTIVE' } as const, 'active', 0, null],
    [{ status: 'EXPIRING', endsOn: '2026-12-03', daysLeft: 9 } as const, 'expiresIn', 9, '3 Dec'],
    [{ status: 'EXPIRING', endsOn: '2026-11-25', daysLeft: 1 } as const, 'expiresTomorrow', 1, '25 Nov'],
    [{ status: 'EXPIRING', endsOn: TODAY, daysLeft: 0 } as const, 'expiresToday', 0, null],
    [{ status: 'EXPIRED', endsOn: '2026-11-23', daysLeft: -1 } as const, 'expiredYesterday', 0, null],
    [{ status: 'EXPIRED', endsOn: '2026-11-21', daysLeft: -3 } as const, 'expiredAgo', 3, null],
    [{ status: 'EXPIRED', endsOn: '2026-10-25', daysLeft: -30 } as const, 'expiredAgo', 30, null],
    [{ status: 'EXPIRED', endsOn: '2026-10-24', daysLeft: -31 } as const, 'expiredOn', 31, '24 Oct'],
    [{ status: 'EXPIRED', endsOn: '2025-11-24', daysLeft: -365 } as const, 'expiredOn', 365, '24 Nov 2025'],
    [{ status: 'PENDING', startsOn: '2026-12-01', endsOn: '2026-12-31', daysLeft: 7 } as const, 'startsOn', 7, '1 Dec'],
    [{ status: 'PENDING', startsOn: '2026-11-25', daysLeft: 1 } as const, 'startsTomorrow', 1, '25 Nov'],
    [{ status: 'NONE' } as const, 'none', 0, null],
  ])('%o', (standing, key, count, day) => {
    expect(words(standing)).toEqual({ key, count, day })
  })

  it('shows the year of a day that is in another one', () => {
    expect(words({ status: 'EXPIRING', endsOn: '2027-01-02', daysLeft: 3 }, '2026-12-30').day).toBe('2 Jan 2027')
  })

  it('says something true when the server leaves the days out', () => {
    expect(words({ status: 'EXPIRING' }).key).toBe('expiring')
    expect(words({ status: 'EXPIRED' }).key).toBe('expired')
    expect(words({ status: 'PENDING' }).key).toBe('pending')
  })
})
