// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { Failure } from '@/lib/graphql/failures'
import { i18n } from '@/lib/i18n'
import type { Attempt } from './attempts'
import UnsentNotice from './UnsentNotice.vue'

vi.mock('@/lib/graphql', async () => ({ ...(await import('@/lib/graphql/failures')), execute: vi.fn() }))

const attempt = (displayName: string, changes: Partial<Attempt>) =>
  ({ requestId: displayName, person: { id: 'c', displayName }, at: Date.now(), failure: null, ...changes }) as Attempt
const away = attempt('Ana', { phase: 'failed', failure: new Failure('NETWORK', '') })
const forbidden = attempt('Bo', { phase: 'failed', failure: new Failure('NOT_ALLOWED', '') })
const refused = attempt('', { phase: 'refused' })
const late = attempt('Kai', { phase: 'late' })

function show(unsent: Attempt[], others = 0) {
  return mount(UnsentNotice, { props: { unsent, others }, global: { plugins: [i18n] } })
}

describe('UnsentNotice', () => {
  it('tells what waits from what went wrong after all', async () => {
    const notice = show([away, forbidden, refused, late])
    expect(notice.get('[role=status]').text()).toMatch(/Not confirmed yet:\s+Ana/)
    const lines = notice.findAll('li').map((line) => line.text())
    expect(lines).toEqual([
      expect.stringMatching('Bo · Not confirmed yet'),
      expect.stringMatching('A client · Not checked in'),
      expect.stringMatching('Kai · Not sent in time'),
    ])
    await notice.get('button[aria-label="Look at the check-in of Kai"]').trigger('click')
    expect(notice.emitted('look')).toEqual([[late]])
    await notice.get('button[aria-label="Forget the check-in of Bo"]').trigger('click')
    expect(notice.emitted('forget')).toEqual([[forbidden]])
  })

  it('says how many wait for somebody else, and nothing when all is sent', () => {
    expect(show([], 2).text()).toContain('2 check-ins of other accounts wait on this device.')
    expect(show([]).text()).toBe('')
  })
})
