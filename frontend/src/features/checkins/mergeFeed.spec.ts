import { describe, expect, it } from 'vitest'
import { changesBetween, countChange, mergeFeed, stillHere } from './mergeFeed'

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

const stay = (id: string, minute: number, more: { voided?: boolean; out?: string; client?: string } = {}) => ({
  ...visit(id, minute, more.voided),
  checkedOutAt: more.out ?? null,
  client: { id: more.client ?? id },
})
const SINCE = '2026-11-24T08:00:00Z'

describe('stillHere', () => {
  it('takes off who left or was voided, and adds who came', () => {
    const listed = [stay('a', 1), stay('b', 2), stay('c', 3)]
    const arrived = [stay('a', 1, { out: SINCE }), stay('b', 2, { voided: true }), stay('d', 4)]
    expect(stillHere(listed, arrived, SINCE).map(({ id }) => id)).toEqual(['d', 'c'])
  })

  it('counts a client once, by the last visit', () => {
    expect(stillHere([stay('a', 1, { client: 'x' })], [stay('b', 9, { client: 'x' })], SINCE)).toHaveLength(1)
    const left = [stay('b', 9, { client: 'x', out: SINCE })]
    expect(stillHere([stay('a', 1, { client: 'x' })], left, SINCE)).toEqual([])
  })

  it('leaves out who came before the centre last closed', () => {
    expect(stillHere([], [stay('a', 1)], '2026-11-24T21:00:00Z')).toEqual([])
  })
})

describe('changesBetween', () => {
  it('counts what is new and what changed, and nothing that is older than what was on screen', () => {
    const before = [stay('b', 10), stay('a', 5)]
    expect(changesBetween(before, [stay('c', 12), stay('b', 10, { voided: true }), stay('a', 5), stay('z', 1)])).toBe(2)
    expect(changesBetween(before, before)).toBe(0)
    expect(changesBetween([], [stay('a', 5)])).toBe(1)
  })
})
