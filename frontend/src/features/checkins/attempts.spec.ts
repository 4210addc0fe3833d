import { describe, expect, it, vi } from 'vitest'
import type { CheckInMutation } from '@/gql/graphql'
import { Failure } from '@/lib/graphql/failures'
import { createAttempts } from './attempts'
import { createKeeping } from './keptAttempts'

type Answer = CheckInMutation['checkIn']

const ana = { id: 'c1', displayName: 'Ana' }
const kai = { id: 'c2', displayName: 'Kai' }

const recorded = (repeat = false): Answer => ({
  __typename: 'CheckInRecorded',
  repeat,
  replayed: false,
  sentence: 'Enjoy your visit.',
  warning: null,
  standing: {
    __typename: 'Standing',
    status: 'ACTIVE',
    source: 'MEMBERSHIP',
    startsOn: null,
    endsOn: null,
    daysLeft: 41,
    tierName: null,
  },
  checkIn: { id: 'v1', happenedAt: '2026-11-24T18:00:00Z' } as never,
})

const NOW = Date.parse('2026-11-24T18:00:00Z')
const HOUR = 3_600_000
const refusal = { __typename: 'CheckInRefused', code: 'USED_UP', message: 'm', sentence: 's', overridable: true }

/** One device: what it keeps, who is signed in, and what time it is. */
function device() {
  const kept: Record<string, string> = {}
  const place = new Proxy(kept, {
    get: (_, name) =>
      name === 'setItem'
        ? (key: string, value: string) => (kept[key] = value)
        : name === 'removeItem'
          ? (key: string) => Reflect.deleteProperty(kept, key)
          : (key: string) => kept[key] ?? null,
  }) as unknown as Storage
  return { kept, place, user: 'u1' as string | null, now: NOW, made: 0 }
}

function setUp(checkIn = vi.fn(async () => recorded()), at = device()) {
  const voidCheckIn = vi.fn().mockResolvedValue({ __typename: 'CheckInVoided', checkIn: { id: 'v1', voided: true } })
  const attempts = createAttempts({
    checkIn: checkIn as never,
    voidCheckIn,
    newId: () => `r${++at.made}`,
    undoReason: 'undone at the desk',
    keeping: createKeeping({ storage: () => at.place, userId: () => at.user, now: () => at.now }),
    nameOf: async (id) => (id === 'c1' ? 'Ana' : null),
    now: () => at.now,
    isToday: (moment) => at.now - moment < 24 * HOUR,
  })
  return { attempts, checkIn, voidCheckIn, at }
}

