// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { i18n } from '@/lib/i18n'
import ComboField from './ComboField.vue'
import MultiSelect from './MultiSelect.vue'

const options = [
  { value: 'a', label: 'Núñez Family' },
  { value: 'b', label: 'Okafor', detail: 'coordinator' },
  { value: 'c', label: 'Ortega', colour: 'teal' },
]
const global = { plugins: [i18n] }

function combo(props: object = {}) {
  const field = mount(ComboField, {
    props: {
      modelValue: null,
      label: 'Who',
      options,
      'onUpdate:modelValue': (modelValue) => field.setProps({ modelValue }),
      ...props,
    },
    global,
    attachTo: document.body,
  })
  return field
}

function many(props: object = {}) {
  const field = mount(MultiSelect, {
    props: {
      modelValue: [],
      label: 'Tags',
      options,
      'onUpdate:modelValue': (modelValue) => field.setProps({ modelValue }),
      ...props,
    },
    global,
    attachTo: document.body,
  })
  return field
}
const shown = (field: ReturnType<typeof combo> | ReturnType<typeof many>) =>
  field.findAll('[role=option]').map((option) => option.get('span > span').text())

describe('ComboField', () => {
  it('filters by any word without accents, and Enter takes the one that the arrows reached', async () => {
    const field = combo()
    const input = field.get('input')
    await input.setValue('family nun')
    expect(field.findAll('[role=option]')).toHaveLength(1)
    await input.setValue('o')
    expect(field.findAll('[role=option]')).toHaveLength(2)
    await input.trigger('keydown', { key: 'ArrowDown' })
    const reached = field.get(`#${input.attributes('aria-activedescendant')}`)
    expect(reached.text()).toBe('Ortega')
    await input.trigger('keydown', { key: 'Enter' })
    expect(field.props('modelValue')).toBe('c')
    expect(input.element.value).toBe('Ortega')
    expect(input.attributes('aria-expanded')).toBe('false')
  })

  it('says again what is chosen when the field is left, and Escape closes the list alone', async () => {
    const field = combo({ modelValue: 'b' })
    await field.vm.$nextTick()
    const input = field.get('input')
    expect(input.element.value).toBe('Okafor')
    await input.setValue('xyz')
    expect(field.text()).toContain('Nothing matches “xyz”.')
    let outside = 0
    document.body.addEventListener('keydown', () => outside++, { once: true })
    await input.trigger('keydown', { key: 'Escape' })
    expect(outside).toBe(0)
    expect(input.element.value).toBe('Okafor')
    await input.setValue('ort')
    await input.trigger('blur')
    expect([input.element.value, field.props('modelValue')]).toEqual(['Okafor', 'b'])
  })

  it('leaves filtering to the server where it searches, and clears', async () => {
    const field = combo({ searched: true, clearable: true, modelValue: 'a' })
    await field.get('input').setValue('anything')
    expect(field.emitted('search')).toEqual([['anything']])
    expect(field.findAll('[role=option]')).toHaveLength(3)
    await field.get('button').trigger('click')
    expect(field.props('modelValue')).toBeNull()
  })
})

describe('MultiSelect', () => {
  it('adds by typing, takes out with its button and with Backspace', async () => {
    const field = many()
    const input = field.get('input')
    await input.setValue('ort')
    await input.trigger('keydown', { key: 'Enter' })
    await input.trigger('keydown', { key: 'Enter' })
    expect(field.props('modelValue')).toEqual(['c', 'a'])
    expect(shown(field)).toEqual(['Okafor'])
    await field.get('[aria-label="Remove Ortega"]').trigger('click')
    expect(field.props('modelValue')).toEqual(['a'])
    await input.trigger('keydown', { key: 'Backspace' })
    expect(field.props('modelValue')).toEqual([])
  })

  it('offers to make what is not there, and not what is', async () => {
    const field = many({ makes: true })
    const input = field.get('input')
    await input.setValue('ortega')
    expect(field.text()).not.toContain('Make')
    await input.setValue('Regulars')
    expect(field.get('[role=option]').text()).toBe('Make “Regulars”')
    await input.trigger('keydown', { key: 'Enter' })
    expect(field.emitted('make')).toEqual([['Regulars']])
    expect(input.element.value).toBe('')
  })
})
