import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { KioskPressInput } from '../gql/graphql'
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
} from './scripted'
import type { Engine } from './types'

let browser: ReturnType<typeof createBrowser>
let server: ReturnType<typeof createServer>
let engine: Engine

type Outcome = 'CHECKED_IN' | 'TRY_AGAIN' | 'FOR_STAFF'

/** A server that says of each press what `outcomeOf` says. */
function answerEach(outcomeOf: (press: KioskPressInput) => Outcome): void {
  server.handlers.CheckInBatch = ({ input }) => {
    const answers = input!.presses!.map((press) => {
      const outcome = outcomeOf(press)
      if (outcome !== 'TRY_AGAIN') server.taken.set(press.requestId, press)
      return { requestId: press.requestId, outcome, sentence: '' }
    })
    return { checkInBatch: { __typename: 'CheckInBatchAnswered', now: server.now(), answers } }
  }
}

const batches = () => server.asked('CheckInBatch').map(({ variables }) => variables.input!.presses!)
const sizes = () => batches().map((batch) => batch.length)
const sequences = () => batches().map((batch) => batch.map(({ sequence }) => sequence))

async function comeBack(): Promise<void> {
  server.network = 'good'
  await advance(11_000)
  expect(engine.snapshot.online).toBe(true)
  await settle()
}

async function press(count: number, from = 0): Promise<void> {
  for (let at = from; at < from + count; at++) await engine.press({ person: person(`h${at}`) })
}

beforeEach(async () => {
  fakeTime()
  browser = createBrowser()
  server = createServer()
  engine = await startPaired()
})
afterEach(tidyUp)

