// @vitest-environment happy-dom
import { mount, RouterLinkStub } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { i18n } from '@/lib/i18n'
import '@/lib/i18n/settings'
import AdoptionRun from './AdoptionRun.vue'

vi.mock('@/lib/graphql', () => ({ execute: vi.fn() }))

const run = {
  __typename: 'Adoption' as const,
  id: 'a1',
  shape: 'models',
  origin: 'db.example.test/crm',
  startedAt: '2026-11-24T11:10:00Z',
  finishedAt: '2026-11-24T11:11:30Z',
  lines: [
    { __typename: 'AdoptionLine' as const, part: 'clients', read: 1200, copied: 1190, joined: 1, already: 2, aside: 7 },
    { __typename: 'AdoptionLine' as const, part: 'odd_table', read: 3, copied: 3, joined: 0, already: 0, aside: 0 },
  ],
  reasons: [
    {
      __typename: 'AdoptionReason' as const,
      part: 'clients.phone',
      outcome: 'CHANGED' as const,
      reason: 'needs_fixing',
      count: 4,
    },
    {
      __typename: 'AdoptionReason' as const,
      part: 'clients',
      outcome: 'ASIDE' as const,
      reason: 'brand_new',
      count: 7,
    },
  ],
}
const show = (changes: Partial<typeof run> = {}) =>
  mount(AdoptionRun, {
    props: { run: { ...run, ...changes } },
    global: { plugins: [i18n], stubs: { RouterLink: RouterLinkStub } },
  })

it('shows the counts of every part, in words where there are some', () => {
  const shown = show()
  const rows = shown
    .findAll('tbody tr')
    .map((row) => [row.find('th').text(), ...row.findAll('td').map((at) => at.text())])
  expect(rows[0]![0]).toBe('Clients')
  expect(rows[0]!.slice(1).map((cell) => cell.replace(/^\D*/, ''))).toEqual(['1,200', '1,190', '1', '2', '7'])
  expect(rows[1]![0]).toBe('odd table')
  expect(shown.text()).toContain('took 90 seconds')
})

it('leads from each reason to its rows, also from one that it does not know', () => {
  const shown = show()
  const links = shown.findAllComponents(RouterLinkStub)
  expect(links.map((link) => (link.props('to') as { query: unknown }).query)).toEqual([
    { run: 'a1', part: 'clients', reason: 'brand_new' },
    { run: 'a1', part: 'clients.phone', reason: 'needs_fixing' },
  ])
  expect(links[0]!.text()).toBe('brand new')
  expect(links[1]!.text()).toContain('kept as it was written')
  expect(shown.text()).toContain('Phones of clients')
})

it('says so when nothing is left to explain', () => {
  expect(show({ reasons: [] }).text()).toContain('Everything was copied as it was.')
})
