import type { ClientOrder, ClientRowFragment } from '@/gql/graphql'

/** The columns beside the name, in the order in which they stand. The export knows them by the same names. */
export const COLUMNS = [
  'standing',
  'ends',
  'tier',
  'phone',
  'email',
  'visit',
  'tags',
  'coordinator',
  'guardian',
  'language',
  'born',
  'code',
  'created',
] as const
export type Column = (typeof COLUMNS)[number]

export const STANDARD_COLUMNS: readonly Column[] = ['standing', 'phone', 'visit', 'tags']

/** What a press on a heading sorts by. */
export const SORTED_BY: Partial<Record<Column | 'name', ClientOrder>> = {
  name: 'NAME',
  ends: 'STANDING_END',
  standing: 'STANDING_END',
  visit: 'LAST_CHECK_IN',
  created: 'CREATED',
}

type Contact = ClientRowFragment['contactMethods'][number]

/** The primary one of a kind, else the first. */
export function contactOf(client: ClientRowFragment, kind: Contact['kind']): string {
  const those = client.contactMethods.filter((method) => method.kind === kind)
  return (those.find(({ primary }) => primary) ?? those[0])?.display ?? ''
}
