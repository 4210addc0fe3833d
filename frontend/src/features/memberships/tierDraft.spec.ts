import { describe, expect, it } from 'vitest'
import type { TierDetailsFragment } from '@/gql/graphql'
import { changesOf, codeFor, draftOf, inputOf } from './tierDraft'

const tier: TierDetailsFragment = {
  __typename: 'MembershipTier',
  id: 't',
  version: 3,
  name: 'Ten visits',
  code: 'ten',
  periodMonths: 3,
  periodDays: null,
  visitCap: 10,
  capWindow: 'MEMBERSHIP',
  price: { __typename: 'Price', cents: 12_050, currency: 'USD' },
  policy: 'REMIND',
  colour: 'teal',
  description: null,
  sentenceEn: null,
  sentenceEs: null,
  isDefault: false,
  retired: false,
  runningMemberships: 4,
}

describe('the form of a tier', () => {
  it('changes nothing by being opened', () => {
    expect(changesOf(draftOf(tier), tier)).toEqual({})
  })

  it('sends what differs alone, and clears', () => {
    const draft = { ...draftOf(tier), price: null, sentenceEn: 'Please renew.' }
    expect(changesOf(draft, tier)).toEqual({ priceCents: null, sentenceEn: 'Please renew.' })
  })

  it('has months, days or neither', () => {
    const draft = draftOf(tier)
    expect(changesOf({ ...draft, period: 'days', periodCount: 30 }, tier)).toEqual({
      periodMonths: null,
      periodDays: 30,
    })
    expect(changesOf({ ...draft, period: 'none' }, tier)).toEqual({ periodMonths: null })
    expect(draftOf({ ...tier, periodMonths: null }).period).toBe('none')
  })

  it('rounds prices to whole cents', () => {
    expect(inputOf({ ...draftOf(null), price: 19.99 }).priceCents).toBe(1999)
    expect(inputOf({ ...draftOf(null), price: 1.005 }).priceCents).toBe(100)
    expect(draftOf(tier).price).toBe(120.5)
  })

  it.each([
    ['Ten visits', 'ten-visits'],
    ['  Día & noche!', 'dia-noche'],
    ['—', ''],
    [`${'x'.repeat(39)} y`, 'x'.repeat(39)],
  ])('offers for %s the code %s', (name, code) => {
    expect(codeFor(name)).toBe(code)
  })
})
