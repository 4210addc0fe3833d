import { describe, expect, it } from 'vitest'
import { monthStarts, weeksOfYear } from './yearWeeks'

describe('a year in weeks', () => {
  it.each([2024, 2025, 2026, 2027, 2028, 2032])('%i has each of its days once, and Mondays first', (year) => {
    const weeks = weeksOfYear(year)
    const days = weeks.flat().filter((day) => day !== null)
    expect(days).toHaveLength(year % 4 === 0 ? 366 : 365)
    expect(days[0]).toBe(`${year}-01-01`)
    expect(days.at(-1)).toBe(`${year}-12-31`)
    expect([...days].sort()).toEqual(days)
    expect(weeks.every((week) => week.length === 7)).toBe(true)
    const mondays = weeks.map((week) => week[0]).filter((day) => day !== null)
    expect(mondays.every((day) => new Date(`${day}T00:00:00Z`).getUTCDay() === 1)).toBe(true)
  })

  it('names each month once', () => {
    const starts = monthStarts(weeksOfYear(2026))
    expect([...starts.values()].map((day) => day.slice(5, 7))).toEqual(
      Array.from({ length: 12 }, (_, month) => String(month + 1).padStart(2, '0')),
    )
    expect(starts.get(0)).toBe('2026-01-01')
  })
})
