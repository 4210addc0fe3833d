// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { usePoll } from './poll'

let visibility: DocumentVisibilityState = 'visible'

function show(next: DocumentVisibilityState): void {
  visibility = next
  document.dispatchEvent(new Event('visibilitychange'))
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility)
})
afterEach(() => vi.useRealTimers())

it('looks as often as it is told, not while hidden, and stops with its owner', async () => {
  const every = ref(1_000)
  const look = vi.fn()
  const running = effectScope()
  running.run(() => usePoll(every, look))
  vi.advanceTimersByTime(2_500)
  expect(look).toHaveBeenCalledTimes(2)
  every.value = 10_000
  await nextTick()
  vi.advanceTimersByTime(9_000)
  expect(look).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(1_000)
  expect(look).toHaveBeenCalledTimes(3)
  show('hidden')
  vi.advanceTimersByTime(60_000)
  expect(look).toHaveBeenCalledTimes(3)
  show('visible')
  vi.advanceTimersByTime(0)
  expect(look).toHaveBeenCalledTimes(4)
  running.stop()
  vi.advanceTimersByTime(60_000)
  expect(look).toHaveBeenCalledTimes(4)
})
