import { describe, expect, it } from 'vitest'
import { readTableState, writeTableState, type TableState } from './tableState'

describe('the table’s state in the address', () => {
  it.each<TableState>([
    { search: '', standing: null, order: 'NAME', toFix: false, pages: 1 },
    { search: 'núñez ana', standing: 'EXPIRED', order: 'LAST_CHECK_IN', toFix: true, pages: 3 },
  ])('comes back as it was written: %o', (state) => {
    const query = Object.fromEntries(Object.entries(writeTableState(state)).filter(([, value]) => value !== undefined))
    expect(readTableState(query as never)).toEqual(state)
  })

  it('leaves the address bare when nothing is chosen', () => {
    expect(
      Object.values(writeTableState({ search: '', standing: null, order: 'NAME', toFix: false, pages: 1 })).every(
        (value) => value === undefined,
      ),
    ).toBe(true)
  })

  it('takes nothing unknown', () => {
    const read = readTableState({ q: ['a', 'b'], standing: 'rich', order: 'height', fix: 'yes', pages: '-4' })
    expect(read).toEqual({ search: '', standing: null, order: 'NAME', toFix: false, pages: 1 })
    expect(readTableState({ pages: '9999' }).pages).toBe(10)
    expect(readTableState({ q: 'x'.repeat(10_000) }).search).toHaveLength(200)
  })
})
