import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { encode, toBase64Url } from './bytes'
import {
  advance,
  close,
  createBrowser,
  createServer,
  everythingStored,
  fakeTime,
  person,
  Refusal,
  settle,
  start,
  startPaired,
  tidyUp,
} from './scripted'
import type { Engine } from './types'

let server: ReturnType<typeof createServer>
let engine: Engine

async function hashOf(mark: string): Promise<string> {
  const key = await crypto.subtle.importKey('raw', encode('k'.repeat(32)), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
  return toBase64Url(new Uint8Array(await crypto.subtle.sign('HMAC', key, encode(mark))).subarray(0, 16))
}

/** A line as the server writes it; good for this year where nothing else is said. */
async function line(mark: string, handle: string, rest = '2026-01-01 2026-12-31 REMIND teal fox en'): Promise<string> {
  return `${await hashOf(mark)} ${handle} ${rest}`
}

const PHONE = 'phone:+16615551002'
const typed = { phone: '(661) 555-1002' }

async function fetchRoster(...pages: string[][]): Promise<void> {
  server.roster.pages = pages
  await advance(65_000, 1_000)
}

async function goOffline(): Promise<void> {
  server.network = 'away'
  await advance(12_000, 1_000)
  expect(engine.snapshot.online).toBe(false)
}

const found = async (credential: { phone: string } | { code: string } = typed) => engine.lookUp(credential)

beforeEach(async () => {
  fakeTime(new Date(2026, 10, 23, 12).toISOString())
  createBrowser()
  server = createServer()
  engine = await startPaired()
})
afterEach(tidyUp)

describe('roster', () => {
  it('is fetched some seconds after pairing, all pages of it, and then each hour', async () => {
    await advance(3_000, 1_000)
    expect(server.asked('KioskRoster')).toHaveLength(0)
    await fetchRoster([await line(PHONE, 'h1')], [], [await line(PHONE, 'h2')])
    expect(server.asked('KioskRoster').map(({ variables }) => variables.after)).toEqual([null, '1', '2'])
    await advance(3_500_000, 20_000)
    expect(server.asked('KioskRoster')).toHaveLength(3)
    await advance(100_000, 4_000)
    expect(server.asked('KioskRoster')).toHaveLength(6)
  })

  it('finds a family without names, each with colour, picture and comfort', async () => {
    await fetchRoster([await line(PHONE, 'h1'), await line(PHONE, 'h2', '2026-01-01 2026-12-31 REMIND - - eslsm')])
    await goOffline()
    expect(await found()).toEqual({
      kind: 'people',
      offline: true,
      people: [
        {
          handle: 'h1',
          firstName: null,
          initial: null,
          colour: 'teal',
          picture: 'fox',
          comfort: { language: 'en', largeText: false, noSound: false, noMotion: false },
        },
        {
          handle: 'h2',
          firstName: null,
          initial: null,
          colour: null,
          picture: null,
          comfort: { language: 'es', largeText: true, noSound: true, noMotion: true },
        },
      ],
    })
  })

  it('knows a code however it is written', async () => {
    await fetchRoster([await line('code:krc0042', 'h1')])
    await goOffline()
    for (const code of ['KRC-0042', 'krc 0042', 'Krc_00.42'])
      expect(await found({ code })).toMatchObject({ kind: 'people', people: [{ handle: 'h1' }] })
    expect(await found({ code: 'KRC-0043' })).toEqual({ kind: 'unlisted' })
  })

  it.each([
    ['2026-01-01 2026-11-23 BLOCK', 'saved'],
    ['2026-11-23 2026-12-31 BLOCK', 'saved'],
    ['2026-01-01 2026-11-22 ALLOW', 'saved'],
    ['2026-01-01 2026-11-22 REMIND', 'saved'],
    ['- - REMIND', 'saved'],
    ['2026-01-01 2026-11-22 ASK_STAFF', 'askStaff'],
    ['2026-11-24 2026-12-31 ASK_STAFF', 'askStaff'],
    ['- - ASK_STAFF', 'askStaff'],
  ])('%s: %s, and never more than that', async (rest, outcome) => {
    await fetchRoster([await line(PHONE, 'h1', `${rest} teal fox en`)])
    await goOffline()
    const looked = await found()
    const [first] = looked.kind === 'people' ? looked.people : []
    expect(await engine.press({ person: first! })).toEqual({ outcome, verified: false, sentence: null })
    expect(engine.snapshot.queued).toBe(1)
  })

  it.each(['2026-01-01 2026-11-22 BLOCK', '- - BLOCK'])('%s: looks as somebody unknown does', async (rest) => {
    await fetchRoster([
      await line(PHONE, 'h1', `${rest} teal fox en`),
      await line('code:b1', 'h1', `${rest} - - en`),
      await line(PHONE, 'h2'),
    ])
    await goOffline()
    expect(await found()).toMatchObject({ people: [{ handle: 'h2' }] })
    expect(await found({ code: 'B1' })).toEqual(await found({ code: 'unknown' }))
    // Looked up before, while the server was there.
    expect(await engine.press({ person: person('h1') })).toEqual({
      outcome: 'seeDesk',
      verified: false,
      sentence: null,
    })
  })

  it('goes by the server’s day when the device’s clock is forty minutes behind', async () => {
    vi.setSystemTime(new Date(2026, 10, 23, 23, 25))
    server.aheadMs = 40 * 60_000
    await fetchRoster([await line(PHONE, 'h1', '2026-01-01 2026-11-23 BLOCK teal fox en')])
    await goOffline()
    // 23:27 here, 0:07 at the centre: the membership ended yesterday.
    expect(await found()).toEqual({ kind: 'unlisted' })
  })

  it('shows nobody when there are more than six, and of a code when there is more than one', async () => {
    const many = (mark: string, count: number) =>
      Promise.all(Array.from({ length: count }, (_, at) => line(mark, `h${at}`)))
    await fetchRoster([
      ...(await many(PHONE, 7)),
      ...(await many('phone:+16615551003', 6)),
      ...(await many('code:a1', 2)),
    ])
    await goOffline()
    expect(await found()).toEqual({ kind: 'nobody' })
    const six = await found({ phone: '6615551003' })
    expect(six.kind === 'people' && six.people).toHaveLength(6)
    expect(await found({ code: 'A1' })).toEqual({ kind: 'nobody' })
  })

  it('is good for 72 hours by the server’s clock, and not when the clock was set back', async () => {
    close(engine)
    server.aheadMs = -40 * 60_000
    engine = await startPaired()
    await fetchRoster([await line(PHONE, 'h1')])
    await goOffline()
    const fetchedAt = Date.now()
    const after = async (hours: number) => {
      vi.setSystemTime(fetchedAt + hours * 3_600_000)
      return (await found()).kind
    }
    expect([await after(71.9), await after(72.1), await after(-1.5)]).toEqual(['people', 'unlisted', 'unlisted'])
    expect(await after(1)).toBe('people')
  })

  it('is kept through a reload without a network', async () => {
    await fetchRoster([await line(PHONE, 'h1')])
    close(engine)
    server.network = 'away'
    engine = start()
    await settle()
    await goOffline()
    expect(await found()).toMatchObject({ kind: 'people', offline: true })
  })

  it('that was fetched by half never replaces a whole one', async () => {
    await fetchRoster([await line(PHONE, 'h1')])
    server.roster.pages = [[await line('phone:+16615551003', 'h9')], []]
    const pages = vi.fn(server.standard.KioskRoster!)
    server.handlers.KioskRoster = (variables, token) => {
      if (variables.after) throw new Refusal('INTERNAL')
      return pages(variables, token)
    }
    await advance(3_700_000, 20_000)
    expect(pages).toHaveBeenCalled()
    server.handlers.KioskRoster = (variables, token) => {
      const answer = server.standard.KioskRoster!(variables, token) as { kioskRoster: { key: string } }
      if (variables.after) answer.kioskRoster.key = btoa('n'.repeat(32))
      return answer
    }
    await advance(310_000, 4_000)
    await goOffline()
    expect(await found()).toMatchObject({ people: [{ handle: 'h1' }] })
    expect(await found({ phone: '6615551003' })).toEqual({ kind: 'unlisted' })
  })

  it('takes lines that it can’t read for no lines', async () => {
    const odd = [
      '',
      'x',
      await line(PHONE, 'h2', 'nonsense'),
      await line(PHONE, 'h3', '2026-01-01 2026-12-31 DANCE - - en'),
    ]
    await fetchRoster([...odd, await line(PHONE, 'h1', '2026-01-01 2026-12-31 ALLOW pink-ish unicorn en')])
    await goOffline()
    expect(await found()).toMatchObject({ people: [{ handle: 'h1', colour: null, picture: null }] })
  })

  it('holds no phone and no code, and its key can’t be taken out', async () => {
    await fetchRoster([await line(PHONE, 'h1')])
    const stored = await everythingStored()
    expect(JSON.stringify(stored.roster)).not.toContain('555')
    const keys = stored
      .device!.map((value) => (value as { key?: CryptoKey }).key)
      .filter((key) => key instanceof CryptoKey)
    expect(keys.map(({ extractable, usages }) => [extractable, usages])).toEqual([[false, ['sign']]])
  })

  it('slows down who tries numbers, as the server does', async () => {
    await goOffline()
    for (let tries = 0; tries < 30; tries++) expect((await found()).kind).toBe('unlisted')
    expect(await found()).toEqual({ kind: 'slow', seconds: 2 })
    await advance(2_000)
    expect((await found()).kind).toBe('unlisted')
  })
})
