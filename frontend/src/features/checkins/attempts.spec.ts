import { describe, expect, it, vi } from 'vitest'
import type { CheckInMutation } from '@/gql/graphql'
import { Failure } from '@/lib/graphql/failures'
import { createAttempts } from './attempts'

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

function setUp(checkIn = vi.fn(async () => recorded())) {
  const voidCheckIn = vi.fn().mockResolvedValue({ __typename: 'CheckInVoided', checkIn: { id: 'v1', voided: true } })
  let made = 0
  const attempts = createAttempts({
    checkIn: checkIn as never,
    voidCheckIn,
    newId: () => `r${++made}`,
    undoReason: 'undone at the desk',
  })
  return { attempts, checkIn, voidCheckIn }
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
    const refused = { __typename: 'CheckInRefused', code: 'USED_UP', message: 'm', sentence: 's', overridable: true }
    const checkIn = vi.fn().mockResolvedValueOnce(refused).mockResolvedValue(recorded())
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
