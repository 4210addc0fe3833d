import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, vi } from 'vitest'
import { readScan } from './engine/scanned'
import type { KioskSettings } from './engine/types'
import KioskApp from './KioskApp.vue'
import { fakeEngine } from './steps/fakes'

let mounted: ReturnType<typeof mount> | undefined

/** For the specs of the whole page: its time stands still, and nothing of it is left for the next one. */
export function withKiosk(): void {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    mounted?.unmount()
    vi.useRealTimers()
    document.body.innerHTML = ''
  })
}

/** The page with an engine that says what a spec wants. */
export async function open(chosen: Partial<KioskSettings> = {}) {
  const engine = fakeEngine(chosen)
  const sounds = { unlock: vi.fn(), play: vi.fn() }
  const updates = { register: vi.fn(), idle: vi.fn(async () => {}) }
  const page = mount(KioskApp, { props: { engine, sounds, updates, readScan }, attachTo: document.body })
  mounted = page
  await flushPromises()
  const button = (text: string) => {
    const found = page.findAll('button').find((each) => (each.attributes('aria-label') ?? each.text()).startsWith(text))
    if (!found) throw new Error(`There is no button ${text}: ${page.text()}`)
    return found
  }
  const tap = async (...texts: string[]) => {
    for (const text of texts) await button(text).trigger('click')
    await flushPromises()
  }
  const scan = async (text: string, gap = 5, target: EventTarget = document.body) => {
    let timeStamp = performance.now()
    for (const key of [...text, 'Enter']) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
      Object.defineProperty(event, 'timeStamp', { value: (timeStamp += gap) })
      target.dispatchEvent(event)
    }
    await flushPromises()
  }
  const wait = async (seconds: number) => {
    await vi.advanceTimersByTimeAsync(seconds * 1000)
    await flushPromises()
  }
  return { engine, sounds, updates, page, button, tap, scan, wait, title: () => page.get('h1').text() }
}
