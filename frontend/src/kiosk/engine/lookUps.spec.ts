import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { advance, createBrowser, createServer, fakeTime, hang, person, Refusal, startPaired, tidyUp } from './scripted'
import type { Engine } from './types'

let server: ReturnType<typeof createServer>
let engine: Engine

beforeEach(async () => {
  fakeTime()
  createBrowser()
  server = createServer()
  engine = await startPaired()
})
afterEach(tidyUp)

describe('a look-up', () => {
  const found = (people: unknown[], waitSeconds = 0) => {
    server.handlers.LookUp = () => ({ lookUp: { __typename: 'LookedUp', waitSeconds, people } })
  }
  const ana = {
    ...person('h1'),
    colour: 'teal',
    picture: 'unicorn',
    standing: 'ACTIVE',
    comfort: { language: 'ES', largeText: true, noSound: false, noMotion: false },
  }

  it('asks the server with the whole number, and hands out what may be shown', async () => {
    found([ana])
    const outcome = await engine.lookUp({ phone: '(661) 555-1002' })
    expect(server.asked('LookUp')[0]!.variables).toEqual({ input: { phone: '+16615551002' } })
    expect(outcome).toEqual({
      kind: 'people',
      offline: false,
      people: [
        {
          handle: 'h1',
          firstName: 'Ana',
          initial: 'P',
          colour: 'teal',
          picture: null,
          comfort: { language: 'es', largeText: true, noSound: false, noMotion: false },
        },
      ],
    })
  })

  it('never asks with a part of a number', async () => {
    for (const credential of [{ phone: '661555' }, { phone: '' }, { code: '' }, { code: 'x'.repeat(65) }])
      expect(await engine.lookUp(credential)).toEqual({ kind: 'unreadable' })
    expect(server.asked('LookUp')).toEqual([])
  })

  it('finds nobody where there are none, or more than six', async () => {
    found([])
    expect(await engine.lookUp({ code: 'A1' })).toEqual({ kind: 'nobody' })
    found(Array.from({ length: 7 }, () => ana))
    expect(await engine.lookUp({ code: 'A1' })).toEqual({ kind: 'nobody' })
  })

  it('waits when the server says so, in either way', async () => {
    found([], 4)
    expect(await engine.lookUp({ code: 'A1' })).toEqual({ kind: 'slow', seconds: 4 })
    server.handlers.LookUp = () => {
      throw new Refusal('RATE_LIMITED', 9)
    }
    expect(await engine.lookUp({ code: 'A1' })).toEqual({ kind: 'slow', seconds: 9 })
  })

  it('has patience with a server that holds it back for two seconds, and none with one that is silent', async () => {
    server.handlers.LookUp = () => hang()
    let outcome: unknown
    void engine.lookUp({ code: 'A1' }).then((said) => (outcome = said))
    await advance(4_500)
    expect([outcome, engine.snapshot.online]).toEqual([undefined, true])
    server.network = 'hangs'
    await advance(1_000)
    expect(engine.snapshot.online).toBe(true)
  })

  it('goes to the roster when the server is silent', async () => {
    server.network = 'hangs'
    let outcome: unknown
    void engine.lookUp({ code: 'A1' }).then((said) => (outcome = said))
    await advance(5_500)
    expect([outcome, engine.snapshot.online]).toEqual([{ kind: 'unlisted' }, false])
  })

  it('ends without a word when nobody waits for it', async () => {
    server.network = 'hangs'
    const abort = new AbortController()
    const asked = engine.lookUp({ code: 'A1' }, abort.signal)
    abort.abort()
    expect(await asked).toEqual({ kind: 'nobody' })
    expect(engine.snapshot.online).toBe(true)
  })
})