describe('queue', () => {
  it('sends what was pressed offline when the network is back: oldest first, fifty at a time, each once', async () => {
    await goOffline(server, browser)
    await press(120)
    expect([engine.snapshot.queued, sizes()]).toEqual([120, []])
    await comeBack()
    expect(sizes()).toEqual([50, 50, 20])
    expect(sequences().flat()).toEqual(Array.from({ length: 120 }, (_, at) => at + 1))
    expect(
      new Set(
        batches()
          .flat()
          .map(({ requestId }) => requestId),
      ).size,
    ).toBe(120)
    expect(engine.snapshot.queued).toBe(0)
  })

  it('says all that is known of the time: of each press, and of the moment of sending', async () => {
    server.aheadMs = 40 * 60_000
    await advance(8_000)
    await goOffline(server, browser)
    const occurredAt = new Date().toISOString()
    const monotonicMs = performance.now()
    await engine.press({ credential: { phone: '(661) 555-1002' } })
    await comeBack()
    const { presses, ...sending } = server.asked('CheckInBatch')[0]!.variables.input!
    expect(presses).toEqual([
      {
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        sequence: 1,
        phone: '+16615551002',
        occurredAt,
        monotonicMs,
        session: sending.session,
        clockOffsetMs: 40 * 60_000,
        offline: true,
      },
    ])
    expect(Number(sending.monotonicMs) - monotonicMs).toBeGreaterThanOrEqual(10_000)
    expect(Date.parse(sending.sentAt as string) - Date.parse(occurredAt)).toBe(
      Number(sending.monotonicMs) - monotonicMs,
    )
  })

  it('keeps presses through a reload, and numbers go on', async () => {
    await goOffline(server, browser)
    await press(2)
    close(engine)
    server.network = 'good'
    engine = start()
    await settle()
    await advance(500)
    expect(sequences()).toEqual([[1, 2]])
    await press(1)
    expect(sequences().at(-1)).toEqual([3])
    const sessions = new Set(
      batches()
        .flat()
        .map(({ session }) => session),
    )
    expect(sessions.size).toBe(2)
  })

  it('forgets one by one what the server has answered for, and asks again for the rest', async () => {
    const tries = new Map<string, number>()
    answerEach(({ requestId, sequence }) => {
      tries.set(requestId, (tries.get(requestId) ?? 0) + 1)
      return sequence % 3 === 0 && tries.get(requestId)! < 3
        ? 'TRY_AGAIN'
        : sequence % 3 === 1
          ? 'CHECKED_IN'
          : 'FOR_STAFF'
    })
    await goOffline(server, browser)
    await press(9)
    await comeBack()
    expect(engine.snapshot.queued).toBe(3)
    await advance(40_000)
    expect(engine.snapshot.queued).toBe(0)
    expect([...tries.values()]).toEqual([1, 1, 3, 1, 1, 3, 1, 1, 3])
  })

  it('doesn’t let presses that have to wait keep the others here', async () => {
    answerEach(({ sequence }) => (sequence <= 60 ? 'TRY_AGAIN' : 'CHECKED_IN'))
    await goOffline(server, browser)
    await press(70)
    await comeBack()
    expect(engine.snapshot.queued).toBe(60)
    const asked = sizes().length
    await advance(7_000)
    // Not again and again.
    expect(sizes().length).toBeLessThanOrEqual(asked + 1)
  })

  it('loses nothing when the answer is lost, and the same ids come again', async () => {
    await goOffline(server, browser)
    await press(3)
    const queued: number[] = []
    server.handlers.CheckInBatch = (variables, token) => {
      const answer = server.standard.CheckInBatch!(variables, token)
      if (queued.push(engine.snapshot.queued) > 1) return answer
      throw new TypeError('connection reset')
    }
    await comeBack()
    await advance(2_000)
    expect(queued).toEqual([3, 3])
    expect([engine.snapshot.queued, server.taken.size]).toEqual([0, 3])
    expect(batches()[1]).toEqual(batches()[0])
  })

  it.each(['INTERNAL', 'UNAVAILABLE', 'BAD_REQUEST', 'RATE_LIMITED', 'PERSISTED_QUERY_NOT_FOUND', 'NOT_ALLOWED'])(
    'loses nothing over %s, and doesn’t hammer the server',
    async (code) => {
      await goOffline(server, browser)
      await press(3)
      server.handlers.CheckInBatch = () => {
        throw new Refusal(code)
      }
      server.network = 'good'
      await advance(70_000)
      expect(engine.snapshot.queued).toBe(3)
      expect(sizes().length).toBeLessThan(15)
      server.handlers = {}
      await advance(3_700_000, 5_000)
      expect([engine.snapshot.queued, server.taken.size]).toEqual([0, 3])
    },
  )

  it('finds the one press that the server refuses, and sends all others', async () => {
    await goOffline(server, browser)
    await press(20)
    server.handlers.CheckInBatch = (variables, token) => {
      if (variables.input!.presses!.some(({ sequence }) => sequence === 7))
        return { checkInBatch: { __typename: 'ValidationProblem', code: 'VALIDATION' } }
      return server.standard.CheckInBatch!(variables, token)
    }
    await comeBack()
    await advance(30_000)
    expect([engine.snapshot.queued, server.taken.size]).toEqual([1, 19])
    const asked = sizes().length
    await advance(600_000, 5_000)
    expect(sizes().length).toBe(asked)
  })

  it('waits longer and longer while the server can’t, and as long as it says', async () => {
    await goOffline(server, browser)
    await press(1)
    const at: number[] = []
    server.handlers.CheckInBatch = () => {
      at.push(performance.now())
      throw new Refusal('RATE_LIMITED', at.length === 5 ? 120 : undefined)
    }
    await comeBack()
    await advance(300_000, 250)
    const waits = at.slice(1).map((time, index) => (time - at[index]!) / 1_000)
    for (const [index, most] of [1, 2, 4, 8].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(most / 2 - 0.5)
      expect(waits[index]).toBeLessThanOrEqual(most + 1.1)
    }
    expect(waits[4]).toBeGreaterThanOrEqual(120)
  })

  it('of two tabs on one database sends each press once, and both know when it is empty', async () => {
    const other = start()
    await settle()
    await goOffline(server, browser)
    await Promise.all([
      press(30),
      (async () => {
        for (let at = 0; at < 30; at++) await other.press({ person: person(`o${at}`) })
      })(),
    ])
    await comeBack()
    await advance(6_000)
    const all = batches()
      .flat()
      .map(({ sequence }) => sequence)
    expect(all.sort((one, two) => one - two)).toEqual(Array.from({ length: 60 }, (_, at) => at + 1))
    expect([engine.snapshot.queued, other.snapshot.queued]).toEqual([0, 0])
  })

  it('does no harm with two tabs where there are no locks: the same ids, twice at most', async () => {
    browser.locks = undefined
    const other = start()
    await settle()
    await goOffline(server, browser)
    await press(10)
    await comeBack()
    await advance(6_000)
    expect(server.taken.size).toBe(10)
    expect([engine.snapshot.queued, other.snapshot.queued]).toEqual([0, 0])
  })

  it('sends a new press soon although an old one has to wait for long', async () => {
    await goOffline(server, browser)
    await press(1)
    server.handlers.CheckInBatch = () => ({ checkInBatch: { __typename: 'ValidationProblem', code: 'VALIDATION' } })
    await comeBack()
    await advance(5_000)
    server.handlers = {}
    await goOffline(server, browser)
    await press(1, 1)
    await advance(30_000)
    expect([server.taken.size, engine.snapshot.queued]).toEqual([0, 2])
    server.network = 'good'
    await advance(30_000)
    expect([server.taken.size, engine.snapshot.queued]).toEqual([1, 1])
  })

  it('sends again what could not be deleted, but not at once and for ever', async () => {
    await goOffline(server, browser)
    await press(2)
    const run = vi
      .spyOn(Object.getPrototypeOf(await objectStore()) as IDBObjectStore, 'delete')
      .mockImplementation(() => {
        throw new DOMException('no', 'UnknownError')
      })
    await comeBack()
    expect(sizes()).toEqual([2])
    run.mockRestore()
    await advance(16_000)
    expect([sizes(), engine.snapshot.queued, server.taken.size]).toEqual([[2, 2], 0, 2])
  })
})

async function objectStore(): Promise<IDBObjectStore> {
  const request = indexedDB.open('krc-kiosk')
  await new Promise((resolve) => (request.onsuccess = resolve))
  const store = request.result.transaction(['presses']).objectStore('presses')
  request.result.close()
  return store
}
