// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { open, withKiosk } from './opened'
import { people, person, said } from './steps/fakes'

withKiosk()
describe('nothing of the last person', () => {
  const NAME = 'Quetzalli'
  const somebody = person(NAME, { language: 'es', largeText: true, noMotion: true })

  it.each([
    ['alone', people(somebody), ['5', 'Next']],
    ['in a family', people(somebody, person('Kai')), ['5', 'Next']],
    ['at the end', people(somebody), ['5', 'Next', 'Registrarme']],
  ])('is left after 20 seconds: %s', async (_, found, taps) => {
    const { engine, tap, page, wait } = await open()
    engine.lookUp.mockResolvedValue(found)
    engine.press.mockResolvedValue(said('askStaff', true, `Hola ${NAME}`))
    await tap(...taps.slice(0, 2))
    await tap(...taps.slice(2))
    expect(document.documentElement.outerHTML).toContain(NAME)
    expect(traces(page.vm.$, NAME)).not.toEqual([])
    const { length } = history
    await wait(20.1)
    expect(document.documentElement.outerHTML).not.toContain(NAME)
    expect(document.documentElement.hasAttribute('data-large')).toBe(false)
    expect(document.documentElement.hasAttribute('data-still')).toBe(false)
    expect(document.documentElement.lang).toBe('en')
    expect(traces(page.vm.$, NAME)).toEqual([])
    expect(traces({ ...localStorage, ...sessionStorage }, NAME)).toEqual([])
    expect(history.length).toBe(length)
    expect(location.href).not.toMatch(/Quetzalli|handle/)
  })

  it('is left by the form of a first visit', async () => {
    const { tap, page, wait } = await open()
    await tap('First time here?')
    await page.get('#walk-in-firstName').setValue(NAME)
    expect(page.findAll('form input').every((input) => input.attributes('autocomplete') === 'off')).toBe(true)
    await wait(20.1)
    expect(traces(page.vm.$, NAME)).toEqual([])
    await tap('First time here?')
    expect((page.get('#walk-in-firstName').element as HTMLInputElement).value).toBe('')
  })

  it('is left by a code that was typed', async () => {
    const { tap, page, wait, engine } = await open()
    await tap('Scan my card')
    await vi.dynamicImportSettled()
    await flushPromises()
    await tap('Type the code')
    await page.get('form input').setValue('K7XP-4RMD')
    await page.get('form').trigger('submit')
    expect(engine.lookUp).toHaveBeenCalledWith({ code: 'K7XP-4RMD' }, expect.any(AbortSignal))
    await wait(20.1)
    expect(traces(page.vm.$, 'K7XP')).toEqual([])
  })

  it('ends a look-up that they did not wait for', async () => {
    const { engine, tap, wait } = await open()
    engine.lookUp.mockReturnValue(new Promise(() => {}))
    await tap('5', 'Next')
    const signal = engine.lookUp.mock.calls[0]![1]!
    expect(signal.aborted).toBe(false)
    await wait(20.1)
    expect(signal.aborted).toBe(true)
  })

  it('stays for whoever still touches the screen', async () => {
    const { tap, wait, page } = await open()
    await tap('5')
    await wait(15)
    window.dispatchEvent(new Event('pointerdown'))
    await wait(15)
    expect(page.get('.groups').text()).toBe('5')
    await wait(5.1)
    expect(page.get('.groups').text()).toBe('')
  })

  it('is left when the kiosk is revoked', async () => {
    const { engine, tap, page, title } = await open()
    engine.lookUp.mockResolvedValue(people(person('Quetzalli')))
    await tap('5', 'Next')
    engine.tell({ phase: 'revoked', settings: null })
    await flushPromises()
    expect(title()).toBe('This kiosk was switched off')
    expect(traces(page.vm.$, 'Quetzalli')).toEqual([])
    await tap('Pair again')
    expect(engine.pairAgain).toHaveBeenCalledOnce()
  })
})

/** Where a text can be reached from here, as a debugger would find it in memory. */
function traces(root: unknown, text: string): string[] {
  const seen = new Set<unknown>()
  const found: string[] = []
  const queue: { value: unknown; path: string }[] = [{ value: root, path: '' }]
  for (const { value, path } of queue) {
    if (typeof value === 'string' && value.includes(text)) found.push(path)
    if (typeof value !== 'object' || value === null || seen.has(value)) continue
    seen.add(value)
    // The document is searched as such; what the tests' own engine answers is not the page's.
    if (value instanceof Node || value === window || (value as { lookUp?: unknown }).lookUp) continue
    if (value instanceof Map || value instanceof Set) queue.push({ value: [...value], path: `${path}[…]` })
    for (const key of Reflect.ownKeys(value)) {
      const property = Object.getOwnPropertyDescriptor(value, key)
      // What templates see is the same again, and says so when it is listed.
      if (key === 'proxy' || key === 'withProxy') continue
      if (property && 'value' in property) queue.push({ value: property.value, path: `${path}.${String(key)}` })
    }
  }
  return found
}
