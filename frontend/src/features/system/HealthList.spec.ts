// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { i18n } from '@/lib/i18n'
import '@/lib/i18n/settings'
import HealthList from './HealthList.vue'

it('says of each part in a word how it is, and what to do where it is not well', () => {
  const health = {
    __typename: 'Health',
    database: 'OK',
    redis: 'DOWN',
    worker: 'SILENT',
    scheduler: 'OK',
    revision: null,
    version: '1',
  } as const
  const shown = mount(HealthList, { props: { health }, global: { plugins: [i18n] } })
  const lines = shown.findAll('dd').map((line) => line.text())
  expect(lines.map((line) => line.split(/(?<=[a-z])(?=The )/)[0]!.trim())).toEqual([
    'Works',
    'Can’t be reached',
    'No sign of life',
    'Works',
  ])
  expect(lines[1]).toContain('just doctor')
  expect(lines[2]).toContain('The desk goes on')
})
