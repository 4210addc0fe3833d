// @vitest-environment happy-dom
import { mount, RouterLinkStub } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import type { InboxPartsFragment } from '@/gql/graphql'
import { i18n } from '@/lib/i18n'
import InboxItem from './InboxItem.vue'

vi.mock('@/lib/graphql', () => ({ execute: vi.fn() }))

const standing = { status: 'NONE', source: null, startsOn: null, endsOn: null, daysLeft: null, tierName: null }
const item = (changes: object) =>
  ({
    ...{ id: 'i1', reason: 'ASK_STAFF', typed: null, walkIn: null, client: null, offline: false },
    ...{ occurredAt: '2026-11-24T18:42:00Z', arrivedAt: '2026-11-24T20:00:00Z' },
    ...{ decision: null, decidedAt: null, decidedBy: null },
    kiosk: { id: 'k1', name: 'Entrance', station: { id: 's1', name: 'Front Desk' } },
    ...changes,
  }) as InboxPartsFragment
const show = (changes: object, props = {}) =>
  mount(InboxItem, {
    props: { item: item(changes), may: true, ...props },
    global: { plugins: [i18n], stubs: { RouterLink: RouterLinkStub } },
  })
const client = { id: 'c1', displayName: 'Ana Bell', standing }
const walkIn = { firstName: 'Kai', lastName: 'Lo', phone: '+16615551234', email: null, language: 'ES' }
const buttons = (shown: ReturnType<typeof show>) => shown.findAll('button').map((button) => button.text())

describe('what waits in the inbox', () => {
  it.each(['ASK_STAFF', 'UNKNOWN', 'AMBIGUOUS', 'BLOCKED', 'ARCHIVED', 'FUTURE', 'LONG_AGO', 'WALK_IN'])(
    'says in a sentence why %s waits',
    (reason) => expect(show({ reason }).text()).not.toContain(`doubt.${reason}`),
  )

  it('of somebody who is known is accepted or dismissed', async () => {
    const shown = show({ client, offline: true })
    expect(shown.getComponent(RouterLinkStub).props('to')).toBe('/clients/c1')
    expect(shown.text()).toContain('at Entrance, Front Desk')
    expect(shown.text()).toContain('The kiosk was offline')
    expect(buttons(shown)).toEqual(['Accept', 'Dismiss'])
    await shown.get('button').trigger('click')
    expect(shown.emitted('accept')).toEqual([[null]])
  })

  it('of nobody known asks who it was', async () => {
    const shown = show({ reason: 'UNKNOWN', typed: '…1234' })
    expect(shown.text()).toContain('Entered: …1234')
    expect(buttons(shown)).toEqual(['Choose the client', 'Dismiss'])
    await shown.get('button').trigger('click')
    expect(shown.emitted('update:choosing')).toEqual([[true]])
  })

  it('of a first-time visitor says what they told, and makes a client of them or not', () => {
    const shown = show({ reason: 'WALK_IN', walkIn })
    expect(shown.text()).toContain('Kai Lo')
    expect(shown.text()).toContain('Prefers Español')
    expect(buttons(shown)).toEqual(['Add as client and check in', 'They are on file', 'Dismiss'])
  })

  it('asks who it was, and does nothing before that is known', async () => {
    const shown = show({ reason: 'UNKNOWN' }, { choosing: true })
    await shown.get('form').trigger('submit')
    expect(shown.text()).toContain('Choose who it was.')
    expect(shown.emitted('accept')).toBeUndefined()
  })

  it('once decided says by whom, and offers nothing more', () => {
    const shown = show({ client, decision: 'ACCEPTED', decidedAt: '2026-11-24T20:05:00Z', decidedBy: 'Desk Person' })
    expect(shown.text()).toContain('Accepted by Desk Person')
    expect(buttons(shown)).toEqual([])
    expect(buttons(show({ client }, { may: false }))).toEqual([])
    // What a visitor told was not kept.
    const dismissed = { decision: 'DISMISSED', decidedAt: '2026-11-24T20:05:00Z' }
    expect(show({ reason: 'WALK_IN', ...dismissed }).text()).toContain('A first-time visitor')
    expect(show({ reason: 'UNKNOWN', ...dismissed }).text()).toContain('Somebody')
  })
})
