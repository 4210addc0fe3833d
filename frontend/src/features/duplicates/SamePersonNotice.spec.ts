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
  const links = shown.findAllComponents(RouterLinkStub).map((link) => link.props('to'))
  expect(links.filter((to) => typeof to === 'string')).toEqual(['/clients/c2', '/clients/c3'])
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

it('leads to the comparison with the client of this page first, for those who may merge', () => {
  const links = (permissions: readonly string[]) => {
    can.mockImplementation((permission: string) => permissions.includes(permission))
    return show(pair('c2', 'Anna Ávila', 'same_email'))
      .findAllComponents(RouterLinkStub)
      .map((link) => link.props('to'))
  }
  expect(links(['clients:write', 'clients:merge'])).toContainEqual({ path: '/clients/merge', query: { ids: 'c1,c2' } })
  expect(links(['clients:write'])).toEqual(['/clients/c2'])
})

it('leaves the decision to those who may write', () => {
  can.mockReturnValue(false)
  expect(
    show(pair('c2', 'Anna Ávila', 'same_email'))
      .find('button')
      .exists(),
  ).toBe(false)
})
