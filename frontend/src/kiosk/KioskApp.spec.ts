// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { open, withKiosk } from './opened'
import { people, person, said } from './steps/fakes'

withKiosk()
const NUMBER = [...'5551234567']

describe('checking in', () => {
  it('takes a number and two taps, says so, and is gone after 5 seconds', async () => {
    const { engine, tap, title, wait, page, sounds } = await open()
    engine.lookUp.mockResolvedValue(people(person('Quetzalli')))
    engine.press.mockResolvedValue(said('checkedIn', true, 'Welcome back, Quetzalli!'))
    await tap(...NUMBER, 'Next')
    expect(engine.lookUp).toHaveBeenCalledWith({ phone: '5551234567' }, expect.any(AbortSignal))
    expect(title()).toBe('Quetzalli Q.')
    await tap('Check in')
    expect(title()).toBe('You’re checked in!')
    expect(page.text()).toContain('Welcome back, Quetzalli!')
    expect(sounds.play).toHaveBeenCalledExactlyOnceWith('good')
    await wait(4.9)
    expect(title()).toBe('You’re checked in!')
    await wait(0.2)
    expect(title()).toContain('Type your phone number')
  })

  it('presses once, however often it is tapped', async () => {
    const { engine, tap, button } = await open()
    engine.lookUp.mockResolvedValue(people(person('Ana'), person('Kai')))
    engine.press.mockReturnValue(new Promise(() => {}))
    await tap('5', 'Next')
    const ana = button('Ana Q.')
    for (let taps = 0; taps < 10; taps++) ana.element.click()
    await flushPromises()
    expect(engine.press).toHaveBeenCalledOnce()
  })

  it('shows nothing of anybody while a number is typed', async () => {
    const { engine, tap } = await open()
    await tap(...NUMBER)
    expect(engine.lookUp).not.toHaveBeenCalled()
  })

  it('says saved, and not verified, before the server has answered', async () => {
    const { engine, tap, page, title } = await open()
    engine.tell({ online: false, queued: 3 })
    engine.lookUp.mockResolvedValue(people(person(null)))
    engine.press.mockResolvedValue(said('saved', false))
    await tap('5', 'Next')
    expect(title()).toBe('Is this you?')
    expect(page.text()).toContain('Cat, red')
    expect(page.text()).toContain('3 saved here')
    await tap('Check in')
    expect(title()).toBe('Saved')
    expect(page.get('main').text()).toContain('It will be confirmed')
    expect(page.get('main').text()).not.toMatch(/verified|is confirmed|checked in/i)
    expect(page.find('.drawn').exists()).toBe(false)
  })

  it('keeps a press with the number itself when nobody can be looked up', async () => {
    const { engine, tap, page } = await open()
    engine.lookUp.mockResolvedValue({ kind: 'unlisted' })
    engine.press.mockResolvedValue(said('saved', false))
    await tap(...NUMBER, 'Next', 'Check in')
    expect(engine.press).toHaveBeenCalledExactlyOnceWith({ credential: { phone: '5551234567' } })
    expect(page.text()).toContain('Please tell the desk your name.')
  })

  it('sends somebody unknown to the desk, and what failed as well', async () => {
    const { engine, tap, title } = await open()
    await tap('5', 'Next')
    expect(title()).toBe('Please see the desk')
    engine.lookUp.mockRejectedValue(new Error('odd'))
    await tap('Close', '5', 'Next')
    expect(title()).toBe('Please see the desk')
  })
})

describe('comfort', () => {
  it('is from the moment that somebody is known, on the last screen too', async () => {
    const { engine, scan, title, sounds } = await open()
    const comfort = { language: 'es', largeText: true, noSound: true, noMotion: true } as const
    engine.lookUp.mockResolvedValue(people(person('Ana', comfort)))
    await scan('KRC-7F3A')
    expect(title()).toBe('¡Listo! Ya se registró')
    const root = document.documentElement
    expect([root.lang, root.hasAttribute('data-large'), root.hasAttribute('data-still')]).toEqual(['es', true, true])
    expect(sounds.play).not.toHaveBeenCalled()
  })

  it('makes no sound where the centre wants none', async () => {
    const { engine, scan, sounds } = await open({ sound: false })
    engine.lookUp.mockResolvedValue(people(person('Ana')))
    await scan('KRC-7F3A')
    expect(sounds.play).not.toHaveBeenCalled()
  })
})

describe('languages', () => {
  it('are both greeted in, and switched by their own name', async () => {
    const { page, tap, title, wait } = await open()
    expect(title()).toBe('Hi! Type your phone number')
    expect(page.get('[lang=es].other').text()).toBe('¡Hola! Escriba su número de teléfono')
    await tap('Español')
    expect(title()).toBe('¡Hola! Escriba su número de teléfono')
    expect(document.documentElement.lang).toBe('es')
    await wait(20.1)
    expect(title()).toBe('Hi! Type your phone number')
  })

  it('are one where the centre has one', async () => {
    const { page, title } = await open({ languages: ['es'], defaultLanguage: 'es' })
    expect(title()).toBe('¡Hola! Escriba su número de teléfono')
    expect(page.text()).not.toContain('English')
    expect(page.text()).not.toContain('Type your')
  })
})

