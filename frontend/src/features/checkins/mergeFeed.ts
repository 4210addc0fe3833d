interface Item {
  id: string
  happenedAt: string
  voided: boolean
}

/** Two lists of visits as one, newest first, each visit once; what arrived was sent after the list was read. */
export function mergeFeed<Visit extends Item>(listed: readonly Visit[], arrived: readonly Visit[]): Visit[] {
  const byId = new Map<string, Visit>()
  for (const visit of [...listed, ...arrived]) byId.set(visit.id, visit)
  return [...byId.values()].sort((a, b) => Date.parse(b.happenedAt) - Date.parse(a.happenedAt))
}

/** By how much the arrived visits change a count that was made with the list; voided visits don't count. */
export function countChange(listed: readonly Item[], arrived: readonly Item[]): number {
  const counted = new Set(listed.filter(({ voided }) => !voided).map(({ id }) => id))
  return arrived.reduce((sum, { id, voided }) => sum + (voided ? 0 : 1) - (counted.has(id) ? 1 : 0), 0)
}
