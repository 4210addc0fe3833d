import { describe, expect, it } from 'vitest'
import { COLUMNS, STANDARD_COLUMNS } from './columns'
import { filterOf, keyOf, NO_FILTER, readTableState, viewState, writeTableState, type TableState } from './tableState'

const plain: TableState = { ...NO_FILTER, order: 'NAME', descending: false, columns: STANDARD_COLUMNS, pages: 1 }
const everything: TableState = {
  search: 'núñez ana',
  standing: ['EXPIRING', 'EXPIRED'],
  tags: ['VGFnOjE', 'VGFnOjI'],
  anyTag: true,
  tiers: ['TWVtYmVyc2hpcFRpZXI6MQ'],
  coordinator: 'P. Okafor, Ana',
  language: 'ES',
  visited: 'not30',
  consents: ['SMS', '-PHOTO'],
  archived: true,
  toFix: true,
  since: '2026-01-31',
  firstVisit: '2026-02-28',
  order: 'LAST_CHECK_IN',
  descending: false,
  columns: ['tier', 'created'],
  pages: 3,
}

const through = (state: TableState) =>
  readTableState(
    Object.fromEntries(Object.entries(writeTableState(state)).filter(([, value]) => value !== undefined)) as never,
  )

describe('the table’s state in the address', () => {
  it.each<TableState>([
    plain,
    everything,
    { ...plain, order: 'CREATED', descending: true },
    { ...plain, order: 'STANDING_END', descending: true },
    { ...plain, visited: 'never' },
    { ...plain, visited: 'in0' },
    { ...plain, columns: [] },
    { ...plain, columns: [...COLUMNS] },
  ])('comes back as it was written: %o', (state) => {
    expect(through(state)).toEqual(state)
  })

  it('leaves the address bare when nothing is chosen', () => {
    expect(Object.values(writeTableState(plain)).every((value) => value === undefined)).toBe(true)
    expect(filterOf(plain)).toBeNull()
  })

  it('takes nothing unknown', () => {
    const query = {
      q: ['a', 'b'],
      standing: 'rich',
      order: 'height',
      dir: 'sideways',
      fix: 'yes',
      pages: '-4',
      visited: 'in-3',
      since: '2026-13-01',
      tags: 'a b,<script>,',
      consent: 'fax',
      columns: 'shoe',
      language: 'tlh',
    }
    expect(readTableState(query)).toEqual(plain)
    expect(readTableState({ pages: '9999' }).pages).toBe(10)
    expect(readTableState({ q: 'x'.repeat(10_000) }).search).toHaveLength(200)
    expect(readTableState({ tags: Array.from({ length: 99 }, (_, n) => `tag${n}`).join() }).tags).toHaveLength(20)
  })

  it('becomes the conditions of the API', () => {
    expect(filterOf(everything)).toEqual({
      standing: ['EXPIRING', 'EXPIRED'],
      tagIds: ['VGFnOjE', 'VGFnOjI'],
      anyTag: true,
      tierIds: ['TWVtYmVyc2hpcFRpZXI6MQ'],
      coordinator: 'P. Okafor, Ana',
      language: 'ES',
      notVisitedForDays: 30,
      consents: [
        { kind: 'SMS', granted: true },
        { kind: 'PHOTO', granted: false },
      ],
      archived: true,
      contactToFix: true,
      newSince: '2026-01-31',
      firstVisitSince: '2026-02-28',
    })
    expect(filterOf({ ...plain, visited: 'in0' })).toEqual({ visitedWithinDays: 0 })
  })

  it('shows the same rows whatever the columns, the pages and, in a search, the order', () => {
    expect(keyOf({ ...plain, pages: 4, columns: ['tier'] })).toBe(keyOf(plain))
    expect(keyOf({ ...plain, order: 'CREATED' })).not.toBe(keyOf(plain))
    expect(keyOf({ ...plain, search: 'ana', order: 'CREATED' })).toBe(keyOf({ ...plain, search: 'ana ' }))
  })

  it('is kept in a view without the pages', () => {
    expect(viewState({ ...plain, standing: ['NONE'], pages: 5 })).toEqual([{ name: 'standing', value: 'none' }])
  })
})
