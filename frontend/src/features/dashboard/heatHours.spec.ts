import { describe, expect, it } from 'vitest'
import { clockHour, openHours, timesOf, weekdayName } from './heatHours'

const cell = (weekday: number, hour: number) => ({ weekday, hour, visits: 1 })

describe('the hours of the heat map', () => {
  it('go from the first with visits to the last, without gaps', () => {
    expect(openHours([cell(1, 15), cell(6, 11), cell(3, 13)])).toEqual([11, 12, 13, 14, 15])
    expect(openHours([cell(1, 0), cell(1, 23)])).toHaveLength(24)
    expect(openHours([])).toEqual([])
  })

  it('are named by the clock', () => {
    expect([clockHour(9), clockHour(24)]).toEqual(['09:00', '24:00'])
  })
})

describe('weekdays', () => {
  it('are counted from one day to another', () => {
    // A Monday to a Sunday twelve weeks later.
    for (const weekday of [1, 2, 3, 4, 5, 6, 7]) expect(timesOf(weekday, '2026-08-31', '2026-11-22')).toBe(12)
    // A Thursday to a Saturday.
    expect([1, 2, 3, 4, 5, 6, 7].map((weekday) => timesOf(weekday, '2026-11-19', '2026-11-21'))).toEqual([
      0, 0, 0, 1, 1, 1, 0,
    ])
    expect(timesOf(4, '2026-11-19', '2026-11-26')).toBe(2)
  })

  it('have names in the reader’s language, Monday first', () => {
    expect(weekdayName(1, 'long', 'en')).toBe('Monday')
    expect(weekdayName(7, 'short', 'es')).toBe('dom')
  })
})
