import { describe, expect, it } from 'vitest'
import { arrange, boardOf, freshnessOf, hoursOf, pagesOf, timeOf } from './board'
import { told } from './told'
import { words } from './words/words'

const ZONE = 'America/Los_Angeles'
const at = (text: string) => Date.parse(text)
/** With blanks that break lines in the place of those that don't. */
const plain = (text: string) => text.replaceAll(/\s/g, ' ')

describe('what the server told', () => {
  it('leads with the centre’s own language, whatever the order', () => {
    expect(boardOf(told({ languages: ['EN', 'ES'], defaultLanguage: 'ES' })).languages).toEqual(['es', 'en'])
    expect(boardOf(told({ languages: ['EN'], defaultLanguage: 'EN' })).languages).toEqual(['en'])
  })

  it('is shown in the device’s zone where the browser knows no such zone', () => {
    expect(boardOf(told({ timeZone: 'Mars/Olympus_Mons' })).timeZone).toBeUndefined()
    expect(boardOf(told({ timeZone: ZONE })).timeZone).toBe(ZONE)
  })

  it.each([
    [0, 'fresh'],
    [59_999, 'fresh'],
    [60_000, 'late'],
    [599_999, 'late'],
    [600_000, 'old'],
  ] as const)('is after %i ms %s', (age, freshness) => {
    expect(freshnessOf(age)).toBe(freshness)
  })
})

describe('hours', () => {
  // From noon to nine in the evening, there.
  const [opensAt, closesAt] = ['2026-11-23T20:00:00Z', '2026-11-24T05:00:00Z']
  const said = (now: string, chosen: Parameters<typeof told>[0] = {}) => {
    const board = boardOf(told({ opensAt, closesAt, now, timeZone: ZONE, ...chosen }))
    const hours = hoursOf(board, at(now))
    if (hours === null) return null
    return (['en', 'es'] as const).map((language) => {
      if (!('at' in hours)) return words[language][hours.kind]
      return plain(words[language][hours.kind](timeOf(hours.at, language, board.timeZone)))
    })
  }

  it.each([
    ['2026-11-23T19:59:00Z', ['Opens at 12:00 pm', 'Abre a las 12:00 p.m.']],
    ['2026-11-23T20:00:00Z', ['Open until 9:00 pm', 'Abierto hasta las 9:00 p.m.']],
    ['2026-11-24T04:59:00Z', ['Open until 9:00 pm', 'Abierto hasta las 9:00 p.m.']],
    ['2026-11-24T05:00:00Z', ['Closed for today', 'Cerrado por hoy']],
  ])('at %s', (now, sentences) => {
    expect(said(now)).toEqual(sentences)
  })

  it('of a day without any', () => {
    expect(said('2026-11-23T20:00:00Z', { opensAt: null, closesAt: null })).toEqual([
      'Closed today',
      'Hoy está cerrado',
    ])
  })

  it('beyond midnight, at the one hour that is one in Spanish', () => {
    const late = { closesAt: '2026-11-24T09:00:00Z' }
    expect(said('2026-11-24T08:30:00Z', late)).toEqual(['Open until 1:00 am', 'Abierto hasta la 1:00 a.m.'])
  })

  it('of yesterday are not said of today', () => {
    const board = boardOf(told({ opensAt, closesAt, now: '2026-11-24T04:00:00Z', timeZone: ZONE }))
    expect(hoursOf(board, at('2026-11-24T07:59:00Z'))).toEqual({ kind: 'closedNow' })
    expect(hoursOf(board, at('2026-11-24T08:00:00Z'))).toBeNull()
    const closed = boardOf(told({ opensAt: null, closesAt: null, now: '2026-11-24T04:00:00Z', timeZone: ZONE }))
    expect(hoursOf(closed, at('2026-11-24T08:00:00Z'))).toBeNull()
  })

  it('name the weekday of a moment that was on another day', () => {
    const [then, later] = [at('2026-11-24T05:30:00Z'), at('2026-11-24T08:30:00Z')]
    expect(plain(timeOf(then, 'en', ZONE, then + 60_000))).toBe('9:30 pm')
    expect(plain(timeOf(then, 'en', ZONE, later))).toBe('Mon 9:30 pm')
    expect(plain(timeOf(then, 'es', ZONE, later))).toBe('lun 9:30 p.m.')
  })
})

describe('tags', () => {
  it.each([
    ['a television', 1320, 780, 17],
    ['a tablet', 700, 560, 10.5],
    ['a telephone', 345, 420, 7.4],
    ['a strip', 100, 20, 7],
  ])('are as large on %s as they all fit, and never overlap', (_, width, height, unit) => {
    let before = Number.POSITIVE_INFINITY
    for (let count = 1; count <= 60; count++) {
      const { scale, columns, room } = arrange(count, width, height, unit)
      const size = unit * scale
      expect(columns).toBeLessThanOrEqual(count)
      if (columns > 1) expect(columns * 19.9 * size - 0.9 * size).toBeLessThanOrEqual(width)
      expect(room).toBeGreaterThanOrEqual(1)
      if (scale > 1) {
        expect(room).toBeGreaterThanOrEqual(count)
        expect(Math.ceil(count / columns) * 7.3 * size - 0.9 * size).toBeLessThanOrEqual(height)
      }
      expect(scale).toBeLessThanOrEqual(before)
      before = scale
    }
  })

  it('are in pages of the smallest where there is no room for all', () => {
    expect(arrange(60, 1320, 780, 17)).toEqual({ scale: 1, columns: 3, room: 18 })
    expect(arrange(60, 100, 20, 7)).toEqual({ scale: 1, columns: 1, room: 1 })
    expect(arrange(1, 1320, 780, 17)).toEqual({ scale: 2, columns: 1, room: 3 })
  })

  it('are all on some page, once, the newest on the first, and no page is nearly empty', () => {
    const tags = Array.from({ length: 60 }, (_, number) => `Tag ${number}`)
    for (let count = 0; count <= 60; count++)
      for (const [columns, room] of [
        [1, 1],
        [1, 7],
        [2, 2],
        [2, 20],
        [3, 18],
        [4, 60],
      ] as const) {
        const pages = pagesOf(tags.slice(0, count), { columns, room })
        expect(pages.flat()).toEqual(tags.slice(0, count))
        expect(pages.slice(0, -1).every(({ length }) => length % columns === 0)).toBe(true)
        expect(Math.max(0, ...pages.map(({ length }) => length))).toBeLessThanOrEqual(room)
        if (count > 0) expect(Math.min(...pages.map(({ length }) => length))).toBeGreaterThan(0)
      }
    const lengths = (count: number) =>
      pagesOf(tags.slice(0, count), { columns: 3, room: 18 }).map(({ length }) => length)
    expect([18, 19, 38, 60].map(lengths)).toEqual([[18], [12, 7], [15, 15, 8], [15, 15, 15, 15]])
  })
})
