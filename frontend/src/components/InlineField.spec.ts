// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { SaveOutcome } from '@/lib/edit'
import { i18n } from '@/lib/i18n'
import { connection } from '@/lib/connection'
import InlineField from './InlineField.vue'

vi.mock('@/lib/graphql', async () => {
  const { ref } = await import('vue')
  return { session: { state: ref('signedIn'), viewer: ref({ user: { id: 'u1' } }) } }
})

const save = vi.fn<(value: string | null, from?: number) => Promise<SaveOutcome>>()
const away: SaveOutcome = { kind: 'problem', sentence: 'Away.', outage: true }

function show(props: object = {}) {
  return mount(InlineField, {
    props: { label: 'First name', value: 'Ana', save, ...props },
    global: { plugins: [i18n] },
    attachTo: document.body,
  })
}

async function edit(props: object = {}) {
  const field = show(props)
  await field.get('button').trigger('click')
  await flushPromises()
  return { field, input: field.get('input') }
}

/** The server goes away and answers again. */
async function comeBack() {
  connection.report()
  connection.restored()
  await flushPromises()
}

beforeEach(() => {
  save.mockReset()
  save.mockResolvedValue({ kind: 'saved' })
  sessionStorage.clear()
  vi.spyOn(document, 'hasFocus').mockReturnValue(true)
})

describe('InlineField', () => {
  it('saves with Enter, and gives the focus back to the value', async () => {
    const { field, input } = await edit()
    expect(document.activeElement).toBe(input.element)
    await input.setValue('  Anna ')
    await input.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(save).toHaveBeenCalledExactlyOnceWith('Anna')
    expect(document.activeElement).toBe(field.get('button').element)
  })

  it('saves when it is left, and an empty field clears', async () => {
    const { field, input } = await edit()
    await input.setValue('')
    await input.trigger('focusout')
    await flushPromises()
    expect(save).toHaveBeenCalledExactlyOnceWith(null)
    expect(field.find('input').exists()).toBe(false)
  })

  it('restores with Escape, and asks nobody when nothing changed', async () => {
    const { field, input } = await edit()
    await input.setValue('Zoe')
    await input.trigger('keydown', { key: 'Escape' })
    await flushPromises()
    expect(field.text()).toContain('Ana')
    await field.get('button').trigger('click')
    await field.get('input').trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(save).not.toHaveBeenCalled()
  })

  it('keeps what was typed and says beside it why it was not saved', async () => {
    save.mockResolvedValue({ kind: 'problem', sentence: 'This is too long.' })
    const { field, input } = await edit()
    await input.setValue('A'.repeat(300))
    await input.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(field.get('[role=alert]').text()).toBe('This is too long.')
    expect(input.element.value).toBe('A'.repeat(300))
    expect(input.attributes('aria-describedby')).toBe(field.get('[role=alert]').attributes('id'))
  })

  it('shows both values of a conflict and does what is chosen', async () => {
    const keepMine = vi.fn(() => Promise.resolve({ kind: 'saved' } as SaveOutcome))
    const takeTheirs = vi.fn()
    save.mockResolvedValue({
      kind: 'conflict',
      conflict: { byName: 'Robin', theirs: 'Anne', mine: 'Anna', keepMine, takeTheirs },
    })
    const { field, input } = await edit()
    await input.setValue('Anna')
    await input.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    const said = field.findAll('[role=alert]')[0]!
    for (const words of ['Robin', 'Anne', 'Anna']) expect(said.text()).toContain(words)
    await said.findAll('button')[1]!.trigger('click')
    await flushPromises()
    expect(keepMine).toHaveBeenCalledOnce()
    expect(field.find('input').exists()).toBe(false)
    expect(takeTheirs).not.toHaveBeenCalled()
  })

  it('sends what the server did not get once, by itself, when it is back', async () => {
    save.mockResolvedValueOnce(away)
    const { field, input } = await edit()
    await input.setValue('Anna')
    await input.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(field.get('[role=alert]').text()).toContain('sent as soon as it answers')
    await comeBack()
    expect(save.mock.calls).toEqual([['Anna'], ['Anna']])
    expect(field.find('input').exists()).toBe(false)
    await comeBack()
    expect(save).toHaveBeenCalledTimes(2)
  })

  it('sends nothing by itself while somebody types on, nor what the server refused', async () => {
    save.mockResolvedValueOnce(away).mockResolvedValueOnce({ kind: 'problem', sentence: 'Too long.' })
    const { input } = await edit()
    await input.setValue('Anna')
    await input.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    await input.setValue('Annab')
    await comeBack()
    expect(save).toHaveBeenCalledTimes(1)
    await input.trigger('keydown', { key: 'Enter' })
    await comeBack()
    expect(save).toHaveBeenCalledTimes(2)
  })

  it('sends after a reload what was to be saved before it', async () => {
    save.mockResolvedValueOnce(away)
    const { field, input } = await edit({ draft: 'client.c1.firstName' })
    await input.setValue('Anna')
    await input.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    field.unmount()
    const again = show({ draft: 'client.c1.firstName' })
    await flushPromises()
    expect(save).toHaveBeenCalledTimes(2)
    expect(again.find('input').exists()).toBe(false)
    expect(sessionStorage).toHaveLength(0)
  })

  it('names the version that typing began on when the value has changed since', async () => {
    const { field, input } = await edit({ draft: 'client.c1.firstName', version: 3 })
    await input.setValue('Anna')
    field.unmount()
    const again = show({ draft: 'client.c1.firstName', value: 'Anne', version: 5 })
    await again.get('input').trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(save).toHaveBeenCalledExactlyOnceWith('Anna', 3)
  })

  it('asks before it overwrites what was changed meanwhile, where there is no version', async () => {
    const { field, input } = await edit()
    await input.setValue('Anna')
    await field.setProps({ value: 'Anne' })
    await input.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(save).not.toHaveBeenCalled()
    const said = field.findAll('[role=alert]')[0]!
    for (const words of ['Anne', 'Anna']) expect(said.text()).toContain(words)
    await said.findAll('button')[1]!.trigger('click')
    await flushPromises()
    expect(save).toHaveBeenCalledExactlyOnceWith('Anna')
    expect(field.find('input').exists()).toBe(false)
  })

  it('leaves a value alone that was only looked at while it changed', async () => {
    const { field, input } = await edit()
    await field.setProps({ value: 'Anne' })
    await input.trigger('focusout')
    await flushPromises()
    expect(save).not.toHaveBeenCalled()
    expect(field.text()).toContain('Anne')
  })

  it('goes on with what was typed before a reload', async () => {
    const { field, input } = await edit({ draft: 'client.c1.firstName' })
    await input.setValue('Anneliese')
    field.unmount()
    const again = show({ draft: 'client.c1.firstName' })
    expect(again.get('input').element.value).toBe('Anneliese')
    await again.get('input').trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(save).toHaveBeenCalledWith('Anneliese')
    again.unmount()
    expect(show({ draft: 'client.c1.firstName' }).find('input').exists()).toBe(false)
  })

  it('keeps no draft of what was only looked at', async () => {
    const { field, input } = await edit({ draft: 'client.c1.firstName' })
    await input.setValue('Anne')
    await input.setValue('Ana')
    field.unmount()
    expect(sessionStorage).toHaveLength(0)
  })

  it('only shows what may not be edited', () => {
    const field = show({ mayEdit: false, value: null })
    expect(field.find('button').exists()).toBe(false)
    expect(field.text()).toBe('Not given')
  })
})
