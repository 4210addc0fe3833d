// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Failure } from '@/lib/graphql/failures'
import { useToasts } from '@/lib/toasts'
import { UNDONE_AT_DESK } from '@/lib/voidReason'

const write = vi.fn()
vi.mock('@/lib/graphql', () => ({ write }))

const { useVisitActions } = await import('./useVisitActions')
const visit = { id: 'v1', client: { displayName: 'Ana Bell' } }

describe('taking a check-in back out of a list', () => {
  const toasts = useToasts()
  const changed = vi.fn()

  beforeEach(() => {
    toasts.clear()
    vi.clearAllMocks()
  })

  it('says nothing of its own when it was done', async () => {
    write.mockResolvedValue({ voidCheckIn: { __typename: 'CheckInVoided' } })
    await useVisitActions(changed).undo(visit)
    expect(write.mock.calls[0]![1]).toEqual({ input: { checkInId: 'v1', reason: UNDONE_AT_DESK } })
    expect(changed).toHaveBeenCalledOnce()
    expect(toasts.toasts.value).toEqual([])
  })

  it('says what is wrong, whether it was refused or got no answer', async () => {
    write.mockResolvedValue({
      voidCheckIn: { __typename: 'NotAllowed', code: 'NOT_ALLOWED', message: 'Too late for that.' },
    })
    await useVisitActions(changed).undo(visit)
    write.mockRejectedValue(new Failure('NETWORK', ''))
    await useVisitActions(changed).undo(visit)
    expect(toasts.toasts.value.map(({ tone }) => tone)).toEqual(['problem', 'problem'])
    expect(toasts.toasts.value.every(({ text }) => text !== '')).toBe(true)
    expect(changed).toHaveBeenCalledTimes(2)
  })
})
