import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  advance,
  createBrowser,
  createServer,
  fakeTime,
  Refusal,
  settle,
  tidyUp,
  TOKEN,
  VERSION,
} from '@/kiosk/engine/scripted'
import type { LobbyQuery } from '@/kiosk/gql/graphql'
import { createLobby, type LobbyEngine } from './engine'
import { told } from './told'

const SECOND = 1_000
const MINUTE = 60 * SECOND
let server: ReturnType<typeof createServer>
let running: LobbyEngine[]

beforeEach(() => {
  fakeTime()
  createBrowser()
  server = createServer()
  running = []
  tell({})
})
afterEach(async () => {
  for (const engine of running) engine.stop()
  await tidyUp()
})

const tell = (chosen: Partial<LobbyQuery['lobby']>) => {
  server.handlers.Lobby = () => ({ lobby: { ...told(chosen), now: server.now() } })
}

async function open(): Promise<LobbyEngine> {
  const engine = createLobby({ appVersion: VERSION })
  running.push(engine)
  void engine.start()
  await settle()
  return engine
}

/** One that somebody has approved. */
async function paired(): Promise<LobbyEngine> {
  const engine = await open()
  await advance(3_500)
  expect(engine.snapshot.phase).toBe('ready')
  return engine
}

async function stored(name: string): Promise<unknown[]> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open(name)
    request.onsuccess = () => resolve(request.result)
  })
  const found: unknown[] = []
  for (const store of database.objectStoreNames) {
    const values = database.transaction([store]).objectStore(store).getAll()
    await new Promise((resolve) => (values.onsuccess = resolve))
    found.push(...values.result)
  }
  database.close()
  return found
}

describe('a lobby’s screen', () => {
  it('asks to be one, shows its code, and then who is here', async () => {
    let approved = false
    server.handlers.ReportKiosk = (variables, token) => {
      if (!approved) throw new Refusal('KIOSK_NOT_APPROVED')
      return server.standard.ReportKiosk!(variables, token)
    }
    const engine = await open()
    expect(engine.snapshot).toMatchObject({ phase: 'pairing', pairing: { code: 'ABCDEFGH' }, board: null })
    expect(server.asked('AskToPair')[0]!.variables).toEqual({ input: { kind: 'LOBBY' } })
    await advance(7 * SECOND)
    expect(server.asked('Lobby')).toEqual([])
    approved = true
    await advance(3 * SECOND)
    expect(engine.snapshot).toMatchObject({ phase: 'ready', pairing: null, freshness: 'fresh' })
    expect(engine.snapshot.board).toMatchObject({ people: { here: 3, tags: ['NightOwl', 'Pixel'] } })
  })

  it('asks each ten seconds who is here, and tells of itself each twenty', async () => {
    await paired()
    server.calls.length = 0
    await advance(60 * SECOND)
    expect(server.asked('Lobby')).toHaveLength(6)
    expect(server.asked('ReportKiosk')).toHaveLength(3)
    expect(server.asked('ReportKiosk')[0]!.variables).toEqual({
      input: { appVersion: VERSION, queued: 0, persisted: true },
    })
    expect(server.calls.every(({ token }) => token === TOKEN)).toBe(true)
  })

  it('keeps its token, beside a kiosk’s things and apart from them, and no name', async () => {
    const engine = await paired()
    expect(await stored('krc-lobby')).toEqual([{ token: TOKEN, approved: true }])
    expect(await stored('krc-kiosk')).toEqual([])
    engine.stop()
    const again = await open()
    await settle()
    expect(again.snapshot).toMatchObject({ phase: 'ready', board: { centreName: 'Harbour Arcade' } })
    expect(server.asked('AskToPair')).toHaveLength(1)
  })

  it('takes up a code that was approved while the page was loaded again', async () => {
    ;(await open()).stop()
    const engine = await open()
    await settle()
    expect(engine.snapshot.phase).toBe('ready')
    expect(server.asked('AskToPair')).toHaveLength(1)
  })

  it('goes by the server’s clock, not by the device’s', async () => {
    server.aheadMs = 40 * MINUTE
    const engine = await paired()
    expect(new Date(engine.snapshot.now).toISOString()).toBe('2026-11-23T18:40:00.000Z')
    await advance(MINUTE)
    expect(new Date(engine.snapshot.now).toISOString()).toBe('2026-11-23T18:41:00.000Z')
  })

  it('says once a minute what has not changed', async () => {
    const engine = await paired()
    const listener = vi.fn()
    server.handlers.Lobby = () => ({ lobby: told({ now: '2026-11-23T18:00:30Z' }) })
    await advance(10 * SECOND)
    engine.subscribe(listener)
    await advance(30 * SECOND)
    expect(listener).not.toHaveBeenCalled()
  })

  it('is told that its page is older than the server', async () => {
    const engine = await paired()
    expect(engine.snapshot.outdated).toBe(false)
    server.state.appVersion = '9.9.9'
    await advance(20 * SECOND)
    expect(engine.snapshot.outdated).toBe(true)
  })

  it('whose document the server knows no more is old, and goes on asking', async () => {
    const engine = await paired()
    server.handlers.Lobby = () => {
      throw new Refusal('PERSISTED_QUERY_NOT_FOUND')
    }
    await advance(10 * SECOND)
    expect(engine.snapshot).toMatchObject({ phase: 'ready', outdated: true })
  })

  it('does nothing without a secure address', async () => {
    vi.stubGlobal('isSecureContext', false)
    vi.stubGlobal('crypto', {})
    expect((await open()).snapshot.phase).toBe('insecure')
    expect(server.calls).toEqual([])
  })
})

