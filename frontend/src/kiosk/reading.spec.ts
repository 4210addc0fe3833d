// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest'
import { open, withKiosk } from './opened'

withKiosk()
describe('a reader of cards', () => {
  it('works on any screen that shows something, wherever the focus is', async () => {
    const { engine, scan, tap } = await open()
    await tap('5')
    await scan('KRC-7F3A')
    expect(engine.lookUp).toHaveBeenLastCalledWith({ code: 'KRC-7F3A' }, expect.any(AbortSignal))
  })

  it('presses no button with the key that ends its code', async () => {
    const { engine, scan, button } = await open()
    const key = button('7').element
    key.focus()
    const pressed = vi.fn()
    key.addEventListener('keydown', pressed)
    await scan('KRC-7F3A', 5, key)
    expect(pressed.mock.calls.some(([event]) => (event as KeyboardEvent).key === 'Enter')).toBe(false)
    expect(engine.lookUp).toHaveBeenCalledOnce()
  })

  it('may end its codes with no key at all', async () => {
    const { engine, wait } = await open()
    let timeStamp = performance.now()
    for (const key of 'KRC-7F3A') {
      const event = new KeyboardEvent('keydown', { key, bubbles: true })
      Object.defineProperty(event, 'timeStamp', { value: (timeStamp += 5) })
      document.body.dispatchEvent(event)
    }
    await wait(0.2)
    expect(engine.lookUp).toHaveBeenCalledWith({ code: 'KRC-7F3A' }, expect.any(AbortSignal))
  })

  it('is told from a slow hand, which does nothing', async () => {
    const { engine, scan, page } = await open()
    await scan('5551234567', 200)
    expect(engine.lookUp).not.toHaveBeenCalled()
    expect(page.get('.groups').text()).toBe('')
  })

  it('that reads an address looks nobody up', async () => {
    const { engine, scan, title } = await open()
    await scan('https://example.org/win?phone=5551234567')
    expect(engine.lookUp).not.toHaveBeenCalled()
    expect(title()).toBe('That is not one of our cards')
  })

  it('leaves a form alone', async () => {
    const { engine, scan, tap, title, page } = await open()
    await tap('First time here?')
    const field = page.get('input').element as HTMLInputElement
    field.focus()
    // As a browser does it with the keys before the last one.
    field.value = 'Ana KRC-7F3A'
    await scan('KRC-7F3A', 5, field)
    expect(engine.lookUp).not.toHaveBeenCalled()
    expect(title()).toBe('Welcome! Who are you?')
    expect(field.value).toBe('Ana ')
    expect(engine.walkIn).not.toHaveBeenCalled()
  })
})
