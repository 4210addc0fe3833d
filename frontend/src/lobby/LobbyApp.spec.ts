// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { boardOf } from './board'
import type { LobbyEngine, Snapshot } from './engine'
import LobbyApp from './LobbyApp.vue'
import { told } from './told'

const NOW = Date.parse('2026-11-24T02:41:00Z')
let mounted: ReturnType<typeof mount> | undefined

beforeEach(() => {
  vi.useFakeTimers({ now: NOW })
  vi.stubGlobal('ResizeObserver', class {
    observe() {}
    disconnect() {}
  }) // prettier-ignore
})
afterEach(() => {
  mounted?.unmount()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  document.documentElement.removeAttribute('style')
})

async function open(chosen: Parameters<typeof told>[0] = {}, more: Partial<Snapshot> = {}) {
  let snapshot: Snapshot = {
    phase: 'ready',
    pairing: null,
    trouble: null,
    outdated: false,
    board: boardOf(told({ now: new Date(NOW).toISOString(), ...chosen })),
    freshness: 'fresh',
    now: NOW,
    ...more,
  }
  let listener: ((snapshot: Snapshot) => void) | undefined
  const engine = {
    get snapshot() {
      return snapshot
    },
    subscribe: (each: (snapshot: Snapshot) => void) => ((listener = each), () => true),
    start: vi.fn(async () => {}),
    stop: vi.fn(),
    pairAgain: vi.fn(async () => {}),
  } satisfies LobbyEngine
  const say = async (next: Partial<Snapshot>) => {
    snapshot = { ...snapshot, ...next }
    listener?.(snapshot)
    await flushPromises()
  }
  const updates = { idle: vi.fn(async () => {}) }
  const page = mount(LobbyApp, { props: { engine, updates }, attachTo: document.body })
  mounted = page
  await flushPromises()
  return {
    engine,
    updates,
    page,
    tags: () => page.findAll('.tag').map((tag) => tag.text()),
    /** With blanks that break lines in the place of those that don't. */
    text: (where = 'body') => (where === 'body' ? page.text() : page.get(where).text()).replaceAll(/\s+/g, ' '),
    say,
    tell: (next: Parameters<typeof told>[0]) =>
      say({ board: boardOf(told({ now: new Date(NOW).toISOString(), ...next })) }),
  }
}

const people = (count: number) => Array.from({ length: count }, (_, number) => `Tag ${number}`)

describe('who is here', () => {
  it('is counted, and named by tags in their order', async () => {
    const { text, tags, page, tell } = await open()
    expect(page.get('h1').text()).toBe('Harbour Arcade')
    expect(text('.count')).toBe('3are here nowpersonas están aquí ahora')
    expect(page.get('.here:last-of-type').attributes('lang')).toBe('es')
    expect(tags()).toEqual(['NightOwl', 'Pixel'])
    await tell({ here: 4, tags: ['Nova', 'NightOwl', 'Pixel'] })
    expect(tags()).toEqual(['Nova', 'NightOwl', 'Pixel'])
  })

  it('keeps the tiles of those who stay, and gives two of one name a tile each', async () => {
    const { page, tell } = await open({ tags: ['Pixel', 'Pixel'] })
    const before = page.findAll('.tag').map(({ element }) => element)
    await tell({ tags: ['Nova', 'Pixel', 'Pixel'] })
    expect(page.findAll('.tag').slice(1).map(({ element }) => element)).toEqual(before) // prettier-ignore
  })

  it('is nobody’s name but a number and an invitation', async () => {
    const { text, page } = await open({ here: 12, tags: [] })
    expect(text('main')).toContain('12are here now')
    expect(text('main')).toContain('Want to see your gamer tag here? Ask at the desk.')
    expect(page.find('.tags').exists()).toBe(false)
  })

  it('is nobody: asks people in while it is open, and only then', async () => {
    const { text, tell } = await open({ here: 0, tags: [] })
    expect(text('main')).toContain('Nobody is here right now')
    expect(text('main')).toContain('Come on in!')
    expect(text('main')).not.toMatch(/\d/)
    await tell({ here: 0, tags: [], opensAt: null, closesAt: null })
    expect(text('main')).toContain('See you soon!')
  })

  it('is text, whatever it says', async () => {
    const tag = '<img src=x onerror="alert(1)">'
    const { tags, page } = await open({ tags: [tag], centreName: '<b>Arcade</b>' })
    expect(tags()).toEqual([tag])
    expect(page.find('.tag img').exists()).toBe(false)
    expect(page.get('h1').text()).toBe('<b>Arcade</b>')
  })

  it('is written in the direction of each tag, in smaller letters where it is long', async () => {
    const family = '👩‍👩‍👧‍👦'
    const { page } = await open({ tags: ['ليلى', 'x'.repeat(40), family.repeat(14), 'x'.repeat(15)] })
    const spans = page.findAll('.tag span')
    expect(spans.every((span) => span.attributes('dir') === 'auto')).toBe(true)
    expect(spans.map((span) => span.classes())).toEqual([['short'], ['longest'], ['short'], ['long']])
  })

  it('turns its pages where there is no room for all, and begins again for whoever comes', async () => {
    const { tags, page, tell } = await open({ tags: people(30) })
    const [first, second, third] = [people(30).slice(0, 10), people(30).slice(10, 20), people(30).slice(20)]
    expect(tags()).toEqual(first)
    expect(page.get('.pages .unseen').text()).toBe('Page 1 of 3')
    for (const next of [second, third, first, second]) {
      await vi.advanceTimersByTimeAsync(12_000)
      expect(tags()).toEqual(next)
    }
    await tell({ tags: ['Nova', ...people(30)] })
    expect(tags()[0]).toBe('Nova')
    await vi.advanceTimersByTimeAsync(11_000)
    expect(tags()[0]).toBe('Nova')
    await tell({ tags: ['Nova'] })
    expect(tags()).toEqual(['Nova'])
    expect(page.find('.pages').exists()).toBe(false)
  })
})

