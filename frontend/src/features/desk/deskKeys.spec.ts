import { describe, expect, it } from 'vitest'
import { deskAction, startsTyping, type DeskSituation } from './deskKeys'

const at = (changes: Partial<DeskSituation> = {}): DeskSituation => ({
  text: 'diego',
  chosen: -1,
  count: 3,
  settled: true,
  hasMore: false,
  bandShown: false,
  caretAtEnd: true,
  ...changes,
})

describe('Enter', () => {
  it('checks in the only one found', () => {
    expect(deskAction('Enter', at({ count: 1 }))).toEqual({ kind: 'checkIn', row: 0 })
  })

  it('checks in the row that was chosen', () => {
    expect(deskAction('Enter', at({ chosen: 2 }))).toEqual({ kind: 'checkIn', row: 2 })
  })

  it('takes no guess among several: it chooses the first', () => {
    expect(deskAction('Enter', at())).toEqual({ kind: 'choose', row: 0 })
    expect(deskAction('Enter', at({ count: 1, hasMore: true }))).toEqual({ kind: 'choose', row: 0 })
  })

  it('waits for the rows that belong to the text, whatever is on screen', () => {
    expect(deskAction('Enter', at({ settled: false, chosen: 1 }))).toEqual({ kind: 'waitForRows' })
    expect(deskAction('Enter', at({ settled: false, count: 0 }))).toEqual({ kind: 'waitForRows' })
  })

  it('does nothing without rows, and closes the confirmation when the field is empty', () => {
    expect(deskAction('Enter', at({ count: 0 }))).toEqual({ kind: 'none' })
    expect(deskAction('Enter', at({ text: '  ', count: 0, bandShown: true }))).toEqual({ kind: 'closeBand' })
    expect(deskAction('Enter', at({ text: '', count: 0 }))).toEqual({ kind: 'none' })
  })

  it('ignores a choice beyond the rows', () => {
    expect(deskAction('Enter', at({ chosen: 7 }))).toEqual({ kind: 'choose', row: 0 })
  })
})

describe('arrows', () => {
  it('move within the rows', () => {
    expect(deskAction('ArrowDown', at())).toEqual({ kind: 'choose', row: 0 })
    expect(deskAction('ArrowDown', at({ chosen: 2 }))).toEqual({ kind: 'choose', row: 2 })
    expect(deskAction('ArrowUp', at({ chosen: 2 }))).toEqual({ kind: 'choose', row: 1 })
    expect(deskAction('ArrowUp', at({ chosen: 0 }))).toEqual({ kind: 'none' })
    expect(deskAction('ArrowDown', at({ count: 0 }))).toEqual({ kind: 'none' })
  })

  it('open with → only where it can’t be meant for the text', () => {
    expect(deskAction('ArrowRight', at({ chosen: 1 }))).toEqual({ kind: 'open', row: 1 })
    expect(deskAction('ArrowRight', at({ count: 1 }))).toEqual({ kind: 'open', row: 0 })
    expect(deskAction('ArrowRight', at({ chosen: 1, caretAtEnd: false }))).toEqual({ kind: 'none' })
    expect(deskAction('ArrowRight', at({ chosen: 1, settled: false }))).toEqual({ kind: 'none' })
    expect(deskAction('ArrowRight', at())).toEqual({ kind: 'none' })
  })
})

describe('Escape', () => {
  it('closes the confirmation first, then clears', () => {
    expect(deskAction('Escape', at({ bandShown: true }))).toEqual({ kind: 'closeBand' })
    expect(deskAction('Escape', at())).toEqual({ kind: 'clear' })
    expect(deskAction('Escape', at({ text: '' }))).toEqual({ kind: 'none' })
  })
})

describe('startsTyping', () => {
  const key = (changes: object) =>
    startsTyping({ key: 'd', ctrlKey: false, metaKey: false, altKey: false, isComposing: false, ...changes })

  it('knows a letter from a command', () => {
    expect(key({})).toBe(true)
    expect(key({ key: 'ñ' })).toBe(true)
    expect(key({ key: '7' })).toBe(true)
    for (const not of [
      { key: 'Tab' },
      { key: ' ' },
      { key: '?' },
      { ctrlKey: true },
      { metaKey: true },
      { altKey: true },
      { isComposing: true },
    ]) {
      expect(key(not)).toBe(false)
    }
  })
})
