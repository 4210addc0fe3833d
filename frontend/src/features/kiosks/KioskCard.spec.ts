// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { KioskPartsFragment } from '@/gql/graphql'
import { i18n } from '@/lib/i18n'

const write = vi.fn()
vi.mock('@/lib/graphql', () => ({
  execute: vi.fn(),
  write: (...all: unknown[]) => write(...all),
  session: { viewer: { value: null } },
}))
vi.mock('@/lib/connection', () => ({ connection: { onRestored: () => () => {} } }))
vi.mock('@/lib/drafts', () => ({ useDraft: vi.fn() }))

const KioskCard = (await import('./KioskCard.vue')).default
const stations = [
  { value: '', label: 'No station' },
  { value: 's1', label: 'Front Desk' },
]
const kiosk = (changes: object) =>
  ({
    ...{ id: 'k1', version: 3, name: 'Entrance', kind: 'CHECK_IN', station: { id: 's1', name: 'Front Desk' } },
    ...{ online: true, lastSeenAt: '2026-11-24T18:42:00Z', appVersion: '0.1.0', queued: 0, persisted: true },
    ...{ pairedAt: '2026-11-01T18:42:00Z', pairedBy: 'Owner', revokedAt: null, lookUpsToday: 12, slowedToday: 0 },
    ...changes,
  }) as KioskPartsFragment
const show = (changes = {}, props = {}) =>
  mount(KioskCard, {
    props: { kiosk: kiosk(changes), stations, version: '0.1.0', may: true, ...props },
    global: { plugins: [i18n] },
  })

describe('a kiosk in the list', () => {
  beforeEach(() => write.mockReset())

  it('that is well has nothing to warn of', () => {
    const text = show().text()
    expect(text).toContain('Online')
    for (const warning of ['out of date', 'wait', 'may delete', 'slowed']) expect(text).not.toContain(warning)
  })

  it('warns of what waits on it, of an old page, of a browser that may forget, and of hurried look-ups', () => {
    const text = show({ online: false, queued: 2, appVersion: '0.0.9', persisted: false, slowedToday: 5 }).text()
    expect(text).toContain('Offline, last seen')
    expect(text).toContain('2 visits wait there')
    expect(text).toContain('out of date')
    expect(text).toContain('may delete')
    expect(text).toContain('12, 5 of them slowed down')
  })

  it('is not called out of date by those who may not know the version, nor before it has told its own', () => {
    expect(show({ appVersion: '0.0.9' }, { version: null }).text()).not.toContain('out of date')
    expect(show({ appVersion: null, online: false, lastSeenAt: null, persisted: null }).text()).toMatch(
      /Not seen yet.*not known yet/s,
    )
  })

  it('can be changed by admins alone, and not once it is revoked', () => {
    expect(show().findAll('button')).toHaveLength(3)
    expect(show({}, { may: false }).findAll('button')).toHaveLength(0)
    expect(show({ revokedAt: '2026-11-24T18:42:00Z' }).findAll('button')).toHaveLength(0)
  })

  it('moves to another station, and says by name what two people wanted', async () => {
    const changes = [{ path: ['stationId'], value: 'Front Desk', byName: 'Bo', at: '2026-11-24T18:42:00Z' }]
    const stale = { __typename: 'Conflict', code: 'STALE_VERSION', message: '', version: 4, changes }
    write.mockResolvedValue({ updateKiosk: stale })
    const shown = show({ station: null })
    await shown.get('button[aria-label^="Edit Station"]').trigger('click')
    await shown.get('select').setValue('s1')
    await flushPromises()
    expect(write.mock.calls[0]![1]).toEqual({ input: { id: 'k1', version: 3, stationId: 's1' } })
    expect(shown.text()).toMatch(/Bo changed this.*Yours: Front Desk/s)
  })

  it('of the lobby has neither look-ups nor visits', () => {
    const text = show({ kind: 'LOBBY', persisted: false, queued: 1 }).text()
    expect(text).toContain('Lobby display')
    for (const none of ['Look-ups', 'Station', 'wait', 'may delete']) expect(text).not.toContain(none)
  })
})
