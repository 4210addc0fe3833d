import { describe, expect, it } from 'vitest'
import { countChange, mergeFeed } from './mergeFeed'

const visit = (id: string, minute: number, voided = false) => ({
  id,
  happenedAt: `2026-11-24T18:${String(minute).padStart(2, '0')}:00Z`,
  voided,
})

describe('mergeFeed', () => {
  it('puts the newest first and each visit once', () => {
    const merged = mergeFeed([visit('b', 2), visit('a', 1)], [visit('c', 3), visit('b', 2)])
    expect(merged.map(({ id }) => id)).toEqual(['c', 'b', 'a'])
  })

  it('believes what arrived after the list was read', () => {
    expect(mergeFeed([visit('a', 1)], [visit('a', 1, true)])[0]!.voided).toBe(true)
  })
})

describe('countChange', () => {
  it('counts new visits, takes voided ones off, and leaves known ones', () => {
    expect(countChange([visit('a', 1)], [visit('b', 2)])).toBe(1)
    expect(countChange([visit('a', 1)], [visit('a', 1, true)])).toBe(-1)
    expect(countChange([visit('a', 1)], [visit('a', 1)])).toBe(0)
    expect(countChange([], [visit('b', 2, true)])).toBe(0)
  })
})
