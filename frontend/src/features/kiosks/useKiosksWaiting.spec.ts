// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'

const execute = vi.fn()
let event: (data: unknown) => void = () => {}
let gap = () => {}
vi.mock('@/lib/graphql', () => ({
  execute: (...all: unknown[]) => execute(...all),
  live: {
    listen: (_document: unknown, _variables: unknown, on: { onEvent: typeof event; onGap: () => void }) => {
      event = on.onEvent
      gap = on.onGap
    },
  },
}))
vi.mock('@/lib/connection', () => ({ connection: { onRestored: () => () => {} } }))

const { useKiosksWaiting } = await import('./useKiosksWaiting')
const state = (count: number) => ({ count, queued: 0, asking: [], hurried: [] })

describe('what waits at the kiosks', () => {
  let scope: EffectScope
  let answers: ((count: number) => void)[]
  const begin = () => scope.run(useKiosksWaiting)!.waiting

  beforeEach(() => {
    vi.useFakeTimers()
    scope = effectScope()
    answers = []
    execute.mockImplementation(
      () => new Promise((resolve) => answers.push((count) => resolve({ kiosksWaiting: state(count) }))),
    )
  })
  afterEach(() => {
    scope.stop()
    vi.useRealTimers()
  })

  it('is read at once, and again each minute, since a call ends without any event', async () => {
    const waiting = begin()
    expect(waiting.value).toBeNull()
    answers[0]!(2)
    await flushPromises()
    expect(waiting.value?.count).toBe(2)
    vi.advanceTimersByTime(60_000)
    answers[1]!(1)
    await flushPromises()
    expect(waiting.value?.count).toBe(1)
  })

  it('is what came last, not what an older look brings later', async () => {
    const waiting = begin()
    event({ kioskInboxChanged: state(3) })
    answers[0]!(0)
    await flushPromises()
    expect(waiting.value?.count).toBe(3)
  })

  it('is read again after a gap, and stays where that fails', async () => {
    const waiting = begin()
    answers[0]!(2)
    await flushPromises()
    execute.mockRejectedValueOnce(new Error('away'))
    gap()
    await flushPromises()
    expect(waiting.value?.count).toBe(2)
    gap()
    answers[1]!(5)
    await flushPromises()
    expect(waiting.value?.count).toBe(5)
  })
})
