// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Failure } from '@/lib/graphql/failures'
import { useToasts } from '@/lib/toasts'

const write = vi.fn()
vi.mock('@/lib/graphql', () => ({ write: (...all: unknown[]) => write(...all) }))

const { useDecisions } = await import('./useDecisions')

describe('a decision about what a kiosk sent', () => {
  const toasts = useToasts()
  const decided = vi.fn()
  const said = () => toasts.toasts.value.map(({ text }) => text)

  beforeEach(() => {
    toasts.clear()
    vi.clearAllMocks()
  })

  it('says what became of it and has the list read again', async () => {
    write.mockResolvedValueOnce({ acceptKioskEvent: { __typename: 'KioskEventDecided', item: {} } })
    expect(await useDecisions(decided).accept('i1', 'Ana Bell')).toBe(true)
    expect(write.mock.calls[0]![1]).toEqual({ input: { id: 'i1' } })
    write.mockResolvedValueOnce({ acceptKioskEvent: { __typename: 'KioskEventDecided', item: {} } })
    await useDecisions(decided).accept('i1', 'Ana Bell', 'c1')
    expect(write.mock.calls[1]![1]).toEqual({ input: { id: 'i1', clientId: 'c1' } })
    write.mockResolvedValueOnce({ dismissKioskEvent: { __typename: 'KioskEventDecided', item: {} } })
    await useDecisions(decided).dismiss('i2', '  ')
    expect(write.mock.calls[2]![1]).toEqual({ input: { id: 'i2', reason: null } })
    expect(said()).toEqual(['Ana Bell is checked in', 'Ana Bell is checked in', 'Dismissed'])
    expect(decided).toHaveBeenCalledTimes(3)
  })

  it.each(['DECIDED', 'NOT_FOUND'])('says that somebody was faster (%s), and has the list read again', async (code) => {
    write.mockResolvedValue({ acceptKioskEvent: { __typename: 'Conflict', code, message: 'Too late.' } })
    const { accept, problemOf } = useDecisions(decided)
    expect(await accept('i1', 'Ana')).toBe(false)
    expect(said()).toEqual(['Somebody else has decided this already.'])
    expect(problemOf('i1')).toBeNull()
    expect(decided).toHaveBeenCalledOnce()
  })

  it('leaves what was refused where it is and says why, beside it', async () => {
    const { accept, problemOf, isBusy } = useDecisions(decided)
    const refused = {
      __typename: 'CheckInRefused',
      code: 'CLIENT_ARCHIVED',
      message: '',
      sentence: 'Restore them first.',
    }
    write.mockResolvedValueOnce({ acceptKioskEvent: refused })
    expect(await accept('i1', 'Ana')).toBe(false)
    expect(problemOf('i1')).toBe('Restore them first.')
    const invalid = { code: 'INVALID', message: '', fields: [{ path: ['clientId'], code: 'REQUIRED', message: '' }] }
    write.mockResolvedValueOnce({ acceptKioskEvent: { __typename: 'ValidationProblem', ...invalid } })
    await accept('i2', 'Bo')
    expect(problemOf('i2')).toBe('This can’t stay empty.')
    write.mockRejectedValueOnce(new Failure('NETWORK', ''))
    await accept('i3', 'Kai')
    expect(problemOf('i3')).toContain('can’t be reached')
    expect(decided).not.toHaveBeenCalled()
    expect(['i1', 'i2', 'i3'].some(isBusy)).toBe(false)
  })

  it('is made about one while another one is under way, and once about each', async () => {
    const answers: (() => void)[] = []
    const answer = { acceptKioskEvent: { __typename: 'KioskEventDecided', item: {} } }
    write.mockImplementation(() => new Promise((resolve) => answers.push(() => resolve(answer))))
    const { accept, isBusy } = useDecisions(decided)
    const both = [accept('i1', 'Ana'), accept('i2', 'Bo')]
    expect(await accept('i1', 'Ana')).toBe(false)
    expect(write).toHaveBeenCalledTimes(2)
    expect([isBusy('i1'), isBusy('i2')]).toEqual([true, true])
    for (const each of answers) each()
    expect(await Promise.all(both)).toEqual([true, true])
    expect([isBusy('i1'), isBusy('i2')]).toEqual([false, false])
  })
})
