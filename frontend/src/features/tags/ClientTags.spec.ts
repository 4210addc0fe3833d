// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'
import { Failure } from '@/lib/graphql/failures'
import { i18n } from '@/lib/i18n'
import '@/lib/i18n/tags'
import { useToasts } from '@/lib/toasts'
import ClientTags from './ClientTags.vue'

const { write, execute } = vi.hoisted(() => ({ write: vi.fn(), execute: vi.fn() }))
vi.mock('@/lib/graphql', async () => ({
  ...(await import('@/lib/graphql/failures')),
  write,
  execute,
  session: { can: () => true },
}))

const tag = (id: string, name: string) => ({ __typename: 'Tag' as const, id, name, colour: 'red' })
const client = { id: 'c1', displayName: 'Ana', tags: [tag('t1', 'Chess')] }
const saved = { changeClientTags: { __typename: 'ClientSaved' } }
const inputs = () => write.mock.calls.map(([, { input }]) => input as Record<string, unknown>)
const toasts = useToasts()

async function open() {
  const shown = mount(ClientTags, {
    props: { client, may: true },
    global: { plugins: [i18n] },
    attachTo: document.body,
  })
  await shown.findAll('button').at(-1)!.trigger('click')
  await flushPromises()
  return shown
}

beforeEach(() => {
  write.mockReset()
  execute.mockReset().mockResolvedValue({ tags: [tag('t1', 'Chess'), tag('t2', 'Robots')] })
  toasts.clear()
})

it('takes a tag off with a press, and puts it back with Undo', async () => {
  write.mockResolvedValue(saved)
  const shown = mount(ClientTags, { props: { client, may: true }, global: { plugins: [i18n] } })
  await shown.get('[aria-label="Remove Chess"]').trigger('click')
  await flushPromises()
  toasts.toasts.value.at(-1)!.action!.run()
  await flushPromises()
  expect(inputs()).toEqual([
    { clientId: 'c1', add: [], remove: ['t1'] },
    { clientId: 'c1', add: ['t1'], remove: [] },
  ])
  expect(shown.emitted('changed')).toHaveLength(2)
})

it('makes a tag that is not there, once however often it is tried', async () => {
  const made = { createTag: { __typename: 'TagSaved', tag: tag('t9', 'Music') } }
  write.mockRejectedValueOnce(new Failure('NETWORK', 'away')).mockResolvedValueOnce(made).mockResolvedValue(saved)
  const shown = await open()
  for (let attempt = 0; attempt < 2; attempt++) {
    await shown.get('input').setValue('Music')
    await shown.get('input').trigger('keydown', { key: 'Enter' })
    await flushPromises()
    if (!attempt) expect(shown.get('[role=alert]').text()).toContain('can’t be reached')
  }
  const [first, second, put] = inputs()
  expect(second).toMatchObject({ name: 'Music', idempotencyKey: first!.idempotencyKey })
  expect(put).toEqual({ clientId: 'c1', add: ['t9'], remove: [] })
})

it('offers nothing to change to those who may only read', () => {
  const shown = mount(ClientTags, { props: { client, may: false }, global: { plugins: [i18n] } })
  expect(shown.text()).toBe('Chess')
  expect(shown.find('button').exists()).toBe(false)
})
