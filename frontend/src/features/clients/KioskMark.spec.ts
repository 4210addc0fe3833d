// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { i18n } from '@/lib/i18n'
import '@/lib/i18n/person'
import KioskMark from './KioskMark.vue'
import type { ClientEdit } from './useClientEdit'

function show(values: Record<string, string | null>, save = vi.fn().mockResolvedValue({ kind: 'saved' }), may = true) {
  const edit = { shown: (field: string) => values[field] ?? null, save, may } as unknown as ClientEdit
  return { shown: mount(KioskMark, { props: { edit }, global: { plugins: [i18n] } }), save }
}
const button = ({ shown }: ReturnType<typeof show>, word: string) =>
  shown.findAll('button').find((each) => each.text() === word)!

describe('colour and picture of a client', () => {
  it('are named, and each of the 8 and 16 can be chosen by its word', async () => {
    const mark = show({ kioskColour: 'teal', kioskPicture: 'fox' })
    expect(mark.shown.get('summary').text()).toContain('Teal · Fox')
    expect(mark.shown.findAll('button')).toHaveLength(24)
    expect(mark.shown.text()).not.toContain('person.mark')
    await button(mark, 'Owl').trigger('click')
    expect(mark.save).toHaveBeenCalledWith('kioskPicture', 'owl')
    expect(button(mark, 'Teal').attributes('aria-pressed')).toBe('true')
  })

  it('are cleared by pressing what is chosen', async () => {
    const mark = show({ kioskColour: 'teal' })
    await button(mark, 'Teal').trigger('click')
    expect(mark.save).toHaveBeenCalledWith('kioskColour', null)
    expect(show({}).shown.get('summary').text()).toContain('None')
  })

  it('say why they were not saved', async () => {
    const mark = show({}, vi.fn().mockResolvedValue({ kind: 'problem', sentence: 'Not now.' }))
    await button(mark, 'Owl').trigger('click')
    await flushPromises()
    expect(mark.shown.get('[role=alert]').text()).toBe('Not now.')
  })

  it('are the later choice where two people choose', async () => {
    const keepMine = vi.fn().mockResolvedValue({ kind: 'saved' })
    const mark = show({}, vi.fn().mockResolvedValue({ kind: 'conflict', conflict: { keepMine } }))
    await button(mark, 'Owl').trigger('click')
    expect(keepMine).toHaveBeenCalledOnce()
  })
})