describe('attempts', () => {
  it('shows what the server recorded', async () => {
    const { attempts, checkIn } = setUp()
    await attempts.start(ana, 's1')
    expect(checkIn).toHaveBeenCalledExactlyOnceWith({
      requestId: 'r1',
      clientId: 'c1',
      stationId: 's1',
      overrideReason: null,
    })
    expect(attempts.current.value).toMatchObject({ phase: 'recorded', sentence: 'Enjoy your visit.' })
  })

  it('tells a repeat from a first visit', async () => {
    const { attempts } = setUp(vi.fn(async () => recorded(true)))
    await attempts.start(ana, null)
    expect(attempts.current.value?.phase).toBe('repeat')
  })

  it('uses a new id for each wish and the same for each retry', async () => {
    const checkIn = vi.fn().mockRejectedValueOnce(new Failure('NETWORK', '')).mockResolvedValue(recorded())
    const { attempts } = setUp(checkIn)
    await attempts.start(ana, null)
    expect(attempts.current.value?.phase).toBe('failed')
    expect(attempts.unsent.value).toHaveLength(1)
    await attempts.resend()
    expect(attempts.current.value?.phase).toBe('recorded')
    expect(attempts.unsent.value).toHaveLength(0)
    await attempts.start(ana, null)
    expect(checkIn.mock.calls.map(([input]) => input.requestId)).toEqual(['r1', 'r1', 'r2'])
  })

  it('ignores a second press while the first is on the way', async () => {
    let answer: (value: Answer) => void = () => {}
    const { attempts, checkIn } = setUp(vi.fn(() => new Promise<Answer>((resolve) => (answer = resolve))))
    const first = attempts.start(ana, null)
    expect(await attempts.start(ana, null)).toBeNull()
    answer(recorded())
    await first
    expect(checkIn).toHaveBeenCalledTimes(1)
  })

  it('does not cover the next person with a late answer', async () => {
    const answers: ((value: Answer) => void)[] = []
    const { attempts } = setUp(vi.fn(() => new Promise<Answer>((resolve) => answers.push(resolve))))
    const first = attempts.start(ana, null)
    const second = attempts.start(kai, null)
    answers[1]!(recorded())
    await second
    answers[0]!(recorded())
    await first
    expect(attempts.current.value?.person).toBe(kai)
  })

  it('keeps a refusal apart from an outage: it is not sent again', async () => {
    const refused = {
      __typename: 'CheckInRefused',
      code: 'POLICY_BLOCK',
      message: 'm',
      sentence: 'Ask at the desk.',
      overridable: true,
      standing: {
        __typename: 'Standing',
        status: 'EXPIRED',
        source: null,
        startsOn: null,
        endsOn: null,
        daysLeft: -4,
        tierName: null,
      },
    } as const
    const { attempts } = setUp(vi.fn(async () => refused as Answer))
    await attempts.start(ana, null)
    expect(attempts.current.value).toMatchObject({
      phase: 'refused',
      sentence: 'Ask at the desk.',
      problem: { code: 'POLICY_BLOCK' },
    })
    expect(attempts.unsent.value).toHaveLength(0)
  })

  it('lets in whom the policy keeps out, as the same wish with a reason', async () => {
    const checkIn = vi.fn().mockResolvedValueOnce(refusal).mockResolvedValue(recorded())
    const { attempts } = setUp(checkIn)
    await attempts.start(ana, 's1')
    expect(attempts.current.value).toMatchObject({ phase: 'refused', overridable: true })
    await attempts.override(attempts.current.value!, 'Mum pays at six')
    expect(attempts.current.value).toMatchObject({
      phase: 'recorded',
      overrideReason: 'Mum pays at six',
      problem: null,
    })
    expect(checkIn.mock.calls.map(([input]) => [input.requestId, input.overrideReason])).toEqual([
      ['r1', null],
      ['r1', 'Mum pays at six'],
    ])
  })

  it('undoes with a reason, and says so when it can’t', async () => {
    const { attempts, voidCheckIn } = setUp()
    await attempts.start(ana, null)
    await attempts.undo(attempts.current.value!)
    expect(voidCheckIn).toHaveBeenCalledExactlyOnceWith({ checkInId: 'v1', reason: 'undone at the desk' })
    expect(attempts.current.value?.phase).toBe('undone')
    voidCheckIn.mockResolvedValueOnce({ __typename: 'Conflict', code: 'TOO_LATE', message: 'It is too late.' })
    await attempts.start(kai, null)
    await attempts.undo(attempts.current.value!)
    expect(attempts.current.value).toMatchObject({ phase: 'recorded', problem: { message: 'It is too late.' } })
  })
})

/** All that can happen without an answer has happened. */
const settled = () => new Promise((resolve) => setTimeout(resolve))
const away = () => vi.fn().mockRejectedValue(new Failure('NETWORK', ''))

