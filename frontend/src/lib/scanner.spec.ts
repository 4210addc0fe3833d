import { describe, expect, it } from 'vitest'
import { createScanner, standardSetup, type Scan, type ScannerSetup } from './scanner'

/** Types keys `gap` ms apart; returns the scans that they made. */
function typing(setup: Partial<ScannerSetup> = {}) {
  const scanner = createScanner(() => ({ ...standardSetup, ...setup }))
  let timeStamp = 1_000
  const press = (key: string, more = {}) =>
    scanner.press({
      key,
      timeStamp,
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      isComposing: false,
      repeat: false,
      ...more,
    })
  return {
    scanner,
    press,
    type: (keys: readonly string[], gap: number) =>
      keys.map((key) => ((timeStamp += gap), press(key))).filter((scan): scan is Scan => scan !== null),
  }
}
const keys = (text: string, end = 'Enter') => [...text, end]

describe('a scanner at the keyboard', () => {
  it('is told from typing by its speed', () => {
    expect(typing().type(keys('KRC-7F3A'), 8)).toEqual([{ code: 'KRC-7F3A', typed: 'KRC-7F3A' }])
    expect(typing().type(keys('KRC-7F3A'), 120)).toEqual([])
  })

  it('reads one code after another, whatever became of the first', () => {
    expect(
      typing()
        .type([...keys('WRONG-1'), ...keys('KRC-7F3A')], 5)
        .map(({ code }) => code),
    ).toEqual(['WRONG-1', 'KRC-7F3A'])
  })

  it('does not take up what somebody typed just before', () => {
    const desk = typing()
    desk.type([...'ana'], 200)
    const scans = [...desk.type(['K'], 300), ...desk.type(keys('RC-1234'), 6)]
    expect(scans).toEqual([{ code: 'KRC-1234', typed: 'KRC-1234' }])
  })

  it('leaves a pause before Enter to the person who made it', () => {
    const desk = typing()
    desk.type([...'KRC-1234'], 5)
    expect(desk.type(['Enter'], 400)).toEqual([])
  })

  it('bears one key that was held up, wherever it was', () => {
    for (let held = 1; held <= 8; held++) {
      const desk = typing()
      const all = keys('KRC-1234')
      const scans = [
        ...desk.type(all.slice(0, held), 5),
        ...desk.type(all.slice(held, held + 1), 150),
        ...desk.type(all.slice(held + 1), 5),
      ]
      expect(scans, `before key ${held}`).toEqual([{ code: 'KRC-1234', typed: 'KRC-1234' }])
    }
  })

  it('does not take two stalls, nor typing with some quick keys in it, for a scan', () => {
    const twice = typing()
    twice.type([...'anna'], 5)
    twice.type(['b'], 150)
    expect([...twice.type(['c'], 150), ...twice.type(['Enter'], 5)]).toEqual([])
    const hasty = typing()
    hasty.type([...'ben'], 20)
    expect([...hasty.type(['n'], 150), ...hasty.type(['Enter'], 20)]).toEqual([])
  })

  it('takes neither words nor very short bursts nor shortcuts for codes', () => {
    expect(typing().type(keys('ana lopez'), 5)).toEqual([])
    expect(typing().type(keys('abc'), 5)).toEqual([])
    const desk = typing()
    desk.type([...'ABCD'], 5)
    desk.press('v', { ctrlKey: true })
    expect(desk.type(['Enter'], 5)).toEqual([])
  })

  it('ignores Shift between capitals', () => {
    expect(
      typing()
        .type(['Shift', 'K', 'Shift', 'R', 'Shift', 'C', '1', 'Enter'], 9)
        .map(({ code }) => code),
    ).toEqual(['KRC1'])
  })

  it('takes off a prefix and wants it where one is set up', () => {
    expect(typing({ prefix: '~#' }).type(keys('~#KRC-1'), 5)).toEqual([{ code: 'KRC-1', typed: '~#KRC-1' }])
    expect(typing({ prefix: '~#' }).type(keys('KRC-1234'), 5)).toEqual([])
  })

  it('ends with Tab, or when the keys stop', () => {
    expect(typing({ suffix: 'Tab' }).type(keys('KRC-1234', 'Tab'), 5)).toHaveLength(1)
    expect(typing({ suffix: 'Tab' }).type(keys('KRC-1234'), 5)).toEqual([])
    const silent = typing({ suffix: 'None' })
    silent.type([...'KRC-1234'], 5)
    expect(silent.scanner.flush()).toEqual({ code: 'KRC-1234', typed: 'KRC-1234' })
    expect(silent.scanner.flush()).toBeNull()
  })
})
