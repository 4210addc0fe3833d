import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encode } from './bytes'
import {
  advance,
  close,
  createBrowser,
  createServer,
  fakeTime,
  goOffline,
  person,
  Refusal,
  settle,
  start,
  startPaired,
  tidyUp,
  VERSION,
} from './scripted'
import type { Engine, Snapshot } from './types'

let browser: ReturnType<typeof createBrowser>
let server: ReturnType<typeof createServer>
let engine: Engine

beforeEach(async () => {
  fakeTime()
  browser = createBrowser()
  server = createServer()
  engine = await startPaired()
})
afterEach(tidyUp)

describe('the engine', () => {
  it('reports each few seconds how it is, and follows what the centre changes', async () => {
    const seen: Snapshot[] = []
    const end = engine.subscribe((snapshot) => seen.push(snapshot))
    const before = server.asked('ReportKiosk').length
    await advance(12_000)
    expect(server.asked('ReportKiosk').length - before).toBe(3)
    expect(server.asked('ReportKiosk').at(-1)!.variables.input).toEqual({
      appVersion: VERSION,
      queued: 0,
      persisted: true,
    })
    // Nothing new, so nobody is called.
    expect(seen).toEqual([])
    server.state.sound = false
    await advance(4_000)
    expect(seen.map(({ settings }) => settings!.sound)).toEqual([false])
    end()
    server.state.sound = true
    await advance(4_000)
    expect(seen).toHaveLength(1)
    close(engine)
    server.network = 'away'
    engine = start()
    await settle()
    expect(engine.snapshot.settings!.sound).toBe(true)
  })

  it('notices a page that is older than the server', async () => {
    expect(engine.snapshot.outdated).toBe(false)
    server.state.appVersion = '1.3.0'
    await advance(4_000)
    expect(engine.snapshot.outdated).toBe(true)
    server.state.appVersion = VERSION
    await advance(4_000)
    expect(engine.snapshot.outdated).toBe(false)
    server.handlers.ReportKiosk = () => {
      throw new Refusal('PERSISTED_QUERY_NOT_FOUND')
    }
    await advance(4_000)
    expect(engine.snapshot).toMatchObject({ outdated: true, online: true, phase: 'ready' })
  })

  it('goes offline after two reports without an answer, not after one', async () => {
    server.network = 'away'
    await advance(4_500)
    expect(engine.snapshot.online).toBe(true)
    server.network = 'good'
    await advance(4_000)
    server.network = 'away'
    await advance(4_000)
    expect(engine.snapshot.online).toBe(true)
    await advance(4_000)
    expect(engine.snapshot.online).toBe(false)
  })

  it('has the wall clock put right by the server, also for a page that is loaded without a network', async () => {
    server.aheadMs = 40 * 60_000
    await advance(4_000)
    close(engine)
    server.network = 'away'
    engine = start()
    await settle()
    await goOffline(server, browser)
    await engine.press({ person: person('h1') })
    server.network = 'good'
    await advance(12_000)
    expect([...server.taken.values()]).toMatchObject([{ clockOffsetMs: 40 * 60_000, offline: true }])
  })

  it('lets go of everything when it is stopped', async () => {
    engine.stop()
    const asked = server.calls.length
    await advance(60_000, 4_000)
    expect(server.calls.length).toBe(asked)
    expect(await engine.press({ person: person('h1') })).toMatchObject({ outcome: 'lost' })
    expect(server.calls.length).toBe(asked)
  })

  it('goes on when somebody clears the browser’s storage under its feet', async () => {
    await new Promise((resolve) => (indexedDB.deleteDatabase('krc-kiosk').onsuccess = resolve))
    expect(await engine.press({ person: person('h1') })).toMatchObject({ outcome: 'checkedIn' })
    await settle()
    close(engine)
    engine = start()
    await settle()
    expect(engine.snapshot.phase).toBe('ready')
  })

  it('starts as soon as its storage opens, and says until then that there is none', async () => {
    close(engine)
    const good = indexedDB
    Object.assign(globalThis, {
      indexedDB: {
        open() {
          throw new DOMException('not here', 'UnknownError')
        },
      },
    })
    engine = start()
    await settle()
    expect(engine.snapshot).toMatchObject({ phase: 'starting', storage: 'full' })
    Object.assign(globalThis, { indexedDB: good })
    await advance(5_500)
    expect(engine.snapshot).toMatchObject({ phase: 'ready', storage: 'kept' })
  })

  it('knows who may leave without a network, and never shows how', async () => {
    const salt = encode('sixteen bytes ..')
    const key = await crypto.subtle.importKey('raw', encode('2468'), 'PBKDF2', false, ['deriveBits'])
    const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: 1_000 }, key, 256)
    const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))
    server.state.exitPin = { salt: base64(salt), iterations: 1_000, hash: base64(new Uint8Array(bits)) }
    await advance(4_000)
    expect(engine.snapshot.settings!.hasPin).toBe(true)
    expect(JSON.stringify(engine.snapshot)).not.toContain(server.state.exitPin.hash)
    close(engine)
    server.network = 'away'
    engine = start()
    await settle()
    expect(await engine.mayLeave('2468')).toBe(true)
  })
})
