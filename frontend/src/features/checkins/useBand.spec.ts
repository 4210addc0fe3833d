import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import type { Attempt, Attempts, Phase } from './attempts'
import { useBand } from './useBand'

const alert = { id: 'n1', body: 'Call the guardian.' }
const attempt = (phase: Phase, requestId = 'r1') =>
  ({ requestId, phase, person: { id: 'c1', displayName: 'Ana', alerts: [alert] } }) as unknown as Attempt

function setUp() {
  const current = shallowRef<Attempt | null>(null)
  const dismiss = vi.fn(() => (current.value = null))
  const band = effectScope().run(() => useBand({ current, dismiss } as unknown as Attempts))!
  const show = async (next: Attempt) => {
    current.value = next
    await nextTick()
  }
  return { band, show, current }
}

describe('useBand', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('goes after 6 s when all is well', async () => {
    const { band, show } = setUp()
    await show(attempt('recorded'))
    vi.advanceTimersByTime(5_900)
    expect(band.shown.value).not.toBeNull()
    vi.advanceTimersByTime(200)
    expect(band.shown.value).toBeNull()
  })

  it('stays while it is pointed at, and when something is wrong', async () => {
    const { band, show } = setUp()
    await show(attempt('recorded'))
    band.hold()
    vi.advanceTimersByTime(60_000)
    expect(band.shown.value).not.toBeNull()
    band.release()
    vi.advanceTimersByTime(6_000)
    expect(band.shown.value).toBeNull()
    await show(attempt('refused', 'r2'))
    vi.advanceTimersByTime(60_000)
    expect(band.shown.value?.phase).toBe('refused')
  })

  it('keeps the alerts after the band until each is dismissed', async () => {
    const { band, show } = setUp()
    await show(attempt('recorded'))
    vi.advanceTimersByTime(6_000)
    await nextTick()
    expect(band.alerts.value).toEqual([alert])
    band.dismissAlert('n1')
    expect(band.alerts.value).toEqual([])
    await show(attempt('recorded', 'r2'))
    expect(band.alerts.value).toEqual([alert])
  })
})
