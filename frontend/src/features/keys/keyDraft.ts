import type { ApiKeyPartsFragment } from '@/gql/graphql'
import { dayOf, instantOn } from '@/lib/dates'

/** What the form of a key holds: `lastDay` is "" for a key without an end. */
export interface KeyDraft {
  name: string
  scopes: string[]
  lastDay: string
  callsAnHour: number | null
}

export const USUAL_CALLS = 5000
export const MOST_CALLS = 100_000
const MINUTE_MS = 60_000

/** The instant at which a day of the zone is over, to the minute; clocks may change on that day. */
export function endOfDay(day: string, zone: string): string {
  let before = Date.parse(instantOn(day, zone))
  let after = before + 36 * 60 * MINUTE_MS
  while (after - before > MINUTE_MS) {
    const middle = Math.round((before + after) / 2 / MINUTE_MS) * MINUTE_MS
    if (dayOf(middle, zone) > day) after = middle
    else before = middle
  }
  return new Date(after).toISOString()
}

/** The last day of the zone on which a key works that ends at this instant. */
export const lastDayOf = (endsAt: string, zone: string): string => dayOf(Date.parse(endsAt) - 1, zone)

export function draftOf(key: ApiKeyPartsFragment | null, zone: string): KeyDraft {
  return {
    name: key?.name ?? '',
    scopes: [...(key?.scopes ?? [])],
    lastDay: key?.endsAt ? lastDayOf(key.endsAt, zone) : '',
    callsAnHour: key?.callsAnHour ?? USUAL_CALLS,
  }
}

export interface KeyChanges {
  name: string
  scopes: string[]
  endsAt: string | null
  callsAnHour: number
}

export const inputOf = (draft: KeyDraft, zone: string): KeyChanges => ({
  name: draft.name,
  scopes: [...draft.scopes].sort(),
  endsAt: draft.lastDay ? endOfDay(draft.lastDay, zone) : null,
  callsAnHour: draft.callsAnHour ?? 0,
})

/** What of the form differs from the key as it was read. An end that was not touched keeps its time of day. */
export function changesOf(draft: KeyDraft, key: ApiKeyPartsFragment, zone: string): Partial<KeyChanges> {
  const began = draftOf(key, zone)
  const wanted = inputOf(draft, zone)
  const changes: Partial<KeyChanges> = {}
  if (draft.name.trim() !== key.name) changes.name = wanted.name
  if (wanted.scopes.join() !== [...key.scopes].sort().join()) changes.scopes = wanted.scopes
  if (draft.lastDay !== began.lastDay) changes.endsAt = wanted.endsAt
  if (draft.callsAnHour !== key.callsAnHour) changes.callsAnHour = wanted.callsAnHour
  return changes
}

/** Scopes by what they are about, in the server's order: "clients:read" and "clients:write" stand together. */
export function grouped(scopes: readonly string[]): { resource: string; scopes: string[] }[] {
  const groups = new Map<string, string[]>()
  for (const scope of scopes) {
    const resource = scope.slice(0, scope.indexOf(':'))
    groups.set(resource, [...(groups.get(resource) ?? []), scope])
  }
  return [...groups].map(([resource, members]) => ({ resource, scopes: members }))
}

/** A scope as the last part of a message's key: "check-ins:read" is said by `keys.scopes.check_ins_read`. */
export const scopeWord = (scope: string): string => scope.replace(/[^a-z]/g, '_')
