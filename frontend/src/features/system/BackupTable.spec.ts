// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { i18n } from '@/lib/i18n'
import '@/lib/i18n/settings'
import type { Backup } from './backupProgress'
import BackupTable from './BackupTable.vue'

vi.mock('@/lib/graphql', () => ({ execute: vi.fn() }))

const backup = (changes: Partial<Backup>): Backup => ({
  __typename: 'Backup',
  id: 'b1',
  fileName: 'krc-2026-11-24-nightly.backup',
  why: 'nightly',
  madeAt: '2026-11-24T11:10:00Z',
  sizeBytes: 3_210_000,
  totalRows: 12_345,
  provenAt: '2026-11-24T11:11:00Z',
  problem: null,
  ...changes,
})
const text = (changes: Partial<Backup>) =>
  mount(BackupTable, { props: { backups: [backup(changes)] }, global: { plugins: [i18n] } })
    .find('tbody')
    .text()

it('shows what a backup is and that it is proven', () => {
  const shown = text({})
  for (const part of ['krc-2026-11-24-nightly.backup', 'Nightly', '3.2 MB', '12,345', 'Proven']) {
    expect(shown).toContain(part)
  }
})

it('tells one that is not proven yet from one that does not count, and from none at all', () => {
  expect(text({ provenAt: null })).toContain('Not proven yet')
  const bad = text({ provenAt: null, problem: 'The table clients has 2 rows less.' })
  expect(bad).toContain('Does not count')
  expect(bad).toContain('2 rows less')
  const missing = text({ sizeBytes: 0, totalRows: 0, provenAt: null, problem: 'The disk is full.' })
  expect(missing).toContain('Could not be made')
  expect(missing).toContain('The disk is full.')
  expect(missing).not.toContain('krc-2026')
})

it('shows a reason that it has no words for as it is', () => {
  expect(text({ why: 'before-fair' })).toContain('before-fair')
})
