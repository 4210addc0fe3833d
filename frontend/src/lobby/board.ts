import type { LobbyQuery } from '@/kiosk/gql/graphql'
import type { KioskLanguage } from '@/kiosk/engine/types'

/** What the screen shows, as the server last told it. Instants are milliseconds by the server's clock. */
export interface Board {
  centreName: string
  logo: string | null
  accentLight: string | null
  accentDark: string | null
  /** The first of them leads. */
  languages: KioskLanguage[]
  /** Undefined: the device's own, where the browser knows no such zone. */
  timeZone: string | undefined
  /** Null: what is known of them is too old. */
  people: { here: number; tags: readonly string[] } | null
  opensAt: number | null
  closesAt: number | null
  toldAt: number
}

/** When it opens or closes; null: what is known is of another day. */
export type Hours = { kind: 'openUntil' | 'opensAt'; at: number } | { kind: 'closedNow' | 'closedToday' } | null

/** From `late` on the screen says how old it is; what is `old` names nobody: consents may have been withdrawn since. */
export type Freshness = 'fresh' | 'late' | 'old'

export const LATE_MS = 60_000
export const OLD_MS = 10 * 60_000

const instantOf = (text: string | null | undefined): number | null => (text ? Date.parse(text) : null)

function isKnown(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en-US', { timeZone }))
  } catch {
    return false
  }
}

export function boardOf(lobby: LobbyQuery['lobby']): Board {
  const { centreName, here, tags, accentLight, accentDark, logo, timeZone, languages } = lobby
  const first = lobby.defaultLanguage
  return {
    centreName,
    logo: logo ?? null,
    accentLight: accentLight ?? null,
    accentDark: accentDark ?? null,
    languages: [first, ...languages.filter((each) => each !== first)].map(
      (each) => each.toLowerCase() as KioskLanguage,
    ),
    timeZone: isKnown(timeZone) ? timeZone : undefined,
    people: { here, tags },
    opensAt: instantOf(lobby.opensAt),
    closesAt: instantOf(lobby.closesAt),
    toldAt: Date.parse(lobby.now),
  }
}

export function freshnessOf(ageMs: number): Freshness {
  if (ageMs >= OLD_MS) return 'old'
  return ageMs >= LATE_MS ? 'late' : 'fresh'
}

const dayIn = (instant: number, timeZone: string | undefined): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone }).format(instant)

export function hoursOf({ opensAt, closesAt, toldAt, timeZone }: Board, now: number): Hours {
  if (opensAt !== null && now < opensAt) return { kind: 'opensAt', at: opensAt }
  if (closesAt !== null && now < closesAt) return { kind: 'openUntil', at: closesAt }
  if (dayIn(now, timeZone) !== dayIn(toldAt, timeZone)) return null
  return { kind: closesAt === null ? 'closedToday' : 'closedNow' }
}

/** A time as people say it there; with the weekday when it isn't that of `now`. */
export function timeOf(instant: number, language: KioskLanguage, timeZone: string | undefined, now = instant): string {
  const other = dayIn(instant, timeZone) !== dayIn(now, timeZone)
  const format = new Intl.DateTimeFormat(`${language}-US`, {
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: 'h12',
    timeZone,
    ...(other ? { weekday: 'short' } : {}),
  })
  const parts = format.formatToParts(instant)
  return parts.map(({ type, value }) => (type === 'dayPeriod' ? value.toLowerCase() : value)).join('')
}

/** How tiles are laid out: so much larger than the smallest, in so many columns, so many on a page. */
export interface Arrangement {
  scale: number
  columns: number
  room: number
}

const LARGER = [2, 1.75, 1.5, 1.3, 1.15]

/** In units of the page's measure, as the style sheet has them. */
const TILE = { width: 19, height: 6.4, gap: 0.9 }

/** The largest tiles with which all are seen at once; pages of the smallest, of one row at least, where that can't be. */
export function arrange(count: number, width: number, height: number, unit: number): Arrangement {
  const fit = (space: number, each: number, scale: number) =>
    Math.floor((space / (unit * scale) + TILE.gap) / (each + TILE.gap))
  for (const scale of LARGER) {
    const columns = fit(width, TILE.width, scale)
    const room = columns * fit(height, TILE.height, scale)
    if (room >= count) return { scale, columns: Math.min(columns, count), room }
  }
  const columns = Math.max(fit(width, TILE.width, 1), 1)
  return { scale: 1, columns: Math.min(columns, count), room: columns * Math.max(fit(height, TILE.height, 1), 1) }
}

/** The tags in pages that are as even as may be, of whole rows: a page with one lonely tag looks like a mistake. */
export function pagesOf(tags: readonly string[], { columns, room }: Pick<Arrangement, 'columns' | 'room'>): string[][] {
  const even = Math.ceil(tags.length / Math.ceil(tags.length / room))
  const most = Math.ceil(even / columns) * columns
  return Array.from({ length: Math.ceil(tags.length / most) || 0 }, (_, page) =>
    tags.slice(page * most, (page + 1) * most),
  )
}
