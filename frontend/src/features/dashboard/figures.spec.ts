// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { ClientsOfInterestPartsFragment } from '@/gql/graphql'
import { i18n } from '@/lib/i18n'
import '@/lib/i18n/dashboard'
import ClientsToSee from './ClientsToSee.vue'
import SpanFigures from './SpanFigures.vue'

const count = (n: number, isExact = true) => ({ __typename: 'CappedCount', count: n, isExact }) as const
const global = { plugins: [i18n], stubs: { RouterLink: { template: '<a><slot /></a>' } } }

describe('the figures of a span', () => {
  const words = (visits: number, before: number) =>
    mount(SpanFigures, {
      props: {
        span: 'week',
        visits: {
          __typename: 'VisitsCompared',
          visits,
          before,
          firstDay: '2026-11-23',
          beforeFirstDay: '2026-11-16',
          beforeLastDay: '2026-11-18',
        },
        people: { __typename: 'NewAndReturning', new: count(3), returning: count(500, false) },
        newClients: '/clients',
      },
      global,
    }).text()

  it('are compared with those before in words', () => {
    expect(words(1234, 1200)).toContain('1,234')
    expect(words(1234, 1200)).toContain('34 more than last week by now (1,200)')
    expect(words(3, 10)).toContain('7 fewer than last week by now (10)')
    expect(words(0, 0)).toContain('As many as last week by now (0)')
  })

  it('name the days that they are compared with', () => {
    expect(words(1, 1)).toMatch(/Compared with Mon 16 Nov.* to Wed 18 Nov/)
  })

  it('say where counting stopped', () => {
    expect(words(1, 1)).toContain('more than 500')
  })
})

describe('a list of clients', () => {
  const shown = (found: ClientsOfInterestPartsFragment) =>
    mount(ClientsToSee, {
      props: {
        title: 'Expired',
        text: 'x',
        empty: 'Nobody.',
        found,
        to: '/clients?standing=expired',
        beside: 'standing',
      },
      global,
    })

  it('leads to all of them, or says that there are none', () => {
    const client: ClientsOfInterestPartsFragment['clients'][number] = {
      __typename: 'Client',
      id: 'c1',
      displayName: 'Ana Alvarez',
      lastCheckInAt: null,
      standing: {
        __typename: 'Standing',
        status: 'EXPIRED',
        source: 'MEMBERSHIP',
        startsOn: '2026-01-01',
        endsOn: '2026-02-01',
        daysLeft: -20,
        tierName: null,
      },
    }
    const some = shown({ __typename: 'ClientsOfInterest', total: count(500, false), clients: [client] })
    expect(some.text()).toContain('Ana Alvarez')
    expect(some.get('a[aria-label]').attributes('aria-label')).toBe('Expired: Show all, more than 500')
    const none = shown({ __typename: 'ClientsOfInterest', total: count(0), clients: [] })
    expect(none.text()).toContain('Nobody.')
    expect(none.find('a').exists()).toBe(false)
  })
})
