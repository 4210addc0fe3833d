import { expect, it } from 'vitest'
import type { ConsentPartsFragment } from '@/gql/graphql'
import { heldConsents } from './consents'

const consent = (id: string, kind: 'SMS' | 'PHOTO', at: string, granted: boolean): ConsentPartsFragment => ({
  __typename: 'Consent',
  id,
  kind,
  at,
  granted,
  source: 'desk',
  byName: null,
})

it('holds the newest answer of each kind, whatever the order and the zone of the instants', () => {
  const held = heldConsents([
    consent('1', 'SMS', '2026-03-01T10:00:00+00:00', true),
    consent('2', 'SMS', '2026-03-01T03:00:00-08:00', false),
    consent('3', 'PHOTO', '2025-01-01T00:00:00Z', true),
  ])
  expect(held.map(({ id, granted }) => [id, granted])).toEqual([
    ['2', false],
    ['3', true],
  ])
})
