// @vitest-environment happy-dom
import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { i18n } from '@/lib/i18n'
import { useToasts } from '@/lib/toasts'
import ToastArea from './ToastArea.vue'

const toasts = useToasts()
const area = () => mount(ToastArea, { global: { plugins: [i18n] }, attachTo: document.body })
const press = (on: EventTarget = document.body) =>
  on.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true, cancelable: true }))

beforeEach(() => {
  vi.useFakeTimers()
  toasts.clear()
})
enableAutoUnmount(afterEach)
afterEach(() => {
  vi.useRealTimers()
  document.body.innerHTML = ''
})

it('shows a line for a while, one with an action longer, and a problem until it is dismissed', async () => {
  const shown = area()
  toasts.show('Saved')
  toasts.show('First name changed', { action: { label: 'Undo', run: () => {} } })
  toasts.problem('That could not be undone.')
  await nextTick()
  expect(shown.findAll('p').map((line) => line.text())).toHaveLength(3)
  vi.advanceTimersByTime(6_000)
  await nextTick()
  expect(shown.findAll('p').map((line) => line.text())).toEqual(['First name changed', 'That could not be undone.'])
  vi.advanceTimersByTime(60_000)
  await nextTick()
  expect(shown.findAll('p').map((line) => line.text())).toEqual(['That could not be undone.'])
  await shown.get('[aria-label=Dismiss]').trigger('click')
  expect(shown.findAll('p')).toHaveLength(0)
})

it('stays while somebody points at it or has the focus on it', async () => {
  const shown = area()
  toasts.show('Saved')
  await nextTick()
  await shown.get('section').trigger('pointerenter')
  vi.advanceTimersByTime(60_000)
  await nextTick()
  expect(shown.findAll('p')).toHaveLength(1)
  await shown.get('section').trigger('pointerleave')
  vi.advanceTimersByTime(5_000)
  await nextTick()
  expect(shown.findAll('p')).toHaveLength(0)
})

it('undoes once, with its button or Ctrl+Z, but not while somebody types', async () => {
  const shown = area()
  const run = vi.fn()
  toasts.show('Changed', { action: { label: 'Undo', run } })
  await nextTick()
  const field = document.body.appendChild(document.createElement('input'))
  field.value = 'text'
  press(field)
  expect(run).not.toHaveBeenCalled()
  press()
  press()
  expect(run).toHaveBeenCalledOnce()
  await nextTick()
  expect(shown.findAll('p')).toHaveLength(0)
})

it('keeps the newest three, and nothing once it is gone', async () => {
  const shown = area()
  for (const text of ['a', 'b', 'c', 'd']) toasts.show(text)
  await nextTick()
  expect(shown.findAll('p').map((line) => line.text())).toEqual(['b', 'c', 'd'])
  shown.unmount()
  expect(toasts.toasts.value).toEqual([])
})
