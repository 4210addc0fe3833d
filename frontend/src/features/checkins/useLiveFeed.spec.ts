// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, shallowRef, type EffectScope } from 'vue'

const visit = (id: string, voided = false) => ({
  id,
  happenedAt: '2026-03-02T10:00:00Z',
  voided,
  checkedOutAt: null,
  client: { id: `client of ${id}` },
})
const list = (...visits: ReturnType<typeof visit>[]) => ({
  checkIns: { edges: visits.map((node) => ({ node })), pageInfo: { hasNextPage: false } },
  present: { edges: [] },
  visitsToday: { count: visits.length, lastHour: 0, present: 0, presentSince: '' },
})

const data = shallowRef<unknown>()
const connected = ref(true)
const reload = vi.fn()
let gap = () => {}
vi.mock('@/lib/graphql', () => ({
  useRead: () => ({ data, reload, failure: ref(null), waiting: ref(false) }),
  live: { connected, listen: (_document: unknown, _variables: unknown, on: { onGap: () => void }) => (gap = on.onGap) },
}))

const { useLiveFeed } = await import('./useLiveFeed')

/** The list as it is read at that moment. */
async function read(...visits: ReturnType<typeof visit>[]): Promise<void> {
  data.value = list(...visits)
  await nextTick()
}

async function connection(is: boolean): Promise<void> {
  connected.value = is
  await nextTick()
}

describe('what a feed missed', () => {
  let scope: EffectScope
  let feed: ReturnType<typeof useLiveFeed>

  beforeEach(async () => {
    vi.useFakeTimers()
    connected.value = true
    data.value = undefined
    scope = effectScope()
    feed = scope.run(useLiveFeed)!
    await read(visit('a'))
  })

  afterEach(() => {
    scope.stop()
    vi.useRealTimers()
  })

  it('is nothing while it is connected', async () => {
    await read(visit('a'), visit('b'))
    expect(feed.missed.value).toBe(0)
  })

  it('is said once the list was read again, and for some time only', async () => {
    await connection(false)
    await connection(true)
    gap()
    expect(reload).toHaveBeenCalled()
    await read(visit('a', true), visit('b'))
    expect(feed.missed.value).toBe(2)
    vi.advanceTimersByTime(30_000)
    expect(feed.missed.value).toBe(0)
  })

  it('is kept through a list that was under way when the connection went', async () => {
    await connection(false)
    await read(visit('a'))
    await connection(true)
    gap()
    await read(visit('a', true), visit('b'))
    expect(feed.missed.value).toBe(2)
  })

  it('is kept where the list got through before the events did', async () => {
    await connection(false)
    await read(visit('a', true), visit('b'))
    expect(feed.missed.value).toBe(2)
    await connection(true)
    gap()
    await read(visit('a', true), visit('b'))
    expect(feed.missed.value).toBe(2)
  })
})
