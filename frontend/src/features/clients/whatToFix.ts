import type { ClientPageQuery } from '@/gql/graphql'

type Method = Pick<NonNullable<ClientPageQuery['client']>['contactMethods'][number], 'kind' | 'value'>

/** Seven digits, as people give a number to neighbours; an extension may follow. */
const LOCAL = /^\D*(?:\d\D*){7}(?:(?:x|ext)\D*\d+\D*)?$/i

/** What is wrong with a contact that was kept as it was written. */
export function whatToFix({ kind, value }: Method): 'noAreaCode' | 'notAPhone' | 'notAnEmail' | 'other' {
  if (kind === 'PHONE') return LOCAL.test(value) ? 'noAreaCode' : 'notAPhone'
  return kind === 'EMAIL' ? 'notAnEmail' : 'other'
}
