/** For specs: a browser and a server whose behaviour a spec writes, with fake time and real storage and cryptography. */

import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { vi } from 'vitest'
import type { KioskPressInput } from '../gql/graphql'
import { createEngine } from './engine'
import type { Engine } from './types'

export const VERSION = '1.2.3'
export const TOKEN = 'krk_one'

/** Node's, which the types of a browser don't know. */
declare function setImmediate(done: (value?: unknown) => void): void

const rest = () => new Promise((resolve) => setImmediate(resolve))
const ROUNDS = 80

/** What cryptography has to do still: it works beside the event loop, in a time of its own. */
let busy = 0

function counted(subtle: SubtleCrypto): SubtleCrypto {
  return new Proxy(subtle, {
    get:
      (target, name: keyof SubtleCrypto) =>
      (...values: never[]) => {
        busy++
        const work = (target[name] as (...values: never[]) => Promise<unknown>).apply(target, values)
        return work.finally(() => busy--)
      },
  })
}

/** Lets storage and cryptography, which know no fake time, do all that they have to. */
export async function settle(): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    await rest()
    if (busy > 0) round = 0
  }
}

/** Waits without letting fake time go on. */
export async function until(holds: () => boolean): Promise<void> {
  for (let count = 0; count < 100; count++) {
    if (holds()) return
    await settle()
  }
  throw new Error('It never came about.')
}

export async function advance(ms: number, step = 500): Promise<void> {
  for (let left = ms; left > 0; left -= step) {
    await settle()
    vi.advanceTimersByTime(Math.min(step, left))
  }
  await settle()
}

export interface Call {
  operation: string
  variables: Record<string, never> & { input?: Record<string, unknown> & { presses?: KioskPressInput[] } }
  token: string | null
}

export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(code)
  }
}

type Handler = (variables: Call['variables'], token: string | null) => unknown

export function createServer() {
  const state = {
    __typename: 'KioskState',
    name: 'Door',
    station: 'Kiosk',
    centreName: 'KRC',
    languages: ['EN', 'ES'],
    defaultLanguage: 'EN',
    sound: true,
    walkIn: true,
    accentLight: null,
    accentDark: null,
    logo: null,
    exitPin: null as { salt: string; iterations: number; hash: string } | null,
    exitCodeHash: '',
    appVersion: VERSION,
  }
  const server = {
    state,
    calls: [] as Call[],
    /** `away`: no network. `hangs`: nothing is ever answered. `broken`: a proxy's page instead of an answer. */
    network: 'good' as 'good' | 'away' | 'hangs' | 'broken',
    ready: true,
    probes: 0,
    /** How far the server's clock is ahead of the device's. */
    aheadMs: 0,
    revoked: null as string | null,
    /** What was taken, by request; a replay changes nothing. */
    taken: new Map<string, KioskPressInput>(),
    roster: { key: btoa('k'.repeat(32)), pages: [[]] as string[][] },
    now: () => new Date(Date.now() + server.aheadMs).toISOString(),
    asked: (operation: string) => server.calls.filter((call) => call.operation === operation),
    handlers: {} as Record<string, Handler>,
  }
  const standard: Record<string, Handler> = {
    AskToPair: () => ({
      askToPair: { __typename: 'PairingAsked', code: 'ABCDEFGH', token: TOKEN, expiresInSeconds: 600 },
    }),
    ReportKiosk: () => ({ reportKiosk: { ...server.state, now: server.now() } }),
    LookUp: () => ({ lookUp: { __typename: 'LookedUp', waitSeconds: 0, people: [] } }),
    CheckInBatch: (variables) => {
      const answers = variables.input!.presses!.map((press) => {
        server.taken.set(press.requestId, press)
        return { requestId: press.requestId, outcome: 'CHECKED_IN', sentence: 'Have fun!' }
      })
      return { checkInBatch: { __typename: 'CheckInBatchAnswered', now: server.now(), answers } }
    },
    WalkIn: () => ({ walkIn: { __typename: 'WalkInTaken', sentence: 'Thank you!' } }),
    KioskRoster: (variables) => {
      const { key, pages } = server.roster
      const at = Number(variables.after ?? 0)
      const next = at + 1 < pages.length ? String(at + 1) : null
      return { kioskRoster: { __typename: 'KioskRoster', key, entries: pages[at], next, madeAt: server.now() } }
    },
  }

  async function through(signal?: AbortSignal | null): Promise<void> {
    if (server.network === 'away') throw new TypeError('Failed to fetch')
    if (server.network === 'hangs') await hang(signal)
  }

  async function answer(url: string, init: RequestInit): Promise<Response> {
    init.signal?.throwIfAborted()
    if (url === '/api/v1/readyz') {
      server.probes++
      await through(init.signal)
      return new Response('{}', { status: server.ready ? 200 : 503 })
    }
    const { operationName: operation, variables } = JSON.parse(init.body as string) as {
      operationName: string
      variables: Call['variables']
    }
    const bearer = (init.headers as Record<string, string>).Authorization
    const token = bearer ? bearer.replace('Bearer ', '') : null
    server.calls.push({ operation, variables, token })
    await through(init.signal)
    if (server.network === 'broken') return new Response('<html>', { status: 401 })
    try {
      if (server.revoked && token) throw new Refusal(server.revoked)
      const data = await (server.handlers[operation] ?? standard[operation]!)(variables, token)
      return new Response(JSON.stringify({ data }))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const { code, retryAfterSeconds } = error
      return new Response(JSON.stringify({ data: null, errors: [{ extensions: { code, retryAfterSeconds } }] }))
    }
  }
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => answer(url, init))
  return Object.assign(server, { standard })
}

