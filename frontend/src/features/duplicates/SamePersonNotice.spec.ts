// @vitest-environment happy-dom
import { flushPromises, mount, RouterLinkStub } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'
import { i18n } from '@/lib/i18n'
import SamePersonNotice from './SamePersonNotice.vue'

const write = vi.fn()
const can = vi.fn()
vi.mock('@/lib/graphql', () => ({
  execute: vi.fn(),
  write: (...all: unknown[]) => write(...all),
  session: { can: (permission: string) => can(permission) },
}))

const pair = (id: string, displayName: string, reason: string) => ({ reason, other: { id, displayName } })
const show = (...possibleDuplicates: ReturnType<typeof pair>[]) =>
  mount(SamePersonNotice, {
    props: { client: { id: 'c1', possibleDuplicates } as never },
    global: { plugins: [i18n], stubs: { RouterLink: RouterLinkStub } },
  })

beforeEach(() => {
  write.mockReset()
  can.mockReset().mockReturnValue(true)
})

it('names each other client and why', () => {
  const shown = show(pair('c2', 'Anna Ávila', 'same_email'), pair('c3', 'Ana A.', 'brand_new'))
  expect(shown.findAllComponents(RouterLinkStub).map((link) => link.props('to'))).toEqual([
    '/clients/c2',
    '/clients/c3',
  ])
  expect(shown.text()).toContain('same email')
  expect(shown.text()).toContain('brand new')
  expect(show().text()).toBe('')
})

it('notes that they are not the same, once for the pair', async () => {
  write.mockResolvedValue({ dismissDuplicate: { __typename: 'DuplicateDismissed' } })
  const shown = show(pair('c2', 'Anna Ávila', 'same_email'))
  await shown.get('button').trigger('click')
  await flushPromises()
  expect(write.mock.calls[0]![1]).toEqual({ input: { clientId: 'c1', otherId: 'c2' } })
  expect(shown.emitted('dismissed')).toHaveLength(1)
})

it('stays and says so when that was not saved', async () => {
  write.mockRejectedValue(new Error('away'))
  const shown = show(pair('c2', 'Anna Ávila', 'same_email'))
  await shown.get('button').trigger('click')
  await flushPromises()
  expect(shown.get('[role=alert]').text()).toContain('Try again')
  expect(shown.emitted('dismissed')).toBeUndefined()
})

it('leaves the decision to those who may write', () => {
  can.mockReturnValue(false)
  expect(
    show(pair('c2', 'Anna Ávila', 'same_email'))
      .find('button')
      .exists(),
  ).toBe(false)
})
