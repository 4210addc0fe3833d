// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { shallowRef } from 'vue'
import { i18n } from '@/lib/i18n'
import PausedBanner from './PausedBanner.vue'

const data = shallowRef<unknown>()
const reload = vi.fn()
const write = vi.fn()
vi.mock('@/lib/graphql', () => ({
  execute: vi.fn(),
  useRead: () => ({ data, reload }),
  write: (...all: unknown[]) => write(...all),
}))

const pausedAt = '2026-11-24T11:10:00Z'
const paused = (messagesPausedBecause: string | null, restoredFrom: string | null = null) => ({
  system: { installation: { messagesPausedAt: pausedAt, messagesPausedBecause, restoredFrom } },
})
const show = () => mount(PausedBanner, { attachTo: document.body, global: { plugins: [i18n] } })
const inDialog = (name: string) =>
  [...document.querySelectorAll<HTMLElement>('[role=dialog] button')].find(
    (button) => button.textContent?.trim() === name,
  )!

beforeEach(() => {
  document.body.innerHTML = ''
  i18n.global.locale.value = 'en'
  reload.mockReset()
  write.mockReset()
})

describe('the pause of messages', () => {
  it('is not spoken of while messages go out', () => {
    data.value = { system: { installation: { messagesPausedAt: null, messagesPausedBecause: null } } }
    expect(show().text()).toBe('')
    data.value = { system: { installation: null } }
    expect(show().text()).toBe('')
  })

  it('says why, after a restore in the reader’s language', async () => {
    data.value = paused('Restored from krc-1.backup', 'krc-1.backup')
    const shown = show()
    expect(shown.text()).toContain('Restored from krc-1.backup.')
    await (await import('@/lib/i18n')).language.follow('ES', false)
    await flushPromises()
    expect(shown.text()).toContain('Restaurado desde krc-1.backup.')
    data.value = paused('The operator asked for it.', 'krc-1.backup')
    await flushPromises()
    expect(shown.text()).toContain('The operator asked for it.')
  })

  it('ends after a question, and with the pause that was seen', async () => {
    data.value = paused(null)
    write.mockResolvedValue({ resumeMessages: { __typename: 'MessagesResumed' } })
    const shown = show()
    await shown.get('button').trigger('click')
    expect(write).not.toHaveBeenCalled()
    inDialog('Resume messages').click()
    await flushPromises()
    expect(write.mock.calls[0]![1]).toEqual({ input: { pausedAt } })
    expect(reload).toHaveBeenCalledOnce()
    expect(document.querySelector('[role=dialog]')).toBeNull()
  })

  it('says when it did not end', async () => {
    data.value = paused(null)
    write.mockResolvedValue({ resumeMessages: { __typename: 'Conflict', code: 'PAUSED_AGAIN', message: '' } })
    const shown = show()
    await shown.get('button').trigger('click')
    inDialog('Resume messages').click()
    await flushPromises()
    expect(document.querySelector('[role=dialog] [role=alert]')?.textContent).toContain('look again')
  })
})