describe('without the server', () => {
  it.each(['away', 'hangs', 'broken'] as const)(
    '(%s) it says so after a minute and names nobody after ten',
    async (how) => {
      const engine = await paired()
      const seen = engine.snapshot.board!
      server.network = how
      await advance(49 * SECOND)
      expect(engine.snapshot).toMatchObject({ freshness: 'fresh', board: seen })
      await advance(12 * SECOND)
      expect(engine.snapshot).toMatchObject({ phase: 'ready', freshness: 'late', board: seen })
      await advance(9 * MINUTE - 15 * SECOND, 3 * SECOND)
      expect(engine.snapshot).toMatchObject({ freshness: 'late', board: seen })
      await advance(16 * SECOND)
      expect(engine.snapshot).toMatchObject({ freshness: 'old', board: { ...seen, people: null } })
      expect(JSON.stringify(engine.snapshot)).not.toContain('NightOwl')
      server.network = 'good'
      tell({ tags: ['Pixel'] })
      await advance(19 * SECOND)
      expect(engine.snapshot).toMatchObject({ freshness: 'fresh', board: { people: { tags: ['Pixel'] } } })
    },
  )

  it('names nobody when the device wakes up after a long sleep, before anything is asked', async () => {
    const engine = await paired()
    server.network = 'hangs'
    // The steady clock stood still meanwhile.
    vi.setSystemTime(Date.now() + 11 * MINUTE)
    await advance(SECOND)
    expect(engine.snapshot).toMatchObject({ freshness: 'old', board: { people: null } })
  })

  it('that was away at the start too says so until it answers', async () => {
    ;(await paired()).stop()
    server.network = 'away'
    const engine = await open()
    await advance(SECOND)
    expect(engine.snapshot).toMatchObject({ phase: 'ready', board: null, trouble: 'away' })
    server.network = 'good'
    await advance(10 * SECOND)
    expect(engine.snapshot).toMatchObject({ trouble: null, board: { people: { here: 3 } } })
  })
})

describe('a revoked screen', () => {
  it('knows it at its next question, shows nobody and keeps nothing', async () => {
    const engine = await paired()
    server.revoked = 'KIOSK_REVOKED'
    await advance(10 * SECOND)
    expect(engine.snapshot).toMatchObject({ phase: 'revoked', board: null })
    expect(await stored('krc-lobby')).toEqual([])
    const asked = server.calls.length
    await advance(MINUTE)
    expect(server.calls).toHaveLength(asked)
  })

  it('can be paired again', async () => {
    const engine = await paired()
    server.revoked = 'KIOSK_REVOKED'
    await advance(10 * SECOND)
    server.revoked = null
    void engine.pairAgain()
    await settle()
    expect(engine.snapshot).toMatchObject({ phase: 'pairing', pairing: { code: 'ABCDEFGH' } })
    await advance(4 * SECOND)
    expect(engine.snapshot).toMatchObject({ phase: 'ready', board: { people: { here: 3 } } })
  })

  it('that the server doesn’t know any more asks for a new code by itself', async () => {
    const engine = await paired()
    server.revoked = 'UNAUTHENTICATED'
    await advance(10 * SECOND)
    expect(engine.snapshot).toMatchObject({ phase: 'pairing', pairing: { code: 'ABCDEFGH' }, board: null })
  })

  it('isn’t made of one by an answer to its old token that comes after it was paired anew', async () => {
    const engine = await paired()
    await advance(10 * SECOND)
    let refuse: (error: Error) => void = () => {}
    server.handlers.Lobby = () => new Promise((_, reject) => (refuse = reject))
    server.handlers.ReportKiosk = () => {
      throw new Refusal('KIOSK_REVOKED')
    }
    await advance(10 * SECOND)
    expect(engine.snapshot.phase).toBe('revoked')
    server.handlers = {
      AskToPair: () => ({
        askToPair: { __typename: 'PairingAsked', code: 'NEWCODE1', token: 'krk_new', expiresInSeconds: 600 },
      }),
    }
    tell({})
    void engine.pairAgain()
    await advance(4 * SECOND)
    refuse(new Refusal('KIOSK_REVOKED'))
    await advance(SECOND)
    expect(engine.snapshot).toMatchObject({ phase: 'ready', board: { people: { here: 3 } } })
    expect(await stored('krc-lobby')).toEqual([{ token: 'krk_new', approved: true }])
  })
})
