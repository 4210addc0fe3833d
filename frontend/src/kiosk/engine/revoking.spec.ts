import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  advance,
  close,
  createBrowser,
  createServer,
  everythingStored,
  fakeTime,
  goOffline,
  person,
  Refusal,
  settle,
  start,
  startPaired,
  tidyUp,
} from './scripted'
import type { Engine, Visitor } from './types'

let browser: ReturnType<typeof createBrowser>
let server: ReturnType<typeof createServer>
let engine: Engine

const visitor: Visitor = { firstName: ' Ana ', lastName: 'Paz', phone: '', email: 'a@example.org', language: 'es' }
const NOTHING = { device: [], presses: [], roster: [] }

beforeEach(async () => {
  fakeTime()
  browser = createBrowser()
  server = createServer()
  engine = await startPaired()
})
afterEach(tidyUp)

describe('a revoked device', () => {
  it('knows it within five seconds, and keeps nothing: no token, no roster, no presses', async () => {
    server.roster.pages = [[`${'x'.repeat(22)} h1 - - REMIND - - en`]]
    await advance(65_000, 1_000)
    server.handlers.CheckInBatch = () => {
      throw new Refusal('INTERNAL')
    }
    await engine.press({ person: person('h1') })
    await settle()
    expect(engine.snapshot).toMatchObject({ phase: 'ready', online: true, queued: 1 })
    expect((await everythingStored()).roster).toHaveLength(1)
    server.handlers = {}
    server.revoked = 'KIOSK_REVOKED'
    await advance(5_000)
    expect(engine.snapshot).toMatchObject({ phase: 'revoked', settings: null, queued: 0, pairing: null })
    expect(await everythingStored()).toEqual(NOTHING)
    const asked = server.calls.length
    await advance(30_000)
    expect(server.calls.length).toBe(asked)
    expect(await engine.press({ person: person('h1') })).toMatchObject({ outcome: 'lost' })
    expect(await engine.lookUp({ phone: '6615551002' })).toEqual({ kind: 'nobody' })
    expect(await engine.mayLeave('2468')).toBe(false)
    expect(await everythingStored()).toEqual(NOTHING)
  })

  it('sends what waits before anybody has reason to revoke it', async () => {
    await goOffline(server, browser)
    await engine.press({ person: person('h1') })
    server.network = 'good'
    await advance(11_000)
    expect([server.taken.size, engine.snapshot.queued]).toEqual([1, 0])
  })

  it.each(['LookUp', 'CheckInBatch', 'WalkIn'])(
    'is told so by %s too, and nothing was saved then',
    async (operation) => {
      server.handlers[operation] = () => {
        throw new Refusal('KIOSK_REVOKED')
      }
      if (operation === 'LookUp') expect(await engine.lookUp({ code: 'A1' })).toEqual({ kind: 'nobody' })
      if (operation === 'CheckInBatch')
        expect(await engine.press({ person: person('h1') })).toMatchObject({ outcome: 'lost' })
      if (operation === 'WalkIn') expect(await engine.walkIn(visitor)).toEqual({ kind: 'away' })
      await settle()
      expect(engine.snapshot.phase).toBe('revoked')
      expect(await everythingStored()).toEqual(NOTHING)
    },
  )

  it('can be paired again', async () => {
    server.revoked = 'KIOSK_REVOKED'
    await advance(5_000)
    server.revoked = null
    server.handlers.AskToPair = () => ({
      askToPair: { __typename: 'PairingAsked', code: 'NEWCODE1', token: 'krk_new', expiresInSeconds: 600 },
    })
    void engine.pairAgain()
    await settle()
    expect(engine.snapshot).toMatchObject({ phase: 'pairing', pairing: { code: 'NEWCODE1' } })
    await advance(4_000)
    expect(engine.snapshot.phase).toBe('ready')
    expect(server.calls.at(-1)!.token).toBe('krk_new')
  })

  it('that the server doesn’t know any more wipes everything likewise, and asks for a new code by itself', async () => {
    await goOffline(server, browser)
    await engine.press({ person: person('h1') })
    server.revoked = 'UNAUTHENTICATED'
    server.network = 'good'
    await advance(12_000)
    expect(engine.snapshot).toMatchObject({ phase: 'pairing', pairing: { code: 'ABCDEFGH' }, settings: null })
    expect(await everythingStored()).toMatchObject({ presses: [], roster: [] })
  })

  it('leaves alone what another tab was paired to meanwhile', async () => {
    const other = start()
    await settle()
    server.revoked = 'KIOSK_REVOKED'
    server.handlers.ReportKiosk = async (variables, token) => {
      if (token === 'krk_one') throw new Refusal('KIOSK_REVOKED')
      return server.standard.ReportKiosk!(variables, token)
    }
    close(other)
    await advance(5_000)
    server.revoked = null
    server.handlers.AskToPair = () => ({
      askToPair: { __typename: 'PairingAsked', code: 'NEWCODE1', token: 'krk_new', expiresInSeconds: 600 },
    })
    void engine.pairAgain()
    await advance(4_000)
    expect(engine.snapshot.phase).toBe('ready')
    close(engine)
    const third = start()
    await settle()
    expect(third.snapshot.phase).toBe('ready')
  })

  it('isn’t made of a device by a proxy that says 401', async () => {
    server.network = 'broken'
    await advance(20_000)
    expect(engine.snapshot).toMatchObject({ phase: 'ready', online: false })
  })
})
