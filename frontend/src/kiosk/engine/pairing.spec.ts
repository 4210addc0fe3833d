import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  advance,
  close,
  createBrowser,
  createServer,
  fakeTime,
  Refusal,
  settle,
  start,
  startPaired,
  tidyUp,
} from './scripted'
import type { Engine } from './types'

let server: ReturnType<typeof createServer>
let approved: Set<string>
let codes: number

beforeEach(() => {
  fakeTime()
  createBrowser()
  server = createServer()
  approved = new Set()
  codes = 0
  server.handlers.AskToPair = () => {
    codes++
    return {
      askToPair: { __typename: 'PairingAsked', code: `CODE${codes}`, token: `krk_${codes}`, expiresInSeconds: 600 },
    }
  }
  server.handlers.ReportKiosk = (variables, token) => {
    if (!approved.has(token!)) throw new Refusal('KIOSK_NOT_APPROVED')
    return server.standard.ReportKiosk!(variables, token)
  }
})
afterEach(tidyUp)

async function begin(): Promise<Engine> {
  const engine = start()
  await settle()
  return engine
}

describe('pairing', () => {
  it('shows a code until somebody approves it, and is ready then', async () => {
    const engine = await begin()
    expect(engine.snapshot).toMatchObject({
      phase: 'pairing',
      pairing: { code: 'CODE1', endsAt: Date.now() + 600_000 },
      trouble: null,
    })
    expect(server.asked('AskToPair')[0]).toMatchObject({ token: null, variables: { input: { kind: 'CHECK_IN' } } })
    await advance(9_100)
    expect(server.asked('ReportKiosk').map(({ token }) => token)).toEqual(['krk_1', 'krk_1', 'krk_1'])
    approved.add('krk_1')
    await advance(3_000)
    expect(engine.snapshot).toMatchObject({
      phase: 'ready',
      pairing: null,
      settings: { name: 'Door', station: 'Kiosk', languages: ['en', 'es'], defaultLanguage: 'en', hasPin: false },
    })
  })

  it('keeps the pairing through a reload, without asking anything first', async () => {
    approved.add('krk_1')
    close(await startPaired())
    server.network = 'away'
    const engine = await begin()
    expect(engine.snapshot).toMatchObject({ phase: 'ready', settings: { name: 'Door' } })
    expect(codes).toBe(1)
  })

  it('takes up a code that was approved while the page was loaded again', async () => {
    close(await begin())
    approved.add('krk_1')
    const engine = await begin()
    expect(engine.snapshot.phase).toBe('ready')
    expect(codes).toBe(1)
  })

  it('goes by the steady clock for the end of a code, whatever the wall clock does', async () => {
    const engine = await begin()
    vi.setSystemTime('2031-01-01')
    await advance(6_000)
    expect(engine.snapshot.pairing!.code).toBe('CODE1')
    await advance(595_000, 3_000)
    expect(engine.snapshot.pairing!.code).toBe('CODE2')
  })

  it('asks for a new code a few times, and then waits for somebody to touch the screen', async () => {
    server.handlers.AskToPair = () => {
      codes++
      return {
        askToPair: { __typename: 'PairingAsked', code: `CODE${codes}`, token: `krk_${codes}`, expiresInSeconds: 6 },
      }
    }
    const engine = await begin()
    await advance(60_000)
    expect(codes).toBe(5)
    expect(engine.snapshot).toMatchObject({ phase: 'pairing', pairing: null, trouble: null })
    void engine.pairAgain()
    await settle()
    expect(engine.snapshot.pairing!.code).toBe('CODE6')
  })

  it('asks for a new code when the server has dropped the old one', async () => {
    const engine = await begin()
    server.handlers.ReportKiosk = () => {
      throw new Refusal('UNAUTHENTICATED')
    }
    await advance(3_000)
    expect(engine.snapshot.pairing!.code).toBe('CODE2')
  })

  it('says when the server is away, and goes on by itself', async () => {
    server.network = 'away'
    const engine = await begin()
    expect(engine.snapshot).toMatchObject({ phase: 'pairing', pairing: null, trouble: 'away' })
    server.network = 'good'
    await advance(5_000)
    expect(engine.snapshot).toMatchObject({ pairing: { code: 'CODE1' }, trouble: null })
    server.network = 'away'
    await advance(3_000)
    expect(engine.snapshot).toMatchObject({ pairing: { code: 'CODE1' }, trouble: 'away' })
    server.network = 'good'
    approved.add('krk_1')
    await advance(3_000)
    expect(engine.snapshot).toMatchObject({ phase: 'ready', trouble: null })
  })

  it('says that the page is too old for the server, so that a newer one is loaded', async () => {
    const { AskToPair, ReportKiosk } = server.handlers
    const refuse = () => {
      throw new Refusal('PERSISTED_QUERY_NOT_FOUND')
    }
    server.handlers.AskToPair = refuse
    const engine = await begin()
    expect(engine.snapshot).toMatchObject({ pairing: null, trouble: 'outdated', outdated: true })
    Object.assign(server.handlers, { AskToPair, ReportKiosk: refuse })
    await advance(8_000)
    expect(engine.snapshot).toMatchObject({ pairing: { code: 'CODE1' }, trouble: 'outdated', outdated: true })
    server.handlers.ReportKiosk = ReportKiosk!
    await advance(3_000)
    expect(engine.snapshot).toMatchObject({ pairing: { code: 'CODE1' }, trouble: null, outdated: false })
  })

  it('says so of a page that was loaded again while its code waited', async () => {
    close(await begin())
    server.handlers.ReportKiosk = () => {
      throw new Refusal('PERSISTED_QUERY_NOT_FOUND')
    }
    const engine = await begin()
    expect(engine.snapshot).toMatchObject({ pairing: null, trouble: 'outdated', outdated: true })
    expect(codes).toBe(1)
  })

  it('waits as long as it is told when there were too many', async () => {
    const askToPair = { __typename: 'LoginRefused', code: 'TOO_MANY_TRIES', retryAfterSeconds: 30 }
    server.handlers.AskToPair = () => ({ askToPair })
    const engine = await begin()
    expect(engine.snapshot).toMatchObject({ pairing: null, trouble: 'tooMany' })
    await advance(29_000)
    expect(server.asked('AskToPair')).toHaveLength(1)
    await advance(1_500)
    expect(server.asked('AskToPair')).toHaveLength(2)
  })

  it('takes up what another tab has been paired to', async () => {
    const [one, two] = [await begin(), await begin()]
    approved.add('krk_1')
    await advance(3_000)
    expect([one.snapshot.phase, two.snapshot.phase]).toEqual(['ready', 'pairing'])
    await advance(600_000, 3_000)
    expect(two.snapshot.phase).toBe('ready')
    await advance(3_000)
    expect(server.calls.at(-1)!.token).toBe('krk_1')
  })
})

describe('where nothing can be kept safely', () => {
  it.each(['isSecureContext', 'indexedDB', 'crypto'])('says so: no %s', async (missing) => {
    const engine = (await import('./engine')).createEngine({ appVersion: '1' })
    vi.stubGlobal(missing, missing === 'isSecureContext' ? false : undefined)
    await engine.start()
    expect(engine.snapshot.phase).toBe('insecure')
    expect(server.calls).toEqual([])
  })
})
