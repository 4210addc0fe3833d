import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClock } from './clock'

beforeEach(() => vi.useFakeTimers({ now: new Date('2026-11-23T18:00:00Z') }))
afterEach(() => vi.useRealTimers())

describe('clock', () => {
  it('learns how far the server is ahead, less half the round trip', () => {
    const clock = createClock()
    expect([clock.offset, clock.moment().clockOffsetMs]).toEqual([null, null])
    const sentAt = performance.now()
    vi.advanceTimersByTime(400)
    clock.learn('2026-11-23T18:40:00.200Z', sentAt)
    expect(clock.offset).toBe(40 * 60_000)
    expect(new Date(clock.now()).toISOString()).toBe('2026-11-23T18:40:00.400Z')
  })

  it('keeps what it knows when an answer holds no time', () => {
    const clock = createClock()
    clock.learn('2026-11-23T18:00:05Z', performance.now())
    clock.learn('soon', performance.now())
    expect(clock.offset).toBe(5_000)
  })

  it('goes by what an earlier page knew until the server tells', () => {
    const clock = createClock()
    clock.recall(60_000)
    expect(clock.offset).toBe(60_000)
    clock.learn('2026-11-23T18:00:02Z', performance.now())
    clock.recall(60_000)
    expect(clock.offset).toBe(2_000)
  })

  it('says the device’s own time of a press, and what is needed to set it right', () => {
    const clock = createClock()
    vi.advanceTimersByTime(1_500)
    const moment = clock.moment()
    expect(moment.occurredAt).toBe('2026-11-23T18:00:01.500Z')
    expect(moment.session).toBe(clock.session)
    expect(createClock().session).not.toBe(clock.session)
    vi.setSystemTime('2030-01-01')
    vi.advanceTimersByTime(250)
    expect(clock.moment().monotonicMs - moment.monotonicMs).toBe(250)
  })

  it('has the server’s day in the device’s zone', () => {
    const clock = createClock()
    vi.setSystemTime(new Date(2026, 10, 23, 23, 50))
    expect(clock.day()).toBe('2026-11-23')
    clock.recall(40 * 60_000)
    expect(clock.day()).toBe('2026-11-24')
  })
})
