// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { Search } from 'lucide-vue-next'
import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { i18n } from '@/lib/i18n'
import CommandPalette from './CommandPalette.vue'

const items = ['Go to Memberships', 'Go to Backups'].map((label) => ({ id: label, label, icon: Search, run: () => {} }))

function closed() {
  const palette = mount(CommandPalette, {
    props: {
      open: false,
      text: '',
      clients: [],
      groups: [{ title: 'Commands', items }],
      'onUpdate:text': (text: string) => void palette.setProps({ text }),
    },
    global: { plugins: [i18n] },
    attachTo: document.body,
  })
  return palette
}

/** One key on the page below: true where the palette left it alone. */
function press(key: string, modifiers: KeyboardEventInit = {}): boolean {
  return document.body.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifiers }),
  )
}

describe('the palette', () => {
  it('takes what is typed before its field is there', async () => {
    const palette = closed()
    void palette.setProps({ open: true })
    await nextTick()
    for (const key of 'back') {
      expect(press(key)).toBe(false)
      await nextTick()
    }
    expect(palette.props('text')).toBe('back')
    await flushPromises()
    expect(document.querySelectorAll('[role=option]')).toHaveLength(1)
    palette.unmount()
  })

  it('leaves keys alone that write nothing, and every key once it is closed', async () => {
    const palette = closed()
    await palette.setProps({ open: true })
    expect(press('c', { ctrlKey: true })).toBe(true)
    expect(press('F5')).toBe(true)
    await palette.setProps({ open: false })
    expect(press('b')).toBe(true)
    expect(palette.props('text')).toBe('')
    palette.unmount()
  })
})
