// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ref, shallowRef } from 'vue'
import { Failure } from '@/lib/graphql/failures'

const write = vi.fn()
const execute = vi.fn()
const data = shallowRef<unknown>()
vi.mock('@/lib/graphql', () => ({
  write: (...all: unknown[]) => write(...all),
  execute: (...all: unknown[]) => execute(...all),
  useRead: () => ({ data, failure: ref(null), waiting: ref(false), reload: () => {} }),
}))

const { useKioskSettings } = await import('./useKioskSettings')
const choices = (version: number, kioskSound: boolean) => ({
  version,
  kioskSound,
  kioskWalkIn: false,
  kioskExitPinSet: false,
})
const saved = (version: number, sound: boolean) => ({
  changeKioskSettings: { __typename: 'CentreSettingsSaved', settings: choices(version, sound) },
})
const inputs = () => write.mock.calls.map(([, { input }]) => input)

describe('the settings of all kiosks', () => {
  beforeEach(() => {
    vi.clearAllMocks()
    data.value = { centreSettings: choices(4, true) }
  })

  it('shows what was saved, until something newer is read', async () => {
    const { settings, change } = useKioskSettings()
    write.mockResolvedValueOnce(saved(5, false))
    expect(await change({ sound: false })).toBeNull()
    expect(inputs()).toEqual([{ version: 4, sound: false }])
    expect(settings.value?.kioskSound).toBe(false)
    data.value = { centreSettings: choices(6, true) }
    expect(settings.value?.kioskSound).toBe(true)
  })

  it('goes on top of what others changed meanwhile', async () => {
    const { change } = useKioskSettings()
    write.mockResolvedValueOnce({ changeKioskSettings: { __typename: 'Conflict', code: 'STALE_VERSION', message: '' } })
    write.mockResolvedValueOnce(saved(10, false))
    execute.mockResolvedValue({ centreSettings: choices(9, true) })
    expect(await change({ sound: false })).toBeNull()
    expect(inputs().map(({ version }: { version: number }) => version)).toEqual([4, 9])
  })

  it('says what is wrong, and keeps what held', async () => {
    const { settings, change } = useKioskSettings()
    const fields = [{ path: ['exitPin'], code: 'UNHEARD_OF', message: 'Choose 4 to 8 digits.' }]
    write.mockResolvedValueOnce({
      changeKioskSettings: { __typename: 'ValidationProblem', code: 'X', message: '', fields },
    })
    expect(await change({ exitPin: '12' })).toBe('Choose 4 to 8 digits.')
    write.mockRejectedValueOnce(new Failure('NETWORK', ''))
    expect(await change({ sound: false })).toContain('can’t be reached')
    expect(settings.value?.kioskSound).toBe(true)
  })
})
