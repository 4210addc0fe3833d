// @vitest-environment happy-dom
import { flushPromises, mount, RouterLinkStub } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick, shallowRef } from 'vue'
import { i18n } from '@/lib/i18n'

const write = vi.fn()
const can = vi.fn()
vi.mock('@/lib/graphql', () => ({
  execute: vi.fn(),
  write: (...all: unknown[]) => write(...all),
  session: { can: (permission: string) => can(permission), viewer: { value: null } },
}))
const waiting = shallowRef<unknown>(null)
const look = vi.fn()
vi.mock('./useKiosksWaiting', () => ({ useKiosksWaiting: () => ({ waiting, look }) }))

const KioskWaiting = (await import('./KioskWaiting.vue')).default
const nothing = { count: 0, queued: 0, asking: [], hurried: [] }
const item = (id: string, client: { id: string; displayName: string } | null, walkIn: object | null = null) => ({
  ...{ id, reason: 'ASK_STAFF', occurredAt: '2026-11-24T18:42:00Z', client, walkIn },
  kiosk: { id: 'k1', name: 'Entrance' },
})
const ana = item('i1', { id: 'c1', displayName: 'Ana Bell' })

function show() {
  return mount(KioskWaiting, { global: { plugins: [i18n], stubs: { RouterLink: RouterLinkStub } } })
}

describe('what the desk is told of the kiosks', () => {
  beforeEach(() => {
    vi.clearAllMocks()
    can.mockReturnValue(true)
    waiting.value = null
  })

  it('is nothing while nothing waits', async () => {
    const shown = show()
    expect(shown.text()).toBe('')
    waiting.value = nothing
    await nextTick()
    expect(shown.find('section').exists()).toBe(false)
  })

  it('names those who were sent, and leads to the rest', async () => {
    const kai = item('i2', null, { firstName: 'Kai', lastName: 'Lo' })
    waiting.value = { count: 5, queued: 3, asking: [ana, kai], hurried: [{ id: 'k2', name: 'Back door' }] }
    const shown = show()
    await nextTick()
    const links = shown.findAllComponents(RouterLinkStub).map((link) => [link.props('to'), link.text()])
    expect(links).toEqual([
      ['/clients/c1', 'Ana Bell'],
      ['/kiosk-inbox', 'Kai Lo'],
      ['/kiosk-inbox', '5 visits wait for a decision'],
      ['/settings/kiosks', '3 visits are saved on kiosks'],
      ['/settings/kiosks', 'Back door: unusually many look-ups'],
    ])
    // Only where it is known who it is, one press is enough.
    expect(shown.findAll('button[aria-label^="Check in"]')).toHaveLength(1)
  })

  it('checks in whoever waits, and looks again', async () => {
    waiting.value = { ...nothing, count: 1, asking: [ana] }
    write.mockResolvedValue({ acceptKioskEvent: { __typename: 'KioskEventDecided', item: {} } })
    const shown = show()
    await shown.get('button[aria-label^="Check in Ana Bell"]').trigger('click')
    await flushPromises()
    expect(write.mock.calls[0]![1]).toEqual({ input: { id: 'i1' } })
    expect(look).toHaveBeenCalledOnce()
  })

  it('leaves checking in to those who may', () => {
    can.mockReturnValue(false)
    waiting.value = { ...nothing, count: 1, asking: [ana] }
    expect(show().findAll('button[aria-label^="Check in"]')).toHaveLength(0)
  })
})
