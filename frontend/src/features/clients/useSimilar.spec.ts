import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useSimilar } from './useSimilar'

const { execute } = vi.hoisted(() => ({ execute: vi.fn() }))
vi.mock('@/lib/graphql', async () => ({ ...(await import('@/lib/graphql/failures')), execute }))

const answer = (...ids: string[]) => ({ similarClients: ids.map((id) => ({ client: { id }, reasons: [] })) })

describe('useSimilar', () => {
  const scopes: ReturnType<typeof effectScope>[] = []
  function start(first = '') {
    const name = ref(first)
    const scope = effectScope()
    scopes.push(scope)
    return { name, similar: scope.run(() => useSimilar(() => ({ firstName: name.value })))! }
  }

  beforeEach(() => {
    vi.useFakeTimers()
    execute.mockReset()
  })
  afterEach(() => {
    for (const scope of scopes.splice(0)) scope.stop()
    vi.useRealTimers()
  })

  it('looks after a pause in typing, once', async () => {
    execute.mockResolvedValue(answer('c1'))
    const { name, similar } = start()
    for (const typed of ['Di', 'Die', 'Dieg']) {
      name.value = typed
      await nextTick()
      vi.advanceTimersByTime(100)
    }
    expect(execute).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(250)
    expect(execute).toHaveBeenCalledTimes(1)
    expect(execute.mock.calls[0]![1]).toEqual({ input: { firstName: 'Dieg' } })
    expect(similar.found.value.map(({ client }) => client.id)).toEqual(['c1'])
  })

  it('asks nothing about a single letter, and forgets who was found', async () => {
    execute.mockResolvedValue(answer('c1'))
    const { name, similar } = start('Diego')
    await vi.advanceTimersByTimeAsync(250)
    expect(similar.found.value).toHaveLength(1)
    name.value = 'D'
    await nextTick()
    await vi.advanceTimersByTimeAsync(250)
    expect(similar.found.value).toHaveLength(0)
    expect(execute).toHaveBeenCalledTimes(1)
  })

  it('drops the answer to what is no longer typed', async () => {
    let late: (value: unknown) => void = () => {}
    execute.mockReturnValueOnce(new Promise((resolve) => (late = resolve))).mockResolvedValue(answer('c2'))
    const { name, similar } = start('Diego')
    await vi.advanceTimersByTimeAsync(250)
    name.value = 'Diana'
    await nextTick()
    await vi.advanceTimersByTimeAsync(250)
    late(answer('c1'))
    await nextTick()
    expect(similar.found.value.map(({ client }) => client.id)).toEqual(['c2'])
  })

  it('before saving, looks at what was typed last and names those who were not on show', async () => {
    execute.mockResolvedValueOnce(answer('c1')).mockResolvedValueOnce(answer('c1', 'c2'))
    const { name, similar } = start('Diego')
    await vi.advanceTimersByTimeAsync(250)
    expect(await similar.settle()).toEqual([])
    name.value = 'Diego C'
    await nextTick()
    expect((await similar.settle()).map(({ client }) => client.id)).toEqual(['c2'])
    expect(await similar.settle()).toEqual([])
    expect(execute).toHaveBeenCalledTimes(2)
  })

  it('says why it could not look', async () => {
    execute.mockRejectedValue(new Error('away'))
    const { similar } = start('Diego')
    await vi.advanceTimersByTimeAsync(250)
    expect(similar.failure.value).not.toBeNull()
    expect(similar.looking.value).toBe(false)
  })
})