describe('attempts without an answer', () => {
  it('outlive the tab, without a name, and are sent again under the same id', async () => {
    const first = setUp(away())
    await first.attempts.start(ana, 's1')
    expect(JSON.stringify(first.at.kept)).not.toContain('Ana')
    const { attempts, checkIn, at } = setUp(undefined, first.at)
    await attempts.restore()
    const wish = { requestId: 'r1', clientId: 'c1', stationId: 's1', overrideReason: null }
    expect(checkIn).toHaveBeenCalledExactlyOnceWith(wish)
    expect(attempts.current.value).toMatchObject({ phase: 'recorded', person: ana })
    expect(attempts.unsent.value).toEqual([])
    expect(at.kept).toEqual({})
  })

  it('are kept before they are sent, and go with the answer', async () => {
    let answer: (value: Answer) => void = () => {}
    const { attempts, at } = setUp(vi.fn(() => new Promise<Answer>((resolve) => (answer = resolve))))
    const started = attempts.start(ana, null)
    expect(Object.keys(at.kept)).toHaveLength(1)
    await settled()
    answer(recorded())
    await started
    expect(at.kept).toEqual({})
  })

  it('are refused in sight, and stay refused after a reload until somebody has looked', async () => {
    const first = setUp(away())
    await first.attempts.start(ana, null)
    const second = setUp(
      vi.fn(async () => refusal as Answer),
      first.at,
    )
    await second.attempts.start(kai, null)
    await second.attempts.restore()
    expect(second.attempts.unsent.value.map(({ requestId }) => requestId)).toContain('r1')
    const third = setUp(undefined, first.at)
    await third.attempts.restore()
    expect(third.checkIn).not.toHaveBeenCalled()
    const [waiting] = third.attempts.unsent.value
    expect(waiting).toMatchObject({ phase: 'refused', person: ana, problem: { code: 'USED_UP' }, overridable: true })
    third.attempts.look(waiting!)
    third.attempts.dismiss()
    expect(third.attempts.unsent.value).toEqual([])
    expect(third.at.kept).toEqual({})
  })

  it('are never sent on another day: it would count on the wrong one', async () => {
    const first = setUp(away())
    await first.attempts.start(ana, null)
    first.at.now += 25 * HOUR
    await first.attempts.resend()
    expect(first.attempts.unsent.value[0]).toMatchObject({ phase: 'late', at: NOW })
    expect(first.checkIn).toHaveBeenCalledOnce()
    const second = setUp(undefined, first.at)
    await second.attempts.restore()
    expect(second.attempts.unsent.value[0]).toMatchObject({ phase: 'late', person: ana })
    expect(second.checkIn).not.toHaveBeenCalled()
    first.at.now += 7 * 24 * HOUR
    await setUp(undefined, first.at).attempts.restore()
    expect(first.at.kept).toEqual({})
  })

  it('are sent in nobody else’s name, who only learns how many wait', async () => {
    const first = setUp(away())
    await first.attempts.start(ana, null)
    first.attempts.clear()
    first.at.user = 'u2'
    const second = setUp(undefined, first.at)
    await second.attempts.restore()
    expect(second.checkIn).not.toHaveBeenCalled()
    expect([second.attempts.unsent.value.length, second.attempts.others.value]).toEqual([0, 1])
    second.attempts.drop()
    expect(Object.keys(first.at.kept)).toHaveLength(1)
  })

  it('are dropped at sign-out only by those who were asked', async () => {
    const { attempts, at } = setUp(away())
    await attempts.start(ana, null)
    expect([...attempts.waiting()]).toEqual(['r1'])
    attempts.drop()
    expect([attempts.waiting().size, attempts.unsent.value.length, at.kept]).toEqual([0, 0, {}])
  })

  it('show nothing to whoever signs in after somebody has signed out', async () => {
    let fail: (error: Error) => void = () => {}
    const { attempts, at } = setUp(vi.fn(() => new Promise<Answer>((_, reject) => (fail = reject))))
    const started = attempts.start(ana, null)
    await settled()
    attempts.clear()
    fail(new Failure('NETWORK', ''))
    await started
    expect([attempts.current.value, attempts.unsent.value.length]).toEqual([null, 0])
    expect(Object.keys(at.kept)).toHaveLength(1)
  })

  it('wait as long as the page where nothing can be kept', async () => {
    const at = device()
    at.place = new Proxy({} as Storage, {
      get: () => {
        throw new DOMException('off', 'SecurityError')
      },
    })
    const { attempts } = setUp(away(), at)
    await attempts.start(ana, null)
    await attempts.restore()
    expect([...attempts.waiting()]).toEqual(['r1'])
  })
})
