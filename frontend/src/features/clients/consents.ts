import type { ConsentPartsFragment } from '@/gql/graphql'

/** All of them, the last one first. */
export const newestFirst = (consents: readonly ConsentPartsFragment[]): ConsentPartsFragment[] =>
  [...consents].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))

/** Consents are a history; what holds is the newest of each kind. */
export function heldConsents(consents: readonly ConsentPartsFragment[]): ConsentPartsFragment[] {
  const seen = new Set<string>()
  return newestFirst(consents).filter(({ kind }) => !seen.has(kind) && seen.add(kind))
}
