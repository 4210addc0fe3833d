// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Failure } from '@/lib/graphql/failures'
import { i18n } from '@/lib/i18n'
import LoginForm from './LoginForm.vue'

const { execute, adopt } = vi.hoisted(() => ({ execute: vi.fn(), adopt: vi.fn() }))
vi.mock('@/lib/graphql', async () => ({ ...(await import('@/lib/graphql/failures')), execute, session: { adopt } }))

async function submit(identifier: string, password: string) {
  const form = mount(LoginForm, { global: { plugins: [i18n] }, attachTo: document.body })
  const [name, secret] = form.findAll('input')
  await name!.setValue(identifier)
  await secret!.setValue(password)
  await form.find('form').trigger('submit')
  await flushPromises()
  return { form, name: name!.element, secret: secret!.element }
}

describe('LoginForm', () => {
  beforeEach(() => {
    execute.mockReset()
    adopt.mockReset()
  })

  it('signs in with what was typed, without the blanks around the name', async () => {
    const grant = { __typename: 'SessionStarted' }
    execute.mockResolvedValue({ login: grant })
    const { form } = await submit(' robin ', ' secret ')
    expect(execute.mock.calls[0]![1]).toEqual({ input: { identifier: 'robin', password: ' secret ' } })
    expect(adopt).toHaveBeenCalledExactlyOnceWith(grant)
    expect(form.emitted('done')).toHaveLength(1)
  })

  it('says that the password is wrong, and keeps what was typed', async () => {
    execute.mockResolvedValue({
      login: { __typename: 'LoginRefused', code: 'WRONG_CREDENTIALS', message: 'x', retryAfterSeconds: null },
    })
    const { form, name, secret } = await submit('robin', 'nope')
    expect(form.get('[role=alert]').text()).toContain('password is wrong')
    expect([name.value, secret.value]).toEqual(['robin', 'nope'])
    expect(document.activeElement).toBe(secret)
  })

  it('waits when there were too many tries', async () => {
    execute.mockResolvedValue({
      login: { __typename: 'LoginRefused', code: 'TOO_MANY_TRIES', message: 'x', retryAfterSeconds: 75 },
    })
    const { form } = await submit('robin', 'nope')
    expect(form.get('[type=submit]').text()).toBe('Try again in 1:15')
    expect(form.get('[role=alert]').text()).toContain('Too many tries')
    await form.find('form').trigger('submit')
    expect(execute).toHaveBeenCalledTimes(1)
  })

  it('asks for what is missing before it asks the server', async () => {
    const { form } = await submit('  ', '')
    expect(form.text()).toContain('Enter your email or username.')
    expect(form.find('input').attributes('aria-invalid')).toBe('true')
    expect(execute).not.toHaveBeenCalled()
  })

  async function challenged() {
    execute.mockResolvedValueOnce({ login: { __typename: 'SecondFactorNeeded', challenge: 'held' } })
    const { form } = await submit('robin', 'secret')
    await vi.waitFor(() => expect(form.find('input').attributes('autocomplete')).toBe('one-time-code'))
    return form
  }

  it('asks for the code after the password, and signs in with it', async () => {
    const form = await challenged()
    expect(form.findAll('input')).toHaveLength(1)
    expect(document.activeElement).toBe(form.get('input').element)
    expect(adopt).not.toHaveBeenCalled()
    const grant = { __typename: 'SessionStarted' }
    execute.mockResolvedValueOnce({ completeLogin: grant })
    await form.get('input').setValue('123 456')
    await form.get('form').trigger('submit')
    await flushPromises()
    expect(execute.mock.calls[1]![1]).toEqual({ input: { challenge: 'held', code: '123456' } })
    expect(adopt).toHaveBeenCalledExactlyOnceWith(grant)
    expect(form.emitted('done')).toHaveLength(1)
  })

  it('sends nothing that is no code', async () => {
    const form = await challenged()
    await form.get('input').setValue('12345')
    await form.get('form').trigger('submit')
    expect(form.text()).toContain('six digits')
    expect(execute).toHaveBeenCalledTimes(1)
  })

  it('takes a recovery code instead', async () => {
    const form = await challenged()
    await form.get('button[type=button]').trigger('click')
    await flushPromises()
    execute.mockResolvedValueOnce({
      completeLogin: { __typename: 'LoginRefused', code: 'WRONG_CODE', message: 'x', retryAfterSeconds: null },
    })
    await form.get('input').setValue('abcde-fghij')
    await form.get('form').trigger('submit')
    await flushPromises()
    expect(execute.mock.calls[1]![1]).toEqual({ input: { challenge: 'held', recoveryCode: 'abcdefghij' } })
    expect(form.get('[role=alert]').text()).toContain('recovery code is wrong')
  })

  it('goes back to the password when the challenge is over', async () => {
    const form = await challenged()
    execute.mockResolvedValueOnce({
      completeLogin: { __typename: 'LoginRefused', code: 'CHALLENGE_OVER', message: 'x', retryAfterSeconds: null },
    })
    await form.get('input').setValue('123456')
    await form.get('form').trigger('submit')
    await flushPromises()
    expect(form.get('[role=alert]').text()).toContain('Enter your password again')
    const [name, secret] = form.findAll('input')
    expect([name!.element.value, secret!.element.value]).toEqual(['robin', ''])
    expect(document.activeElement).toBe(secret!.element)
  })

  it('shows what went wrong on the way, with the id of the request', async () => {
    execute.mockRejectedValue(new Failure('INTERNAL', 'boom', 'req-1'))
    const { form } = await submit('robin', 'secret')
    expect(form.get('[role=alert]').text()).toContain('req-1')
    expect(form.get('[role=alert]').text()).not.toContain('boom')
  })
})
