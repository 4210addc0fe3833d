import { describe, expect, it } from 'vitest'
import { checkDraft, isTimes, type Draft } from './draft'

const hours = { opens: '12:00', closes: '21:00' }
const around = {
  zone: 'America/Los_Angeles',
  now: Date.parse('2026-11-24T20:00:00Z'),
  week: Array.from({ length: 7 }, () => hours),
}
const client = { id: 'c1', displayName: 'Ana Bell' }
const check = (changes: Partial<Draft>, more: Partial<typeof around> = {}) =>
  checkDraft({ day: '2026-11-23', client, came: '18:32', left: '', which: '', ...changes }, { ...around, ...more })

/** Field and key of what is wrong. */
function wrong(changes: Partial<Draft>, more: Partial<typeof around> = {}): string[] {
  const checked = check(changes, more)
  return isTimes(checked) ? [] : Object.entries(checked).map(([field, { key }]) => `${field} ${key}`)
}

describe('a line of the paper', () => {
  it('has its times as instants of the centre’s zone', () => {
    expect(check({ came: '6:32 pm', left: '2105' })).toEqual({
      happenedAt: '2026-11-24T02:32:00.000Z',
      leftAt: '2026-11-24T05:05:00.000Z',
    })
    expect(check({})).toEqual({ happenedAt: '2026-11-24T02:32:00.000Z', leftAt: null })
  })

  it('ends on the next day where they left after midnight', () => {
    expect(check({ came: '20:00', left: '00:30' })).toMatchObject({ leftAt: '2026-11-24T08:30:00.000Z' })
    // In the small hours it is a mistake like any other.
    expect(wrong({ came: '01:30', left: '01:10' })).toEqual(['left before'])
    expect(wrong({ came: '18:32', left: '17:00' })).toEqual(['left before'])
    expect(wrong({ came: '18:32', left: '18:32' })).toEqual(['left before'])
  })

  it.each([
    [{ client: null }, ['client noClient']],
    [{ client: null, came: '' }, ['client noClient', 'came noTime']],
    [{ day: '' }, ['day noDay']],
    [{ came: ' ' }, ['came noTime']],
    [{ came: 'late' }, ['came notATime']],
    [{ left: 'late' }, ['left notATime']],
    [{ day: '2026-11-24', came: '12:01' }, ['came future']],
    [{ day: '2026-11-24', came: '11:30', left: '12:01' }, ['left future']],
    [{ day: '2026-11-24', came: '12:00' }, []],
    [{ day: '2026-09-25', came: '12:59' }, ['day tooLongAgo']],
    [{ day: '2026-09-25', came: '13:00' }, []],
  ])('%o: %o', (changes, errors) => expect(wrong(changes as Partial<Draft>)).toEqual(errors))

  it('is asked about where the morning can’t be meant, and never guessed', () => {
    expect(wrong({ came: '6:32' })).toEqual(['came half'])
    expect(check({ came: '6:32' })).toMatchObject({ came: { values: { time: '06:32', later: '18:32' } } })
    expect(wrong({ came: '06:32' })).toEqual([])
    expect(wrong({ came: '18:32', left: '8:15' })).toEqual(['left half'])
    expect(wrong({ came: '6:32' }, { week: [] })).toEqual([])
  })

  it('says that a time did not exist, and asks which one is meant of two', () => {
    const spring = { now: Date.parse('2026-03-20T20:00:00Z') }
    const autumn = { now: Date.parse('2026-11-10T20:00:00Z') }
    expect(wrong({ day: '2026-03-08', came: '02:30' }, spring)).toEqual(['came skipped'])
    expect(wrong({ day: '2026-03-07', came: '20:00', left: '02:30' }, spring)).toEqual(['left skipped'])
    const night = { day: '2026-11-01', came: '01:30' }
    expect(wrong(night, autumn)).toEqual(['which twice'])
    expect(check({ ...night, which: 'first' }, autumn)).toMatchObject({ happenedAt: '2026-11-01T08:30:00.000Z' })
    expect(check({ ...night, which: 'second' }, autumn)).toMatchObject({ happenedAt: '2026-11-01T09:30:00.000Z' })
    const late = { day: '2026-10-31', came: '20:00', left: '01:30' }
    expect(wrong(late, autumn)).toEqual(['which twice'])
    expect(check({ ...late, which: 'second' }, autumn)).toMatchObject({ leftAt: '2026-11-01T09:30:00.000Z' })
  })
})
