import { describe, expect, it } from 'vitest'
import { changed } from './choices'
import { clockIn, timeZones } from './zones'

describe('what was changed on a page of settings', () => {
  it('is told by value, and nothing else is sent', () => {
    const before = { name: 'Arcade', languages: ['EN' as const, 'ES' as const], accentLight: null }
    expect(changed(before, { ...before, languages: ['EN', 'ES'] })).toEqual({})
    expect(changed(before, { ...before, name: 'Lounge', languages: ['EN'] })).toEqual({
      name: 'Lounge',
      languages: ['EN'],
    })
  })

  it('keeps a null that clears', () => {
    expect(changed({ accentLight: '#d01040' }, { accentLight: null })).toEqual({ accentLight: null })
  })
})

describe('time zones', () => {
  it('have the present one, whatever the browser knows', () => {
    expect(timeZones('America/Los_Angeles')).toContain('America/Los_Angeles')
    expect(timeZones('Moon/Tycho')).toContain('Moon/Tycho')
    expect(timeZones().filter((name) => name.startsWith('Etc/'))).toEqual([])
  })

  it('show their clock', () => {
    const noon = Date.UTC(2026, 6, 1, 12)
    expect(clockIn('UTC', noon, 'en')).toMatch(/Wed.*12:00/)
    expect(clockIn('America/Los_Angeles', noon, 'en')).toMatch(/Wed.*05:00/)
  })
})
