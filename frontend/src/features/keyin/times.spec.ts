import { describe, expect, it } from 'vitest'
import { clockOf, dayAfter, instantsAt, isRatherAfternoon, lastOpenDay, readTime, weekdayOf } from './times'

const minutes = (text: string) => readTime(text)?.minutes ?? null

describe('a time as it is typed', () => {
  it.each([
    ['1832', '18:32'],
    ['18:32', '18:32'],
    [' 18.32 ', '18:32'],
    ['18h32', '18:32'],
    ['6:32 pm', '18:32'],
    ['6:32pm', '18:32'],
    ['6:32 p. m.', '18:32'],
    ['632p', '18:32'],
    ['6 PM', '18:00'],
    ['12 am', '00:00'],
    ['12:30 pm', '12:30'],
    ['12:30 a.m.', '00:30'],
    ['0032', '00:32'],
    ['00:00', '00:00'],
    ['9', '09:00'],
    ['932', '09:32'],
    ['23:59', '23:59'],
  ])('reads “%s” as %s', (text, shown) => expect(clockOf(minutes(text)!)).toBe(shown))

  it.each([
    '',
    ' ',
    'x',
    '24:00',
    '2400',
    '18:60',
    '13 pm',
    '0 am',
    '18:3',
    '18:325',
    '18:32 x',
    '-1',
    '6:32 pmm',
    '1e1',
  ])('does not read “%s”', (text) => expect(readTime(text)).toBeNull())

  it('knows when nothing says whether it is before noon or after', () => {
    const open = (text: string) => readTime(text)!.half
    expect(['6:32', '632', '11', '1'].map(open)).toEqual([true, true, true, true])
    expect(['06:32', '0632', '18:32', '12:30', '0:30', '6:32 am', '6 pm'].map(open)).toEqual(Array(7).fill(false))
  })

  it.each([
    ['6:32', { opens: '12:00', closes: '21:00' }, true],
    ['6:32', null, false],
    ['06:32', { opens: '12:00', closes: '21:00' }, false],
    ['6:32 am', { opens: '12:00', closes: '21:00' }, false],
    // Whoever opens at noon lets the first one in before.
    ['11:10', { opens: '12:00', closes: '21:00' }, false],
    ['9:00', { opens: '09:00', closes: '21:00' }, false],
    // Past midnight.
    ['1:30', { opens: '18:00', closes: '02:00' }, false],
    ['5:30', { opens: '18:00', closes: '02:00' }, true],
    ['4:00', { opens: '06:00', closes: '12:00' }, false],
  ])('“%s” with the hours %o is asked about: %s', (text, hours, asked) =>
    expect(isRatherAfternoon(readTime(text)!, hours)).toBe(asked),
  )
})

describe('days', () => {
  it('go on over months, years and leap days', () => {
    expect(dayAfter('2026-12-31')).toBe('2027-01-01')
    expect(dayAfter('2028-02-28')).toBe('2028-02-29')
    expect(dayAfter('2026-03-01', -1)).toBe('2026-02-28')
    expect([weekdayOf('2026-11-23'), weekdayOf('2026-11-29')]).toEqual([0, 6])
  })

  it('begin with the last one on which the centre was open', () => {
    const hours = { opens: '12:00', closes: '21:00' }
    const closed = (...days: number[]) => Array.from({ length: 7 }, (_, day) => (days.includes(day) ? null : hours))
    expect(lastOpenDay('2026-11-24', closed())).toBe('2026-11-23')
    // A Tuesday after a closed Sunday and Monday.
    expect(lastOpenDay('2026-11-24', closed(6, 0))).toBe('2026-11-21')
    expect(lastOpenDay('2026-11-24', closed(0, 2, 3, 4, 5, 6))).toBe('2026-11-17')
    expect(lastOpenDay('2026-11-24', closed(0, 1, 2, 3, 4, 5, 6))).toBe('2026-11-23')
    expect(lastOpenDay('2026-11-24', [])).toBe('2026-11-23')
  })
})

describe('an instant', () => {
  const at = (day: string, text: string, zone = 'America/Los_Angeles') => instantsAt(day, minutes(text)!, zone)

  it('is the one at which the centre’s clocks show the time', () => {
    expect(at('2026-11-23', '18:32')).toEqual(['2026-11-24T02:32:00.000Z'])
    expect(at('2026-07-01', '18:32')).toEqual(['2026-07-02T01:32:00.000Z'])
    expect(at('2026-07-01', '00:10', 'Asia/Kathmandu')).toEqual(['2026-06-30T18:25:00.000Z'])
    expect(at('2026-07-01', '23:59', 'Pacific/Kiritimati')).toEqual(['2026-07-01T09:59:00.000Z'])
  })

  it('is none where the clocks were moved forward over it', () => {
    expect(at('2026-03-08', '02:30')).toEqual([])
    expect(at('2026-03-08', '01:59')).toEqual(['2026-03-08T09:59:00.000Z'])
    expect(at('2026-03-08', '03:00')).toEqual(['2026-03-08T10:00:00.000Z'])
  })

  it('is two where the clocks were moved back over it', () => {
    expect(at('2026-11-01', '01:30')).toEqual(['2026-11-01T08:30:00.000Z', '2026-11-01T09:30:00.000Z'])
    expect(at('2026-11-01', '02:00')).toEqual(['2026-11-01T10:00:00.000Z'])
    expect(at('2026-11-01', '00:59')).toEqual(['2026-11-01T07:59:00.000Z'])
    // Half an hour, and around midnight.
    expect(at('2026-04-05', '01:45', 'Australia/Lord_Howe')).toHaveLength(2)
    expect(at('2026-04-05', '01:15', 'Australia/Lord_Howe')).toHaveLength(1)
  })

  it('shows its own time again, in every hour of the years’ odd days and in many zones', () => {
    for (const zone of [
      'America/Los_Angeles',
      'Europe/Madrid',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
      'America/Santiago',
    ])
      for (const day of [
        '2026-03-08',
        '2026-03-29',
        '2026-04-05',
        '2026-09-06',
        '2026-10-04',
        '2026-10-25',
        '2026-11-01',
      ])
        for (let minute = 0; minute < 1440; minute += 15)
          for (const instant of instantsAt(day, minute, zone)) {
            const shown = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: zone })
            expect(shown.format(new Date(instant))).toBe(`${day} ${clockOf(minute)}`)
          }
  })
})
