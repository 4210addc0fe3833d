import { describe, expect, it } from 'vitest'
import { outQuery, outState } from './outState'

describe('the address of the lists', () => {
  it('is read and written back', () => {
    const state = { list: 'EXPIRED', days: 60, tierId: 'abc', coordinator: 'Dana Reyes' } as const
    expect(outState(outQuery(state))).toEqual(state)
  })

  it('leaves out what is as usual', () => {
    const usual = outState({})
    expect(usual).toEqual({ list: 'EXPIRING', days: 30, tierId: '', coordinator: '' })
    expect(Object.values(outQuery(usual)).every((value) => value === undefined)).toBe(true)
  })

  it.each([{ days: '31' }, { days: 'x' }, { days: ['7', '14'] }, { list: 'all' }, { tier: null }])(
    'takes %o as usual',
    (query) => {
      expect(outState(query)).toEqual(outState({}))
    },
  )
})