describe('a first visit', () => {
  it('needs a name, and shows what the server finds wrong beside its field', async () => {
    const { engine, tap, page, title } = await open()
    await tap('First time here?')
    await page.get('form').trigger('submit')
    expect(engine.walkIn).not.toHaveBeenCalled()
    expect(document.activeElement!.id).toBe('walk-in-firstName')
    await page.get('#walk-in-firstName').setValue(' Ana ')
    await page.get('#walk-in-lastName').setValue('Quill')
    engine.walkIn.mockResolvedValueOnce({ kind: 'wrong', fields: { phone: 'This is no phone number.' } })
    await page.get('form').trigger('submit')
    await flushPromises()
    const sent = { firstName: 'Ana', lastName: 'Quill', phone: '', email: '', language: 'en' }
    expect(engine.walkIn).toHaveBeenCalledWith(sent)
    expect(page.get('#walk-in-phone-wrong').text()).toBe('This is no phone number.')
    expect((page.get('#walk-in-firstName').element as HTMLInputElement).value).toBe(' Ana ')
    engine.walkIn.mockResolvedValueOnce({ kind: 'taken', sentence: 'Please sit down.' })
    await page.get('form').trigger('submit')
    await flushPromises()
    expect(title()).toBe('Welcome!')
    expect(page.text()).toContain('Please sit down.')
  })

  it('is not offered where the centre doesn’t want it', async () => {
    expect((await open({ walkIn: false })).page.text()).not.toContain('First time here?')
  })
})

describe('leaving', () => {
  it('takes the PIN and shows no digit of it', async () => {
    const { engine, tap, page, title } = await open()
    await tap('For staff', '4', '3', '2', '1')
    expect(page.get('main').text()).not.toContain('4321')
    await tap('Unlock')
    expect(page.text()).toContain('That was not right.')
    engine.mayLeave.mockResolvedValue(true)
    await tap('1', '2', '3', '4', 'Unlock')
    expect(engine.mayLeave).toHaveBeenLastCalledWith('1234')
    expect(title()).toBe('Unlocked')
    await tap('Back to the kiosk')
    expect(title()).toContain('Type your phone number')
  })

  it('explains the staff’s code where no PIN is set, and takes it from the reader', async () => {
    const { engine, tap, page, scan, title } = await open({ hasPin: false })
    engine.mayLeave.mockResolvedValue(true)
    await tap('For staff')
    expect(page.text()).toContain('Scan the staff code')
    expect(page.find('.pad').exists()).toBe(false)
    await scan('krc-exit-0123456789')
    expect(engine.mayLeave).toHaveBeenCalledExactlyOnceWith('krc-exit-0123456789')
    expect(title()).toBe('Unlocked')
  })
})

describe('the kiosk itself', () => {
  it('shows its code to pair with, and asks for another one when that is over', async () => {
    const { engine, page, wait } = await open()
    engine.tell({ phase: 'pairing', settings: null, pairing: { code: 'ABCDEFGH', endsAt: Date.now() + 90_000 } })
    // Its screen is loaded when it is needed.
    await vi.waitFor(() => expect(page.find('.code').text()).toBe('ABCD-EFGH'))
    expect(page.text()).toContain('Good for another 2 minutes.')
    await wait(91)
    expect(page.find('.code').exists()).toBe(false)
    await page.get('.press.main').trigger('click')
    expect(engine.pairAgain).toHaveBeenCalledOnce()
  })

  it('says what to do without HTTPS', async () => {
    const { engine, title, page } = await open()
    engine.tell({ phase: 'insecure', settings: null })
    await flushPromises()
    expect(title()).toBe('This page needs a secure address')
    expect(page.text()).toContain('https://')
  })

  it('looks for a newer page only while nobody is there', async () => {
    const { engine, updates, tap, wait } = await open()
    engine.tell({ outdated: true })
    await tap('5')
    await wait(15)
    expect(updates.idle).not.toHaveBeenCalled()
    await wait(5.1)
    await wait(10)
    expect(updates.idle).toHaveBeenCalledExactlyOnceWith(true)
  })

  it('looks for a newer page where an old one can’t be paired, and takes no code away that can', async () => {
    const { engine, updates, wait } = await open()
    engine.tell({ phase: 'pairing', pairing: { code: 'ABCDEFGH', endsAt: Date.now() + 600_000 } })
    await wait(11)
    expect(updates.idle).not.toHaveBeenCalled()
    engine.tell({ trouble: 'outdated', outdated: true })
    await wait(11)
    expect(updates.idle).toHaveBeenCalledExactlyOnceWith(true)
  })

  it('moves the focus to each screen’s title, and tells a result to who listens', async () => {
    const { engine, tap, page } = await open()
    await tap('5', 'Next')
    expect(document.activeElement).toBe(page.get('h1').element)
    expect(page.get('p.unseen[role=status]:last-of-type').text()).toContain('Please see the desk')
    expect(engine.lookUp).toHaveBeenCalledOnce()
  })

  it('wears the centre’s colours', async () => {
    await open({ accentLight: '#00695c', accentDark: '#80cbc4' })
    expect(document.documentElement.style.getPropertyValue('--own-accent-light')).toBe('#00695c')
  })
})
