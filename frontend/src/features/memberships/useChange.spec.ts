import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useChange } from './useChange'

const write = vi.hoisted(() => vi.fn())
vi.mock('@/lib/graphql', () => ({ write }))

const document = {} as never
const saved = { addMembership: { __typename: 'MembershipSaved', alreadyThere: false } }
const keyOf = (call: number) => write.mock.calls[call]![1].input.idempotencyKey as string

describe('useChange', () => {
  beforeEach(() => write.mockReset())

  it('sends the same words under the same key until they are saved', async () => {
    const { send, errors } = useChange()
    write.mockRejectedValueOnce(new Error('lost')).mockResolvedValue(saved)
    expect(await send(document, { tierId: 'a' } as never, { once: true })).toBeNull()
    expect(errors.value.rest).toBeTruthy()
    expect(await send(document, { tierId: 'a' } as never, { once: true })).toEqual(saved.addMembership)
    await send(document, { tierId: 'a' } as never, { once: true })
    expect(keyOf(0)).toBe(keyOf(1))
    expect(keyOf(2)).not.toBe(keyOf(1))
  })

  it('gives other words another key, and changes none at all', async () => {
    const { send } = useChange()
    write.mockResolvedValue({ addMembership: { code: 'VALIDATION_FAILED', message: '', fields: [] } })
    await send(document, { tierId: 'a' } as never, { once: true })
    await send(document, { tierId: 'b' } as never, { once: true })
    await send(document, { id: 'a', version: 1 } as never)
    expect(keyOf(0)).not.toBe(keyOf(1))
    expect(keyOf(2)).toBeUndefined()
  })

  it('tells wrong fields, taken days and a faster one apart', async () => {
    const { send, errors, overlap, stale } = useChange(['endsOn'])
    const wrong = {
      code: 'VALIDATION_FAILED',
      message: '',
      fields: [{ path: ['endsOn'], code: 'X', message: 'Too late.' }],
    }
    write.mockResolvedValueOnce({ addMembership: wrong })
    await send(document, {} as never)
    expect(errors.value.fields).toEqual({ endsOn: 'Too late.' })

    const period = { startsOn: '2026-11-01', endsOn: '2026-11-30' }
    write.mockResolvedValueOnce({
      addMembership: { code: 'OVERLAPS', message: '', otherName: 'Monthly', other: period, proposed: period },
    })
    await send(document, {} as never)
    expect(overlap.value).toMatchObject({ otherName: 'Monthly', proposed: period })
    expect(errors.value).toEqual({ fields: {}, rest: null })

    write.mockResolvedValueOnce({ updateMembership: { code: 'STALE_VERSION', message: '', version: 3, changes: [] } })
    await send(document, {} as never)
    expect(stale.value?.version).toBe(3)
    expect(overlap.value).toBeNull()
  })

  it('does not send twice at once', async () => {
    const { send } = useChange()
    write.mockResolvedValue(saved)
    await Promise.all([send(document, {} as never), send(document, {} as never)])
    expect(write).toHaveBeenCalledTimes(1)
  })
})
