import { afterEach, describe, expect, it, vi } from 'vitest'
import { ageOn, dayOf, daysBetween, fullDay, instantOn, longDay, relativeTo, shortDay, timeOf } from './dates'

const LA = 'America/Los_Angeles'

afterEach(() => vi.unstubAllEnvs())

describe('days', () => {
  it.each(['America/Los_Angeles', 'Pacific/Kiritimati', 'UTC'])('never show a day early on a device in %s', (zone) => {
    vi.stubEnv('TZ', zone)
    expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone)
    expect(longDay('2026-11-24', '2026-11-20', 'en')).toBe('Tue 24 Nov')
    expect(shortDay('2026-01-01', '2026-11-20', 'en')).toBe('1 Jan')
    expect(fullDay('2008-02-29', 'en')).toBe('29 Feb 2008')
  })

  it('show the year when it is another', () => {
    expect(shortDay('2025-12-31', '2026-01-01', 'en')).toBe('31 Dec 2025')
    expect(longDay('2027-01-01', '2026-12-31', 'en')).toBe('Fri 1 Jan 2027')
  })

  it('speak Spanish', () => {
    expect(longDay('2026-11-24', '2026-11-20', 'es')).toBe('mar 24 nov')
    expect(shortDay('2026-09-01', '2026-11-20', 'es')).toMatch(/^1 sept?$/)
  })

  it('are counted across changes of the clock and leap years', () => {
    expect(daysBetween('2026-03-07', '2026-03-09')).toBe(2)
    expect(daysBetween('2026-10-31', '2026-11-02')).toBe(2)
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2)
    expect(daysBetween('2026-11-24', '2026-11-21')).toBe(-3)
  })

  it('make an age, also for the 29 February', () => {
    expect(ageOn('2008-11-24', '2026-11-24')).toBe(18)
    expect(ageOn('2008-11-25', '2026-11-24')).toBe(17)
    expect(ageOn('2008-02-29', '2026-02-28')).toBe(17)
    expect(ageOn('2008-02-29', '2026-03-01')).toBe(18)
  })
})

describe('instants', () => {
  it('are shown in the zone of the centre', () => {
    expect(timeOf('2026-11-25T02:42:00Z', LA, 'en')).toBe('18:42')
    expect(timeOf('2026-11-24T08:05:00+00:00', LA, 'en')).toBe('00:05')
  })

  it('belong to the day of the centre', () => {
    expect(dayOf('2026-11-25T07:59:59Z', LA)).toBe('2026-11-24')
    expect(dayOf('2026-11-25T08:00:00Z', LA)).toBe('2026-11-25')
    expect(dayOf('2026-07-01T06:59:59Z', LA)).toBe('2026-06-30')
  })
})

describe('how long ago', () => {
  const now = Date.parse('2026-11-24T12:00:00Z')
  it.each([
    ['2026-11-24T11:59:30Z', 'now'],
    ['2026-11-24T11:59:00Z', '1 minute ago'],
    ['2026-11-24T06:00:00Z', '6 hours ago'],
    ['2026-11-23T12:00:01Z', '23 hours ago'],
    ['2026-11-22T11:00:00Z', '2 days ago'],
    ['2026-11-24T21:30:00Z', 'in 9 hours'],
  ])('says %s as %s', (instant, words) => {
    expect(relativeTo(instant, now, 'en')).toBe(words)
  })

  it('speaks Spanish', () => {
    expect(relativeTo('2026-11-24T06:00:00Z', now, 'es')).toBe('hace 6 horas')
    expect(relativeTo('2026-11-24T12:00:00Z', now, 'es')).toBe('ahora')
  })
})

describe('instantOn', () => {
  it.each([
    'America/Los_Angeles',
    'UTC',
    'Pacific/Kiritimati',
    'Pacific/Pago_Pago',
    'Asia/Kathmandu',
    'Pacific/Auckland',
  ])('is on that day in %s', (zone) => {
    for (const day of ['2026-03-08', '2026-11-01', '2028-02-29', '2026-12-31'])
      expect(dayOf(instantOn(day, zone), zone)).toBe(day)
  })
})