export function hang(signal?: AbortSignal | null): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    signal?.addEventListener('abort', () => reject(signal.reason))
  })
}

const real = crypto

/** A browser with empty storage. */
export function createBrowser() {
  const { subtle } = real
  vi.stubGlobal('crypto', {
    subtle: counted(subtle),
    randomUUID: () => real.randomUUID(),
    getRandomValues: (values: Uint8Array<ArrayBuffer>) => real.getRandomValues(values),
  })
  const events = new EventTarget()
  const storage = { persisted: vi.fn(async () => false), persist: vi.fn(async () => true) }
  const browser = { onLine: true, locks: navigator.locks as LockManager | undefined, storage }
  vi.stubGlobal('indexedDB', new IDBFactory())
  vi.stubGlobal('IDBKeyRange', IDBKeyRange)
  vi.stubGlobal('isSecureContext', true)
  vi.stubGlobal('navigator', browser)
  vi.stubGlobal('addEventListener', events.addEventListener.bind(events))
  vi.stubGlobal('removeEventListener', events.removeEventListener.bind(events))
  return Object.assign(browser, { fire: (name: string) => events.dispatchEvent(new Event(name)) })
}

/** The network is gone, and the browser says so. */
export async function goOffline(
  server: ReturnType<typeof createServer>,
  browser: ReturnType<typeof createBrowser>,
): Promise<void> {
  server.network = 'away'
  browser.fire('offline')
  await settle()
}

export function fakeTime(now = '2026-11-23T18:00:00Z'): void {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
    now: new Date(now),
  })
}

const running = new Set<Engine>()

/** An engine that is paired, approved at once. */
export async function startPaired(): Promise<Engine> {
  const engine = start()
  await until(() => engine.snapshot.phase !== 'starting')
  for (let tries = 0; engine.snapshot.phase === 'pairing' && tries < 20; tries++) await advance(500)
  await until(() => engine.snapshot.phase === 'ready')
  await settle()
  return engine
}

export function start(): Engine {
  const engine = createEngine({ appVersion: VERSION })
  running.add(engine)
  void engine.start()
  return engine
}

/** The page is closed. */
export function close(engine: Engine): void {
  engine.stop()
  running.delete(engine)
}

export async function tidyUp(): Promise<void> {
  for (const engine of running) engine.stop()
  running.clear()
  await settle()
  vi.useRealTimers()
  vi.unstubAllGlobals()
}

/** All that is stored, as somebody who takes the disk would find it. */
export async function everythingStored(): Promise<Record<string, unknown[]>> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('krc-kiosk')
    request.onsuccess = () => resolve(request.result)
  })
  const found: Record<string, unknown[]> = {}
  for (const name of database.objectStoreNames) {
    found[name] = await new Promise((resolve) => {
      const request = database.transaction([name]).objectStore(name).getAll()
      request.onsuccess = () => resolve(request.result)
    })
  }
  database.close()
  return found
}

export const person = (handle: string) => ({
  handle,
  firstName: 'Ana',
  initial: 'P',
  colour: null,
  picture: null,
  comfort: { language: 'en' as const, largeText: false, noSound: false, noMotion: false },
})
