// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'

const user = { id: 'u1' }
vi.mock('@/lib/graphql', () => ({ session: { viewer: { value: { user } } } }))

const started = vi.fn()
class Node {
  frequency = { value: 0 }
  gain = { setValueAtTime: () => {}, linearRampToValueAtTime: () => {}, exponentialRampToValueAtTime: () => {} }
  connect = (to: unknown) => to
  start = started
  stop = () => {}
}
class FakeAudio {
  currentTime = 0
  destination = {}
  resume = () => Promise.resolve()
  createOscillator = () => new Node()
  createGain = () => new Node()
}

/** A page that has just been loaded: nobody was told of yet. */
async function fresh() {
  vi.resetModules()
  return (await import('./ring')).useRing()
}
const rings = () => started.mock.calls.length / 2

describe('the ring', () => {
  const activation = { hasBeenActive: true }

  beforeEach(() => {
    localStorage.clear()
    started.mockClear()
    user.id = 'u1'
    activation.hasBeenActive = true
    vi.stubGlobal('AudioContext', FakeAudio)
    Object.defineProperty(navigator, 'userActivation', { value: activation, configurable: true })
  })

  it('sounds once for each who comes, not for who was there when the page was opened', async () => {
    const { hear } = await fresh()
    hear(['a'])
    expect(rings()).toBe(0)
    hear(['a', 'b', 'c'])
    expect(rings()).toBe(1)
    hear(['b'])
    hear(['b', 'a'])
    expect(rings()).toBe(1)
    hear(['b', 'd'])
    expect(rings()).toBe(2)
  })

  it('stays silent until somebody has pressed something, and does not make up for it', async () => {
    const { hear } = await fresh()
    activation.hasBeenActive = false
    hear([])
    hear(['a'])
    activation.hasBeenActive = true
    hear(['a'])
    expect(rings()).toBe(0)
  })

  it('can be switched off by each user for themselves, for good', async () => {
    const ring = await fresh()
    ring.hear([])
    ring.switchTo(false)
    ring.hear(['a'])
    expect(rings()).toBe(0)
    expect((await fresh()).on.value).toBe(false)
    user.id = 'u2'
    expect((await fresh()).on.value).toBe(true)
  })
})