describe('the rest of it', () => {
  it('is the time and tonight’s hours where the centre is, in its languages', async () => {
    const { text, say } = await open()
    expect(text('.clock')).toBe('6:41 pm')
    expect(text('.hours')).toBe('Open until 9:00 pmAbierto hasta las 9:00 p.m.')
    await say({ now: NOW + 3 * 3_600_000 })
    expect(text('.clock')).toBe('9:41 pm')
    expect(text('.hours')).toBe('Closed for todayCerrado por hoy')
  })

  it('is in the one language that the centre has', async () => {
    const { text } = await open({ languages: ['ES'], defaultLanguage: 'ES' })
    expect(document.documentElement.lang).toBe('es')
    expect(text()).toContain('Abierto hasta las')
    expect(text()).not.toMatch(/open|here/i)
  })

  it('says quietly how old it is, and then no more than the name and the hours', async () => {
    const { text, say, page, engine } = await open()
    expect(page.find('.late').exists()).toBe(false)
    await say({ freshness: 'late', now: NOW + 120_000 })
    expect(text('.late')).toContain('No connection. Last seen at 6:41 pm')
    expect(text()).toContain('NightOwl')
    await say({ freshness: 'old', board: { ...engine.snapshot.board!, people: null } })
    expect(text()).not.toMatch(/NightOwl|are here/)
    expect(text()).toContain('Harbour Arcade')
    expect(text('.hours')).toContain('Open until 9:00 pm')
  })

  it('wears the centre’s colours, and takes them off', async () => {
    const { say, tell } = await open({ accentLight: '#00695c', accentDark: '#80cbc4' })
    const worn = () => document.documentElement.style.getPropertyValue('--own-accent-dark')
    expect(worn()).toBe('#80cbc4')
    await tell({})
    expect(worn()).toBe('')
    await say({ phase: 'revoked', board: null })
    expect(worn()).toBe('')
  })

  it('has no controls', async () => {
    const { page } = await open({ tags: people(30) })
    expect(page.findAll('button, a, input, [tabindex]:not([tabindex="-1"])')).toEqual([])
  })

  it('looks once a minute whether there is a newer page', async () => {
    const { updates, say } = await open()
    await say({ outdated: true })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(updates.idle).toHaveBeenCalledExactlyOnceWith(true)
  })

  it('fills the screen when it is tapped', async () => {
    const request = vi.fn(async () => {})
    Object.defineProperty(document, 'fullscreenEnabled', { value: true, configurable: true })
    Object.defineProperty(document.documentElement, 'requestFullscreen', { value: request, configurable: true })
    const { page } = await open()
    await page.get('.board').trigger('click')
    expect(request).toHaveBeenCalledOnce()
  })
})

describe('a screen of nobody’s yet', () => {
  it('shows its code to pair with, and asks for another one', async () => {
    const pairing = { code: 'ABCDEFGH', endsAt: NOW + 90_000 }
    const { page, say, engine } = await open({}, { phase: 'pairing', board: null, pairing })
    expect(page.get('h1').text()).toBe('Pair this screen')
    expect(page.get('.code').text()).toBe('ABCD-EFGH')
    expect(page.find('svg[role=img] path').exists()).toBe(true)
    await say({ pairing: null, trouble: 'tooMany' })
    await page.get('button').trigger('click')
    expect(engine.pairAgain).toHaveBeenCalledOnce()
  })

  it('says that it was switched off', async () => {
    const { page, engine } = await open({}, { phase: 'revoked', board: null })
    expect(page.get('h1').text()).toBe('This screen was switched off')
    await page.get('button').trigger('click')
    expect(engine.pairAgain).toHaveBeenCalledOnce()
  })

  it('says what to do without HTTPS', async () => {
    const { text } = await open({}, { phase: 'insecure', board: null })
    expect(text()).toMatch(/https:\/\/\S+:8443\/lobby/)
  })

  it('says that the server is away', async () => {
    const { text, say } = await open({}, { board: null })
    expect(text()).toBe('Getting ready…')
    await say({ trouble: 'away' })
    expect(text()).toContain('The server can’t be reached.')
  })
})
