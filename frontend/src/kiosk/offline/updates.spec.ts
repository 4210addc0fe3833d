import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createUpdates } from './updates'

const MINUTE = 60_000
const waiting = { postMessage: vi.fn() }
let registration: { active: object | null; waiting: typeof waiting | null; update: ReturnType<typeof vi.fn> }
let container: EventTarget

beforeEach(() => {
  vi.useFakeTimers()
  waiting.postMessage.mockClear()
  registration = { active: {}, waiting: null, update: vi.fn(async () => {}) }
  container = Object.assign(new EventTarget(), { register: async () => registration })
  vi.stubGlobal('navigator', { serviceWorker: container })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function registered() {
  const reload = vi.fn()
  const updates = createUpdates(reload)
  await updates.register()
  return { ...updates, reload }
}

it('asks for a newer page every hour, and each minute when the server calls this one old', async () => {
  const { idle } = await registered()
  vi.advanceTimersByTime(2 * MINUTE)
  await idle(false)
  expect(registration.update).not.toHaveBeenCalled()
  await idle(true)
  await idle(true)
  expect(registration.update).toHaveBeenCalledOnce()
  vi.advanceTimersByTime(61 * MINUTE)
  await idle(false)
  expect(registration.update).toHaveBeenCalledTimes(2)
})

it('loads the page again once the newer one is complete and has taken over, and once only', async () => {
  const { idle, reload } = await registered()
  await idle(true)
  expect(reload).not.toHaveBeenCalled()
  registration.waiting = waiting
  await idle(false)
  await idle(false)
  expect(waiting.postMessage).toHaveBeenCalledExactlyOnceWith('take-over')
  expect(reload).not.toHaveBeenCalled()
  container.dispatchEvent(new Event('controllerchange'))
  expect(reload).toHaveBeenCalledOnce()
})

it('without a worker doesn’t load an old page again and again', async () => {
  registration.active = null
  const { idle, reload } = await registered()
  vi.spyOn(performance, 'now').mockReturnValue(MINUTE)
  await idle(true)
  expect(reload).not.toHaveBeenCalled()
  vi.spyOn(performance, 'now').mockReturnValue(6 * MINUTE)
  await idle(false)
  expect(reload).not.toHaveBeenCalled()
  await idle(true)
  expect(reload).toHaveBeenCalledOnce()
})
