import { describe, expect, it } from 'vitest'
import { passesMidnight, toForm, toWeek, weekdayName } from './week'

const hours = { __typename: 'OpeningHours', opens: '18:00', closes: '02:00' } as const

describe('the week of a form', () => {
  it('comes back as it was, closed days included', () => {
    expect(toWeek(toForm([hours, null]))).toEqual([{ opens: '18:00', closes: '02:00' }, null])
  })

  it('offers usual times for a day that was closed', () => {
    expect(toForm([null])).toEqual([{ open: false, opens: '12:00', closes: '21:00' }])
  })

  it('says when a day closes on the next one', () => {
    expect(passesMidnight({ open: true, opens: '18:00', closes: '02:00' })).toBe(true)
    expect(passesMidnight({ open: true, opens: '12:00', closes: '21:00' })).toBe(false)
    expect(passesMidnight({ open: false, opens: '18:00', closes: '02:00' })).toBe(false)
    expect(passesMidnight({ open: true, opens: '18:00', closes: '' })).toBe(false)
  })

  it('begins on Monday in both languages', () => {
    expect([0, 6].map((day) => weekdayName(day, 'en'))).toEqual(['Monday', 'Sunday'])
    expect(weekdayName(0, 'es')).toBe('lunes')
  })
})
