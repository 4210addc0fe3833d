import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick } from 'vue'
import type { DeskSearchQuery } from '@/gql/graphql'
import { Failure } from '@/lib/graphql/failures'
import { useDeskSearch, type DeskFind } from './useDeskSearch'

function found(...names: string[]): DeskSearchQuery {
  return {
    __typename: 'Query',
    clients: {
      __typename: 'ClientConnection',
      pageInfo: { __typename: 'PageInfo', hasNextPage: false },
      edges: names.map((displayName) => ({
        __typename: 'ClientEdge',
        node: { id: displayName, displayName } as never,
      })),
    },
  }
}

describe('useDeskSearch', () => {
  const scope = effectScope()
  const answers: ((value: DeskSearchQuery | Error) => void)[] = []
  const find = vi.fn<DeskFind>(
    () =>
      new Promise((resolve, reject) =>
        answers.push((value) => (value instanceof Error ? reject(value) : resolve(value))),
      ),
  )
  beforeEach(() => {
    vi.useFakeTimers()
    answers.length = 0
    find.mockClear()
  })
  afterEach(() => vi.useRealTimers())

  const start = () => scope.run(() => useDeskSearch(find))!
  async function type(search: ReturnType<typeof start>, text: string) {
    search.text.value = text
    await nextTick()
  }

  it('asks once, 30 ms after the last key', async () => {
    const search = start()
    for (const text of ['d', 'di', ' di  ca ']) {
      await type(search, text)
      vi.advanceTimersByTime(20)
    }
    expect(find).not.toHaveBeenCalled()
    vi.advanceTimersByTime(10)
    expect(find).toHaveBeenCalledExactlyOnceWith('di ca', expect.any(AbortSignal))
  })

  it('drops the answer to an older text, even when it comes last', async () => {
    const search = start()
    await type(search, 'an')
    vi.advanceTimersByTime(30)
    await type(search, 'ana')
    vi.advanceTimersByTime(30)
    expect(search.settled.value).toBe(false)
    answers[1]!(found('Ana'))
    await vi.advanceTimersByTimeAsync(0)
    answers[0]!(found('Anton', 'Ana'))
    await vi.advanceTimersByTimeAsync(0)
    expect(search.rows.value.map(({ displayName }) => displayName)).toEqual(['Ana'])
    expect(search.settled.value).toBe(true)
    expect(find.mock.calls[0]![1].aborted).toBe(true)
  })

  it('asks at once when told to, and not a second time', async () => {
    const search = start()
    await type(search, '5551001')
    void search.refresh()
    expect(find).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(200)
    expect(find).toHaveBeenCalledTimes(1)
  })

  it('empties with the field and forgets what is on the way', async () => {
    const search = start()
    await type(search, 'ana')
    vi.advanceTimersByTime(30)
    await type(search, '')
    answers[0]!(found('Ana'))
    await vi.advanceTimersByTimeAsync(0)
    expect(search.rows.value).toEqual([])
    expect(search.settled.value).toBe(true)
  })

  it('keeps the last rows when a search fails, and says why', async () => {
    const search = start()
    await type(search, 'ana')
    vi.advanceTimersByTime(30)
    answers[0]!(new Failure('NETWORK', ''))
    await vi.advanceTimersByTimeAsync(0)
    expect(search.failure.value?.code).toBe('NETWORK')
    void search.refresh()
    answers[1]!(found('Ana'))
    await vi.advanceTimersByTimeAsync(0)
    expect(search.failure.value).toBeNull()
  })
})
