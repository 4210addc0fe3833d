import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  advance,
  createBrowser,
  createServer,
  everythingStored,
  fakeTime,
  person,
  Refusal,
  settle,
  startPaired,
  tidyUp,
} from './scripted'
import type { Engine, PressOutcome } from './types'

let browser: ReturnType<typeof createBrowser>
let server: ReturnType<typeof createServer>
let engine: Engine

const ana = { person: person('h1') }

/** A press and what is said of it, when it is said. */
function begin(target: Parameters<Engine['press']>[0] = ana) {
  const press: { said?: PressOutcome } = {}
  void engine.press(target).then((outcome) => (press.said = outcome))
  return press
}

function answer(outcome: string, sentence = 'Hello') {
  server.handlers.CheckInBatch = ({ input }) => {
    const answers = input!.presses!.map(({ requestId }) => ({ requestId, outcome, sentence }))
    return { checkInBatch: { __typename: 'CheckInBatchAnswered', now: server.now(), answers } }
  }
}

beforeEach(async () => {
  fakeTime()
  browser = createBrowser()
  server = createServer()
  engine = await startPaired()
})
afterEach(tidyUp)

describe('a press', () => {
  it.each([
    ['CHECKED_IN', 'checkedIn'],
    ['REPEAT', 'repeat'],
    ['ASK_STAFF', 'askStaff'],
    ['SEE_DESK', 'seeDesk'],
    ['FOR_STAFF', 'saved'],
  ])('that the server answers with %s is %s, verified and off the device', async (said, outcome) => {
    answer(said)
    expect(await engine.press(ana)).toEqual({ outcome, verified: true, sentence: 'Hello' })
    await settle()
    expect(engine.snapshot.queued).toBe(0)
    expect((await everythingStored()).presses).toEqual([])
  })

  it('is on the disk before the server hears of it', async () => {
    let stored: unknown[] | undefined
    server.handlers.CheckInBatch = async (variables, token) => {
      stored = (await everythingStored()).presses
      return server.standard.CheckInBatch!(variables, token)
    }
    await engine.press(ana)
    expect(stored).toHaveLength(1)
    expect(server.asked('CheckInBatch')[0]!.variables.input!.presses).toMatchObject([
      { handle: 'h1', offline: false, sequence: 1 },
    ])
  })

  it('that the server can’t take yet is saved and no more', async () => {
    answer('TRY_AGAIN')
    expect(await engine.press(ana)).toEqual({ outcome: 'saved', verified: false, sentence: null })
    await settle()
    expect(engine.snapshot.queued).toBe(1)
  })

  it('is saved after two and a half seconds without an answer; the next one doesn’t wait at all', async () => {
    server.network = 'hangs'
    const first = begin()
    await advance(2_400, 100)
    expect(first.said).toBeUndefined()
    await advance(200, 100)
    expect(first.said).toEqual({ outcome: 'saved', verified: false, sentence: null })
    expect([engine.snapshot.online, engine.snapshot.queued]).toEqual([false, 1])
    const second = begin({ person: person('h2') })
    await settle()
    expect(second.said).toMatchObject({ outcome: 'saved', verified: false })
    server.network = 'good'
    await advance(12_000)
    const sent = server
      .asked('CheckInBatch')
      .slice(1)
      .flatMap(({ variables }) => variables.input!.presses!)
    // Both were decided here, and the server is told so.
    expect(sent.map(({ handle, offline }) => [handle, offline])).toEqual([
      ['h1', true],
      ['h2', true],
    ])
    expect(engine.snapshot.queued).toBe(0)
  })

  it('whose answer was lost is sent again with the same id', async () => {
    server.handlers.CheckInBatch = (variables, token) => {
      server.standard.CheckInBatch!(variables, token)
      server.handlers = {}
      throw new TypeError('connection reset')
    }
    expect(await engine.press(ana)).toMatchObject({ outcome: 'saved', verified: false })
    await advance(15_000)
    expect([server.taken.size, engine.snapshot.queued]).toEqual([1, 0])
  })

  it.each(['INTERNAL', 'RATE_LIMITED', 'PERSISTED_QUERY_NOT_FOUND'])(
    'is saved when the server says %s',
    async (code) => {
      server.handlers.CheckInBatch = () => {
        throw new Refusal(code)
      }
      expect(await engine.press(ana)).toEqual({ outcome: 'saved', verified: false, sentence: null })
      await settle()
      expect([engine.snapshot.queued, engine.snapshot.online]).toEqual([1, true])
      expect(engine.snapshot.outdated).toBe(code === 'PERSISTED_QUERY_NOT_FOUND')
    },
  )

  it('of one person within three seconds is one press, whoever waits for it', async () => {
    const said = await Promise.all([engine.press(ana), engine.press(ana), engine.press({ person: person('h2') })])
    expect(said.map(({ outcome }) => outcome)).toEqual(['checkedIn', 'checkedIn', 'checkedIn'])
    await advance(2_900, 100)
    await engine.press(ana)
    expect(server.taken.size).toBe(2)
    await advance(200, 100)
    await engine.press(ana)
    expect(server.taken.size).toBe(3)
  })

  it('with what was typed is written as the server writes it, and nothing at all when it is no number', async () => {
    await engine.press({ credential: { phone: '661 555 1002' } })
    await engine.press({ credential: { code: ' A-1 ' } })
    expect([...server.taken.values()].map(({ phone, code }) => phone ?? code)).toEqual(['+16615551002', 'A-1'])
    expect(await engine.press({ credential: { phone: '661' } })).toMatchObject({ outcome: 'lost' })
    expect(server.taken.size).toBe(2)
  })
})

describe('without room', () => {
  function fillUp() {
    return vi.spyOn(store, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
  }
  let store: IDBObjectStore

  beforeEach(async () => {
    const request = indexedDB.open('krc-kiosk')
    await new Promise((resolve) => (request.onsuccess = resolve))
    store = Object.getPrototypeOf(request.result.transaction(['presses']).objectStore('presses')) as IDBObjectStore
    request.result.close()
  })

  it('nothing happens, and it says so', async () => {
    const full = fillUp()
    expect(await engine.press(ana)).toEqual({ outcome: 'lost', verified: false, sentence: null })
    expect(engine.snapshot).toMatchObject({ storage: 'full', queued: 0 })
    expect(server.asked('CheckInBatch')).toEqual([])
    full.mockRestore()
    // Nothing happened, so the same touch again is a new one.
    expect(await engine.press(ana)).toMatchObject({ outcome: 'checkedIn' })
    expect(engine.snapshot.storage).toBe('kept')
  })

  it('it recovers by itself, without anybody who presses', async () => {
    const full = fillUp()
    await engine.press(ana)
    await advance(9_000)
    expect(engine.snapshot.storage).toBe('full')
    full.mockRestore()
    await advance(5_000)
    expect(engine.snapshot.storage).toBe('kept')
  })
})

describe('the browser’s promise to keep what is stored', () => {
  it('is asked for once, and told to the server', async () => {
    expect(browser.storage.persist).toHaveBeenCalledOnce()
    await advance(5_000)
    expect(server.asked('ReportKiosk').at(-1)!.variables.input).toMatchObject({ persisted: true, queued: 0 })
    expect(engine.snapshot.storage).toBe('kept')
  })

  it('is missed where it is refused', async () => {
    browser.storage.persist.mockResolvedValue(false)
    const other = await startPaired()
    expect(other.snapshot.storage).toBe('fleeting')
    await advance(5_000)
    expect(server.asked('ReportKiosk').map(({ variables }) => variables.input!.persisted)).toContain(false)
  })
})
