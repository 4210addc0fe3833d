import { describe, expect, it } from 'vitest'
import type { ApiKeyPartsFragment } from '@/gql/graphql'
import { changesOf, draftOf, endOfDay, grouped, inputOf, lastDayOf, scopeWord } from './keyDraft'

const ZONE = 'America/Los_Angeles'
const KEY = {
  name: 'Door',
  scopes: ['clients:read', 'check-ins:read'],
  endsAt: '2026-12-01T15:30:00+00:00',
  callsAnHour: 100,
} as ApiKeyPartsFragment

describe('the end of a day', () => {
  it.each([
    ['2026-11-23', ZONE, '2026-11-24T08:00:00.000Z'],
    ['2026-03-08', ZONE, '2026-03-09T07:00:00.000Z'],
    ['2026-11-01', ZONE, '2026-11-02T08:00:00.000Z'],
    ['2026-11-23', 'Pacific/Auckland', '2026-11-23T11:00:00.000Z'],
    ['2026-11-23', 'Asia/Kathmandu', '2026-11-23T18:15:00.000Z'],
  ])('%s in %s', (day, zone, instant) => {
    expect(endOfDay(day, zone)).toBe(instant)
    expect(lastDayOf(instant, zone)).toBe(day)
  })
})

describe('what is changed', () => {
  it('is nothing when nothing was', () => {
    expect(changesOf(draftOf(KEY, ZONE), KEY, ZONE)).toEqual({})
  })

  it('leaves an end that was not touched at its time of day', () => {
    const draft = { ...draftOf(KEY, ZONE), name: ' Back door ' }
    expect(changesOf(draft, KEY, ZONE)).toEqual({ name: ' Back door ' })
  })

  it('clears the end, and takes scopes in any order', () => {
    const draft = { ...draftOf(KEY, ZONE), lastDay: '', scopes: ['check-ins:read', 'clients:read'] }
    expect(changesOf(draft, KEY, ZONE)).toEqual({ endsAt: null })
  })
})

it('begins with the usual number of calls and without an end', () => {
  expect(inputOf({ ...draftOf(null, ZONE), name: 'New' }, ZONE)).toEqual({
    name: 'New',
    scopes: [],
    endsAt: null,
    callsAnHour: 5000,
  })
})

it('puts scopes together by what they are about', () => {
  expect(grouped(['check-ins:read', 'clients:read', 'clients:write'])).toEqual([
    { resource: 'check-ins', scopes: ['check-ins:read'] },
    { resource: 'clients', scopes: ['clients:read', 'clients:write'] },
  ])
  expect(scopeWord('check-ins:read')).toBe('check_ins_read')
})
