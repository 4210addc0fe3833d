// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { Failure } from '@/lib/graphql/failures'
import { i18n } from '@/lib/i18n'
import type { Attempt } from './attempts'
import CheckInBand from './CheckInBand.vue'

vi.mock('@/lib/graphql', async () => ({ ...(await import('@/lib/graphql/failures')), execute: vi.fn() }))

const soon = new Date(Date.now() + 15 * 60_000).toISOString()

function band(changes: Partial<Attempt>) {
  const attempt: Attempt = {
    requestId: 'r1',
    person: { id: 'c1', displayName: 'Ana Ávila' },
    stationId: null,
    at: Date.now(),
    overrideReason: null,
    overridable: false,
    phase: 'recorded',
    sentence: 'Covered until Wed 20 Jan.',
    problem: null,
    standing: null,
    checkIn: { id: 'v1', happenedAt: new Date().toISOString(), undoableUntil: soon } as never,
    failure: null,
    ...changes,
  }
  return mount(CheckInBand, { props: { attempt }, global: { plugins: [i18n] } })
}

const buttons = (of: ReturnType<typeof band>) =>
  of.findAll('button').map((each) => each.attributes('aria-label') ?? each.text())

describe('CheckInBand', () => {
  it('shows who, the sentence of the policy, and a way back', async () => {
    const shown = band({})
    expect(shown.text()).toContain('Checked in')
    expect(shown.text()).toContain('Ana Ávila')
    expect(shown.text()).toContain('Covered until Wed 20 Jan.')
    await shown.findAll('button')[0]!.trigger('click')
    expect(shown.emitted('undo')).toHaveLength(1)
  })

  it('offers no undo when the time for it is over, nor for a repeat, which was a visit of its own', () => {
    const past = new Date(Date.now() - 1_000).toISOString()
    expect(buttons(band({ checkIn: { id: 'v1', happenedAt: past, undoableUntil: past } as never }))).toEqual(['Close'])
    expect(buttons(band({ phase: 'repeat', sentence: '' }))).toEqual(['Close'])
  })

  it('tells a refusal, an outage and an error apart', () => {
    const refused = band({
      phase: 'refused',
      sentence: '',
      checkIn: null,
      problem: { code: 'CLIENT_ARCHIVED', message: 'x' },
    })
    expect(refused.text()).toContain('This client is archived.')
    expect(buttons(refused)).toEqual(['Close'])
    const outage = band({ phase: 'failed', sentence: '', checkIn: null, failure: new Failure('NETWORK', '') })
    expect(outage.text()).toContain('counts once')
    expect(buttons(outage)).toEqual(['Try again', 'Close'])
    const error = band({ phase: 'failed', sentence: '', checkIn: null, failure: new Failure('INTERNAL', 'x', 'req-9') })
    expect(error.text()).toContain('req-9')
  })

  it('takes a code that it has no words for in the words of the server', () => {
    const odd = band({
      phase: 'refused',
      sentence: '',
      checkIn: null,
      problem: { code: 'BRAND_NEW', message: 'Ask Maria first.' },
    })
    expect(odd.text()).toContain('Ask Maria first.')
  })

  it('says why an undo did not happen, beside the visit that stands', () => {
    const kept = band({ problem: { code: 'CONFLICT', message: 'It was undone already.' } })
    expect(kept.text()).toContain('It was undone already.')
    expect(kept.text()).toContain('Checked in')
  })
})
