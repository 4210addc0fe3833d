interface Item {
  id: string
  happenedAt: string
  voided: boolean
}

interface Stay extends Item {
  checkedOutAt: string | null
  client: { id: string }
}

const newestFirst = (a: Item, b: Item) => Date.parse(b.happenedAt) - Date.parse(a.happenedAt)

/** Two lists of visits as one, newest first, each visit once; what arrived was sent after the list was read. */
export function mergeFeed<Visit extends Item>(listed: readonly Visit[], arrived: readonly Visit[]): Visit[] {
  const byId = new Map<string, Visit>()
  for (const visit of [...listed, ...arrived]) byId.set(visit.id, visit)
  return [...byId.values()].sort(newestFirst)
}

/** By how much the arrived visits change a count that was made with the list; voided visits don't count. */
export function countChange(listed: readonly Item[], arrived: readonly Item[]): number {
  const counted = new Set(listed.filter(({ voided }) => !voided).map(({ id }) => id))
  return arrived.reduce((sum, { id, voided }) => sum + (voided ? 0 : 1) - (counted.has(id) ? 1 : 0), 0)
}

/** Who is here: of each client the last visit, if it counts, has no end and began after the centre last closed. */
export function stillHere<Visit extends Stay>(
  listed: readonly Visit[],
  arrived: readonly Visit[],
  since: string,
): Visit[] {
  const last = new Map<string, Visit>()
  for (const visit of mergeFeed(listed, arrived)) {
    if (visit.voided || Date.parse(visit.happenedAt) < Date.parse(since)) continue
    if (!last.has(visit.client.id)) last.set(visit.client.id, visit)
  }
  return [...last.values()].filter(({ checkedOutAt }) => !checkedOutAt)
}

/** How many visits of the new list are not in the old one, or have been voided or ended since. */
export function changesBetween(before: readonly Stay[], now: readonly Stay[]): number {
  const state = ({ voided, checkedOutAt }: Stay) => `${voided} ${checkedOutAt}`
  const known = new Map(before.map((visit) => [visit.id, state(visit)]))
  // Older visits than those that were on screen are no news.
  const oldest = before.length ? Math.min(...before.map(({ happenedAt }) => Date.parse(happenedAt))) : 0
  return now.filter((visit) => Date.parse(visit.happenedAt) >= oldest && known.get(visit.id) !== state(visit)).length
}
