import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Failure } from '@/lib/graphql/failures'
import { createKeyed } from './keyed'

const client = { id: 'c1', displayName: 'Ana Bell' }
const times = { happenedAt: '2026-11-24T02:32:00Z', leftAt: null }
const keyIn = vi.fn()
const voidCheckIn = vi.fn()
const recorded = (changes: object = {}) => ({
  __typename: 'VisitKeyedIn',
  repeat: false,
  checkIn: { id: 'v1', happenedAt: times.happenedAt, voided: false },
  ...changes,
})

describe('what is keyed in', () => {
  let count = 0
  const keyed = () => createKeyed({ keyIn, voidCheckIn, newId: () => `r${++count}`, undoReason: 'undone at the desk' })
  const phases = ({ rows }: ReturnType<typeof keyed>) => rows.value.map(({ phase }) => phase)

  beforeEach(() => {
    count = 0
    vi.resetAllMocks()
  })

  it('is sent with an id of its own, and stands above what came before', async () => {
    const mine = keyed()
    keyIn.mockResolvedValue(recorded())
    const first = mine.add(client, times, 's1')
    expect(phases(mine)).toEqual(['sending'])
    await first
    await mine.add({ id: 'c2', displayName: 'Bo' }, { ...times, leftAt: '2026-11-24T04:00:00Z' }, null)
    expect(keyIn.mock.calls.map(([input]) => input)).toEqual([
      { requestId: 'r1', clientId: 'c1', stationId: 's1', happenedAt: times.happenedAt, leftAt: null },
      {
        requestId: 'r2',
        clientId: 'c2',
        stationId: null,
        happenedAt: times.happenedAt,
        leftAt: '2026-11-24T04:00:00Z',
      },
    ])
    expect(mine.rows.value.map((row) => row.client.displayName)).toEqual(['Bo', 'Ana Bell'])
    expect(phases(mine)).toEqual(['recorded', 'recorded'])
  })

  it.each([
    [recorded({ repeat: true }), 'repeat'],
    [recorded({ checkIn: { id: 'v1', happenedAt: times.happenedAt, voided: true } }), 'undone'],
    [{ __typename: 'CheckInRefused', code: 'CLIENT_ARCHIVED', message: '', sentence: 'Restore them.' }, 'refused'],
    [{ __typename: 'NotFound', code: 'NOT_FOUND', message: 'No such client.' }, 'refused'],
  ])('%o is shown as %s', async (answer, phase) => {
    const mine = keyed()
    keyIn.mockResolvedValue(answer)
    await mine.add(client, times, null)
    expect(phases(mine)).toEqual([phase])
    expect(mine.waiting.value).toBe(0)
  })

  it('waits for the network and is sent again under the same id, the oldest first', async () => {
    const mine = keyed()
    keyIn.mockRejectedValue(new Failure('NETWORK', ''))
    await mine.add(client, times, null)
    await mine.add({ id: 'c2', displayName: 'Bo' }, times, null)
    expect(phases(mine)).toEqual(['waiting', 'waiting'])
    expect(mine.waiting.value).toBe(2)
    keyIn.mockResolvedValue(recorded())
    await mine.resend()
    expect(keyIn.mock.calls.map(([{ requestId }]) => requestId)).toEqual(['r1', 'r2', 'r1', 'r2'])
    expect(phases(mine)).toEqual(['recorded', 'recorded'])
    expect(mine.rows.value.every(({ failure }) => failure === null)).toBe(true)
  })

  it('can be undone; what keeps that from working is said and can be tried again', async () => {
    const mine = keyed()
    keyIn.mockResolvedValue(recorded())
    await mine.add(client, times, null)
    voidCheckIn.mockRejectedValueOnce(new Failure('NETWORK', ''))
    await mine.undo(mine.rows.value[0]!)
    expect(mine.rows.value[0]).toMatchObject({ phase: 'recorded', failure: { code: 'NETWORK' } })
    voidCheckIn.mockResolvedValueOnce({ __typename: 'Conflict', code: 'CONFLICT', message: 'Try again.' })
    await mine.undo(mine.rows.value[0]!)
    expect(mine.rows.value[0]).toMatchObject({ phase: 'recorded', failure: null, problem: { code: 'CONFLICT' } })
    voidCheckIn.mockResolvedValueOnce({ __typename: 'CheckInVoided', checkIn: {} })
    await mine.undo(mine.rows.value[0]!)
    expect(mine.rows.value[0]).toMatchObject({ phase: 'undone', problem: null })
    expect(voidCheckIn).toHaveBeenLastCalledWith({ checkInId: 'v1', reason: 'undone at the desk' })
  })

  it('that somebody else undid is undone', async () => {
    const mine = keyed()
    keyIn.mockResolvedValue(recorded())
    await mine.add(client, times, null)
    voidCheckIn.mockResolvedValueOnce({ __typename: 'Conflict', code: 'ALREADY_VOIDED', message: '' })
    await mine.undo(mine.rows.value[0]!)
    expect(phases(mine)).toEqual(['undone'])
  })

  it('is gone with its user, and an answer that comes later is for nobody', async () => {
    const mine = keyed()
    let answer: (value: unknown) => void = () => {}
    keyIn.mockReturnValue(new Promise((resolve) => (answer = resolve)))
    const sending = mine.add(client, times, null)
    mine.clear()
    answer(recorded())
    expect(await sending).toBeNull()
    expect(mine.rows.value).toEqual([])
  })

  it('is taken off the list to be corrected', async () => {
    const mine = keyed()
    keyIn.mockResolvedValue({ __typename: 'NotFound', code: 'NOT_FOUND', message: '' })
    const row = await mine.add(client, times, null)
    mine.drop(row!)
    expect(mine.rows.value).toEqual([])
  })
})
