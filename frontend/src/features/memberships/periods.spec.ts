import { describe, expect, it } from 'vitest'
import { endOf, isLast, nextStart, plusMonths, split } from './periods'

const months = (periodMonths: number) => ({ periodMonths, periodDays: null })
const days = (periodDays: number) => ({ periodMonths: null, periodDays })
const span = (startsOn: string, endsOn: string) => ({ startsOn, endsOn })

describe('periods', () => {
  it.each([
    ['2026-11-03', months(1), '2026-12-02'],
    ['2026-01-01', months(12), '2026-12-31'],
    ['2026-01-31', months(1), '2026-02-27'],
    ['2028-01-31', months(1), '2028-02-28'],
    ['2028-02-29', months(12), '2029-02-27'],
    ['2026-12-31', months(2), '2027-02-27'],
    ['2026-11-23', days(1), '2026-11-23'],
    ['2026-11-23', days(7), '2026-11-29'],
    ['2026-03-07', days(3), '2026-03-09'],
    ['2026-11-23', { periodMonths: null, periodDays: null }, null],
    ['', months(1), null],
  ])('from %s with %o the last day is %s', (startsOn, length, endsOn) => {
    expect(endOf(startsOn, length)).toBe(endsOn)
  })

  it('keeps the day of the month where the month has it', () => {
    expect(plusMonths('2026-08-31', 1)).toBe('2026-09-30')
    expect(plusMonths('2026-08-31', 2)).toBe('2026-10-31')
    expect(plusMonths('2026-11-30', 3)).toBe('2027-02-28')
  })

  it('begins after the last one, or today', () => {
    expect(nextStart([], '2026-11-23')).toBe('2026-11-23')
    expect(nextStart([span('2026-01-01', '2026-11-22')], '2026-11-23')).toBe('2026-11-23')
    expect(nextStart([span('2026-01-01', '2026-11-23')], '2026-11-23')).toBe('2026-11-24')
    expect(nextStart([span('2026-01-01', '2026-12-31'), span('2026-11-01', '2026-11-30')], '2026-11-23')).toBe(
      '2027-01-01',
    )
  })

  it('renews only what nothing follows', () => {
    const first = span('2026-11-01', '2026-11-30')
    const second = span('2026-12-01', '2026-12-31')
    const beside = span('2026-11-10', '2027-11-09')
    expect(isLast(first, [first, second])).toBe(false)
    expect(isLast(second, [first, second])).toBe(true)
    expect(isLast(first, [first, beside])).toBe(true)
  })

  it('shows what has not ended, else what ended last', () => {
    const old = span('2025-01-01', '2025-12-31')
    const last = span('2026-01-01', '2026-11-22')
    const now = span('2026-11-01', '2026-11-23')
    const next = span('2026-11-24', '2026-12-23')
    expect(split([old, next, now, last], '2026-11-23')).toEqual({ now: [now, next], past: [last, old] })
    expect(split([old, last], '2026-11-23')).toEqual({ now: [last], past: [old] })
    expect(split([], '2026-11-23')).toEqual({ now: [], past: [] })
  })
})
