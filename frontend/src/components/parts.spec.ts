// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { i18n } from '@/lib/i18n'
import ConfirmDialog from './ConfirmDialog.vue'
import DisclosurePanel from './DisclosurePanel.vue'
import HeatMap from './HeatMap.vue'
import MenuButton from './MenuButton.vue'
import MeterBar from './MeterBar.vue'
import ProgressBar from './ProgressBar.vue'

const global = { plugins: [i18n] }
afterEach(() => (document.body.innerHTML = ''))

describe('ConfirmDialog', () => {
  async function ask(props: object = {}) {
    const asked = mount(ConfirmDialog, {
      props: { open: false, title: 'Erase Ana Ávila?', confirm: 'Erase', ...props },
      global,
      attachTo: document.body,
    })
    await asked.setProps({ open: true })
    await flushPromises()
    const form = document.querySelector('form')!
    const submit = async () => {
      form.dispatchEvent(new Event('submit', { cancelable: true }))
      await flushPromises()
    }
    return { asked, submit }
  }

  it('asks for the words, and does nothing without them', async () => {
    const { asked, submit } = await ask({ typed: 'Ana Ávila', danger: true })
    await submit()
    expect(asked.emitted('confirm')).toBeUndefined()
    expect(document.body.textContent).toContain('That is not “Ana Ávila”.')
    const input = document.querySelector('input')!
    input.value = ' ana  ávila '
    input.dispatchEvent(new Event('input'))
    await submit()
    expect(asked.emitted('confirm')).toHaveLength(1)
  })

  it('says what went wrong and stays', async () => {
    const { asked, submit } = await ask()
    await submit()
    await asked.setProps({ busy: true })
    await submit()
    expect(asked.emitted('confirm')).toHaveLength(1)
    await asked.setProps({ busy: false, problem: 'They have visits of today.' })
    expect(document.querySelector('[role=alert]')!.textContent).toBe('They have visits of today.')
  })
})

describe('bars', () => {
  it('tell progress in figures, and that something runs while nothing is counted', async () => {
    const bar = mount(ProgressBar, { props: { label: 'Tagging', value: 1200, max: 4000 }, global })
    const shown = bar.get('[role=progressbar]')
    expect(shown.attributes()).toMatchObject({
      'aria-valuenow': '1200',
      'aria-valuemax': '4000',
      'aria-valuetext': '1,200 of 4,000',
    })
    await bar.setProps({ value: null })
    expect(shown.attributes('aria-valuenow')).toBeUndefined()
    expect(bar.text()).toContain('Working…')
  })

  it('say what is used, also beyond what is allowed', async () => {
    const bar = mount(MeterBar, { props: { label: 'Visits', used: 9, allowed: 10 }, global })
    expect(bar.text()).toContain('9 of 10 used')
    await bar.setProps({ used: 12 })
    expect(bar.text()).toContain('12 of 10 used · 2 more than allowed')
    expect(bar.get('[role=meter]').attributes('aria-valuenow')).toBe('10')
    await bar.setProps({ allowed: null })
    expect(bar.text()).toContain('12 used')
    expect(bar.find('[role=meter]').exists()).toBe(false)
  })
})

describe('HeatMap', () => {
  it('is a table with headings, and each cell says its count', () => {
    const counts: Record<string, number> = { 'mon 9': 4, 'mon 10': 1, 'tue 9': 0 }
    const map = mount(HeatMap, {
      props: {
        caption: 'Visits by weekday and hour',
        columns: [
          { key: '9', label: '9:00' },
          { key: '10', label: '10:00', short: '' },
        ],
        rows: [
          { key: 'mon', label: 'Monday' },
          { key: 'tue', label: 'Tuesday' },
        ],
        value: (row, column) => counts[`${row} ${column}`] ?? null,
        describe: (row, column, count) => `${row} ${column}: ${count}`,
      },
      global,
    })
    expect(map.get('caption').text()).toBe('Visits by weekday and hour')
    expect(map.findAll('th[scope=col]').map((each) => each.text())).toEqual(['9:00', '10:00'])
    const cells = map.findAll('td[title]')
    expect(cells.map((cell) => [cell.attributes('title'), cell.text()])).toEqual([
      ['mon 9: 4', '4'],
      ['mon 10: 1', '1'],
      ['tue 9: 0', '0'],
    ])
    expect(cells.map((cell) => cell.classes().find((name) => name.startsWith('bg-')))).toEqual([
      'bg-(--heat-4)',
      'bg-(--heat-1)',
      'bg-(--heat-0)',
    ])
  })
})

describe('MenuButton', () => {
  it('is named, opens with the keyboard and runs what is chosen', async () => {
    let ran = 0
    const menu = mount(MenuButton, {
      props: {
        items: [
          { key: 'archive', label: 'Archive', run: () => ran++ },
          { key: 'no', label: 'Never', disabled: true, run: () => (ran = 99) },
        ],
      },
      global,
      attachTo: document.body,
    })
    const button = menu.get('button')
    expect(button.attributes('aria-label')).toBe('More actions')
    await button.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    const items = [...document.querySelectorAll<HTMLElement>('[role=menuitem]')]
    expect(items.map((item) => item.textContent.trim())).toEqual(['Archive', 'Never'])
    items[1]!.click()
    items[0]!.click()
    await new Promise((resolve) => setTimeout(resolve))
    expect(ran).toBe(1)
  })
})

describe('DisclosurePanel', () => {
  it('follows its model and tells when it is opened', async () => {
    const panel = mount(DisclosurePanel, {
      props: { title: 'Guardian', open: false },
      slots: { default: 'who' },
      global,
    })
    expect(panel.get('details').element.open).toBe(false)
    await panel.setProps({ open: true })
    expect(panel.get('details').element.open).toBe(true)
    panel.get('details').element.open = false
    await panel.get('details').trigger('toggle')
    expect(panel.emitted('update:open')!.at(-1)).toEqual([false])
  })
})
