import { describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { Failure } from './failures'
import { usePages, type Page } from './pages'

const page = (nodes: number[], cursor: string | null): Page<number> => ({ nodes, cursor, hasMore: cursor !== null })
const settle = () => new Promise((resolve) => setTimeout(resolve))
const run = <Made>(make: () => Made): Made => effectScope().run(make)!

describe('a list that grows', () => {
  it('goes on after the last cursor', async () => {
    const load = vi.fn<(after: string | null) => Promise<Page<number>>>()
    load.mockResolvedValueOnce(page([1, 2], 'a')).mockResolvedValueOnce(page([3], null))
    const list = run(() => usePages(load))
    expect(list.loaded.value).toBe(false)
    await settle()
    expect(list.hasMore.value).toBe(true)
    await list.more()
    expect(load.mock.calls.map(([after]) => after)).toEqual([null, 'a'])
    expect(list.nodes.value).toEqual([1, 2, 3])
    expect(list.hasMore.value).toBe(false)
  })

  it('drops the answer to an older question', async () => {
    const answers: ((value: Page<number>) => void)[] = []
    const key = ref('one')
    const list = run(() =>
      usePages(
        () => new Promise<Page<number>>((resolve) => answers.push(resolve)),
        () => key.value,
      ),
    )
    key.value = 'two'
    await nextTick()
    answers[1]!(page([2], null))
    answers[0]!(page([1], null))
    await settle()
    expect(list.nodes.value).toEqual([2])
  })

  it('keeps what it has when a later page fails', async () => {
    const load = vi.fn<() => Promise<Page<number>>>()
    load.mockResolvedValueOnce(page([1], 'a')).mockRejectedValueOnce(new Failure('INTERNAL', 'x', 'r1'))
    const list = run(() => usePages(load))
    await settle()
    await list.more()
    expect(list.nodes.value).toEqual([1])
    expect(list.failure.value?.requestId).toBe('r1')
    expect(list.busy.value).toBe(false)
  })
})
