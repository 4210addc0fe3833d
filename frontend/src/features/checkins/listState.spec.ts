import { describe, expect, it } from 'vitest'
import { fromQuery, initial, spanOf, toFilter, toQuery, type ListState } from './listState'

const TODAY = '2026-11-25'

describe('the address of a list of visits', () => {
  it('is empty for today, and comes back from everything else', () => {
    expect(toQuery(initial(TODAY), TODAY)).toEqual({})
    expect(fromQuery({}, TODAY)).toEqual(initial(TODAY))
    const state: ListState = {
      from: '2026-11-01',
      to: '2026-11-20',
      client: 'Q2xpZW50OjE',
      station: 'U3RhdGlvbjox',
      method: 'KIOSK',
      by: 'VXNlcjox',
      standing: 'EXPIRED',
      which: 'voided',
    }
    expect(fromQuery(toQuery(state, TODAY), TODAY)).toEqual(state)
  })

  it('knows all time, one open end, and today from an old link', () => {
    const all = { ...initial(TODAY), from: '', to: '' }
    expect(toQuery(all, TODAY)).toEqual({ days: 'all' })
    expect(fromQuery({ days: 'all' }, TODAY)).toEqual(all)
    expect(fromQuery({ from: '2026-01-01' }, TODAY)).toMatchObject({ from: '2026-01-01', to: '' })
    // Yesterday's address without days shows what is today then.
    expect(fromQuery({}, '2026-11-26')).toMatchObject({ from: '2026-11-26', to: '2026-11-26' })
  })

  it('leaves out what makes no sense', () => {
    const strange = { from: 'x', to: '2026-13-40', method: 'MAGIC', standing: ['NONE'], show: '', station: null }
    expect(fromQuery(strange, TODAY)).toEqual(initial(TODAY))
  })
})

describe('what the server is asked', () => {
  it('takes empty conditions for none', () => {
    expect(toFilter({ ...initial(TODAY), from: '', to: '' })).toEqual({
      from: null,
      to: null,
      clientId: null,
      stationId: null,
      userId: null,
      methods: null,
      standing: null,
      present: false,
      voided: null,
    })
    expect(toFilter({ ...initial(TODAY), which: 'voided' })?.voided).toBe(true)
    expect(toFilter({ ...initial(TODAY), which: 'counting' })?.voided).toBe(false)
    expect(toFilter({ ...initial(TODAY), which: 'present' })).toMatchObject({ present: true, voided: null })
  })

  it('asks nothing while the days are the wrong way round', () => {
    expect(toFilter({ ...initial(TODAY), from: '2026-11-26' })).toBeNull()
  })
})

describe('spans', () => {
  it.each([
    ['today', { from: '2026-11-25', to: '2026-11-25' }],
    ['week', { from: '2026-11-23', to: '2026-11-25' }],
    ['month', { from: '2026-11-01', to: '2026-11-25' }],
    ['all', { from: '', to: '' }],
  ] as const)('%s', (span, days) => expect(spanOf(span, TODAY)).toEqual(days))

  it('begin on Monday, also on a Sunday and across a new year', () => {
    expect(spanOf('week', '2026-11-29').from).toBe('2026-11-23')
    expect(spanOf('week', '2027-01-01').from).toBe('2026-12-28')
  })
})
