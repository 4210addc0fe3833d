// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { i18n } from '@/lib/i18n'
import CheckboxField from './CheckboxField.vue'
import DateField from './DateField.vue'
import NumberField from './NumberField.vue'
import TextAreaField from './TextAreaField.vue'
import TextField from './TextField.vue'

const global = { plugins: [i18n] }

/** What a person does who types or pastes: the browser asks first, and then has the text. */
async function insert(input: HTMLInputElement, data: string): Promise<boolean> {
  input.setSelectionRange(input.value.length, input.value.length)
  const before = new InputEvent('beforeinput', { data, cancelable: true, bubbles: true })
  if (!input.dispatchEvent(before)) return false
  input.value += data
  input.dispatchEvent(new InputEvent('input', { bubbles: true }))
  await nextTick()
  return true
}

describe('TextField', () => {
  it('ties label, error and help to the input', async () => {
    const field = mount(TextField, {
      props: { modelValue: 'Ana', label: 'First name', help: 'As on the card' },
      global,
    })
    const input = field.get('input')
    expect(field.get('label').attributes('for')).toBe(input.attributes('id'))
    expect(field.get(`#${input.attributes('aria-describedby')}`).text()).toBe('As on the card')
    expect(input.attributes('aria-invalid')).toBeUndefined()
    await field.setProps({ error: 'Enter a name.' })
    expect(field.get(`#${input.attributes('aria-describedby')}`).text()).toBe('Enter a name.')
    expect(input.attributes('aria-invalid')).toBe('true')
  })
})

describe('TextAreaField', () => {
  it('says how much is left near the end, counting as the server does', async () => {
    const field = mount(TextAreaField, { props: { modelValue: 'a'.repeat(50), label: 'Note', max: 100 }, global })
    expect(field.find('[role=status]').exists()).toBe(false)
    await field.setProps({ modelValue: '😀'.repeat(95) })
    expect(field.get('[role=status]').text()).toBe('5 characters left')
    await field.setProps({ modelValue: 'a'.repeat(101) })
    expect(field.get('[role=status]').text()).toBe('1 character too many')
  })

  it('submits with Ctrl+Enter and leaves Enter to the text', async () => {
    const field = mount(TextAreaField, { props: { modelValue: '', label: 'Note' }, global })
    await field.get('textarea').trigger('keydown', { key: 'Enter' })
    expect(field.emitted('submit')).toBeUndefined()
    await field.get('textarea').trigger('keydown', { key: 'Enter', ctrlKey: true })
    expect(field.emitted('submit')).toHaveLength(1)
  })
})

describe('NumberField', () => {
  function number(props: object) {
    const field = mount(NumberField, {
      props: {
        modelValue: null,
        label: 'Visits',
        'onUpdate:modelValue': (modelValue: number | null) => field.setProps({ modelValue }),
        ...props,
      },
      global,
      attachTo: document.body,
    })
    return { field, input: field.get('input').element }
  }

  it('takes digits, and refuses what is no number before it is there', async () => {
    const { field, input } = number({ min: 0 })
    expect(await insert(input, '1')).toBe(true)
    expect(await insert(input, '2')).toBe(true)
    for (const wrong of ['a', '-', '.', ',', '3 visits']) expect(await insert(input, wrong)).toBe(false)
    expect(field.props('modelValue')).toBe(12)
    expect(await insert(input, '3 ')).toBe(true)
    expect(field.props('modelValue')).toBe(123)
  })

  it('is null when it is emptied, and never because of something unreadable', async () => {
    const { field } = number({ modelValue: 4 })
    expect(field.get('input').element.value).toBe('4')
    await field.get('input').setValue('')
    expect(field.props('modelValue')).toBeNull()
  })

  it('keeps what is being typed as it is written', async () => {
    const { field, input } = number({ decimals: 2 })
    for (const key of ['1', ',', '5']) expect(await insert(input, key)).toBe(true)
    expect([input.value, field.props('modelValue')]).toEqual(['1,5', 1.5])
    await insert(input, '0')
    expect(await insert(input, '0')).toBe(false)
    expect([input.value, field.props('modelValue')]).toEqual(['1,50', 1.5])
    await field.setProps({ modelValue: 2.25 })
    expect(input.value).toBe('2.25')
  })

  it('steps with the arrow keys, within its limits', async () => {
    const { field } = number({ min: 1, max: 3 })
    const press = (key: string) => field.get('input').trigger('keydown', { key })
    await press('ArrowUp')
    expect(field.props('modelValue')).toBe(1)
    for (let times = 0; times < 4; times++) await press('ArrowUp')
    expect(field.props('modelValue')).toBe(3)
    for (let times = 0; times < 4; times++) await press('ArrowDown')
    expect(field.props('modelValue')).toBe(1)
  })

  it('says its limits once the field is left, and lets the number stand', async () => {
    const { field } = number({ min: 1, max: 31 })
    await field.get('input').setValue('40')
    expect(field.text()).not.toContain('from 1 to 31')
    await field.get('input').trigger('blur')
    expect(field.text()).toContain('Enter a number from 1 to 31.')
    expect(field.props('modelValue')).toBe(40)
  })
})

describe('DateField', () => {
  it('hands on whole days as they are, and "" when it is cleared', async () => {
    const field = mount(DateField, { props: { modelValue: '2026-11-24', label: 'Born' }, global })
    expect(field.get('input').element.value).toBe('2026-11-24')
    await field.get('input').setValue('2024-02-29')
    await field.get('input').setValue('')
    expect(field.emitted('update:modelValue')).toEqual([['2024-02-29'], ['']])
  })

  it('does not take half a date for an empty one', async () => {
    const field = mount(DateField, { props: { modelValue: '2026-11-24', label: 'Born' }, global })
    const input = field.get('input')
    Object.defineProperty(input.element, 'validity', { value: { badInput: true } })
    input.element.value = ''
    await input.trigger('input')
    await input.trigger('blur')
    expect(field.emitted('update:modelValue')).toBeUndefined()
    expect(field.text()).toContain('This date is not complete.')
  })
})

describe('CheckboxField', () => {
  it('is pressed by its label and describes what is wrong', async () => {
    const field = mount(CheckboxField, {
      props: { modelValue: false, label: 'Pinned', error: 'No.' },
      global,
      attachTo: document.body,
    })
    field.get('label').element.click()
    expect(field.emitted('update:modelValue')).toEqual([[true]])
    expect(field.get(`#${field.get('input').attributes('aria-describedby')}`).text()).toBe('No.')
  })
})
