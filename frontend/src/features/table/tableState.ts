import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { ClientFilter, ClientOrder, ConsentKind, Direction, Language, StandingStatus } from '@/gql/graphql'
import { COLUMNS, STANDARD_COLUMNS, type Column } from './columns'

export const STANDINGS: readonly StandingStatus[] = ['ACTIVE', 'EXPIRING', 'EXPIRED', 'PENDING', 'NONE']
export const ORDERS: readonly ClientOrder[] = ['NAME', 'LAST_CHECK_IN', 'CREATED', 'STANDING_END']
export const CONSENTS: readonly ConsentKind[] = ['SMS', 'EMAIL', 'PHOTO', 'TERMS', 'WAIVER', 'LOBBY']
const DESCENDING: ReadonlySet<ClientOrder> = new Set<ClientOrder>(['LAST_CHECK_IN', 'CREATED'])
/** As many pages as an address brings back; more would keep the reader waiting. */
const MOST_PAGES = 10
const MOST_CHOICES = 20

/** `in30`: came within 30 days. `not30`: came before, but not within 30 days. */
export type Visited = `in${number}` | `not${number}` | 'never'
/** `SMS`: agreed. `-SMS`: did not. */
export type Agreed = ConsentKind | `-${ConsentKind}`

/** Which clients. It lives in the address, so that a link or "back" brings the same view. */
export interface TableFilter {
  search: string
  standing: readonly StandingStatus[]
  tags: readonly string[]
  anyTag: boolean
  tiers: readonly string[]
  coordinator: string | null
  language: Language | null
  visited: Visited | null
  consents: readonly Agreed[]
  archived: boolean
  /** Only those with a contact that needs fixing. */
  toFix: boolean
  /** On file since this day. */
  since: string
  /** First visit on this day or later. */
  firstVisit: string
}

export interface TableState extends TableFilter {
  order: ClientOrder
  descending: boolean
  columns: readonly Column[]
  pages: number
}

export const NO_FILTER: TableFilter = {
  search: '',
  standing: [],
  tags: [],
  anyTag: false,
  tiers: [],
  coordinator: null,
  language: null,
  visited: null,
  consents: [],
  archived: false,
  toFix: false,
  since: '',
  firstVisit: '',
}

export const usuallyDescending = (order: ClientOrder) => DESCENDING.has(order)

const text = (value: LocationQuery[string] | undefined) => (typeof value === 'string' ? value : '')
const list = (value: LocationQuery[string] | undefined) => text(value).split(',').filter(Boolean)
const day = (value: string) => (/^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : '')
const known = <Value extends string>(values: readonly Value[], given: readonly string[]) =>
  values.filter((value) => given.includes(value.toLowerCase()))
const ids = (given: readonly string[]) =>
  [...new Set(given.filter((id) => /^[\w-]{2,40}$/.test(id)))].slice(0, MOST_CHOICES)

function visitedIn(given: string): Visited | null {
  return given === 'never' || /^(in|not)(0|[1-9]\d{0,3})$/.test(given) ? (given as Visited) : null
}

/** Anything unknown in the address counts as not said. */
export function readTableState(query: LocationQuery): TableState {
  const order = ORDERS.find((each) => each === text(query.order).toUpperCase()) ?? 'NAME'
  const direction = text(query.dir)
  const pages = Number.parseInt(text(query.pages), 10)
  const columns = list(query.columns)
  const chosen = COLUMNS.filter((column) => columns.includes(column))
  const agreed = list(query.consent)
  return {
    search: text(query.q).slice(0, 200),
    standing: known(STANDINGS, list(query.standing)),
    tags: ids(list(query.tags)),
    anyTag: text(query.anytag) === '1',
    tiers: ids(list(query.tiers)),
    coordinator: text(query.coordinator).trim().slice(0, 200) || null,
    language: known<Language>(['EN', 'ES'], [text(query.language)])[0] ?? null,
    visited: visitedIn(text(query.visited)),
    consents: CONSENTS.flatMap((kind): Agreed[] =>
      agreed.includes(kind.toLowerCase()) ? [kind] : agreed.includes(`-${kind.toLowerCase()}`) ? [`-${kind}`] : [],
    ),
    archived: text(query.archived) === '1',
    toFix: text(query.fix) === '1',
    since: day(text(query.since)),
    firstVisit: day(text(query.first)),
    order,
    descending: direction === 'desc' || (direction !== 'asc' && usuallyDescending(order)),
    columns: text(query.columns) === 'none' ? [] : chosen.length ? chosen : STANDARD_COLUMNS,
    pages: Math.min(Math.max(pages || 1, 1), MOST_PAGES),
  }
}

const joined = (values: readonly string[]) => values.join(',').toLowerCase() || undefined
const same = (one: readonly string[], other: readonly string[]) => one.join() === other.join()

/** The shortest query that `readTableState` reads as the same state. */
export function writeTableState(state: TableState): LocationQueryRaw {
  const { order, descending, columns, pages } = state
  return {
    q: state.search || undefined,
    standing: joined(state.standing),
    tags: state.tags.join(',') || undefined,
    anytag: state.anyTag && state.tags.length > 1 ? '1' : undefined,
    tiers: state.tiers.join(',') || undefined,
    coordinator: state.coordinator ?? undefined,
    language: state.language?.toLowerCase(),
    visited: state.visited ?? undefined,
    consent: joined(state.consents),
    archived: state.archived ? '1' : undefined,
    fix: state.toFix ? '1' : undefined,
    since: state.since || undefined,
    first: state.firstVisit || undefined,
    order: order === 'NAME' ? undefined : order.toLowerCase(),
    dir: descending === usuallyDescending(order) ? undefined : descending ? 'desc' : 'asc',
    columns: same(columns, STANDARD_COLUMNS) ? undefined : columns.join(',') || 'none',
    pages: pages > 1 ? String(pages) : undefined,
  }
}

/** What a saved view keeps: everything but how far one has paged. */
export function viewState(state: TableState): { name: string; value: string }[] {
  return Object.entries(writeTableState({ ...state, pages: 1 })).flatMap(([name, value]) =>
    typeof value === 'string' ? [{ name, value }] : [],
  )
}

/** The conditions as the API takes them; null where there are none. */
export function filterOf(state: TableFilter): ClientFilter | null {
  const days = state.visited && state.visited !== 'never' ? Number(state.visited.replace(/\D+/, '')) : null
  const filter: ClientFilter = {}
  if (state.standing.length) filter.standing = [...state.standing]
  if (state.tags.length) filter.tagIds = [...state.tags]
  if (state.anyTag && state.tags.length > 1) filter.anyTag = true
  if (state.tiers.length) filter.tierIds = [...state.tiers]
  if (state.coordinator) filter.coordinator = state.coordinator
  if (state.language) filter.language = state.language
  if (state.visited === 'never') filter.neverVisited = true
  if (days !== null && state.visited?.startsWith('in')) filter.visitedWithinDays = days
  if (days !== null && state.visited?.startsWith('not')) filter.notVisitedForDays = days
  if (state.consents.length)
    filter.consents = state.consents.map((each) => ({
      kind: each.replace('-', '') as ConsentKind,
      granted: !each.startsWith('-'),
    }))
  if (state.archived) filter.archived = true
  if (state.toFix) filter.contactToFix = true
  if (state.since) filter.newSince = state.since
  if (state.firstVisit) filter.firstVisitSince = state.firstVisit
  return Object.keys(filter).length ? filter : null
}

export const directionOf = ({ descending }: TableState): Direction => (descending ? 'DESCENDING' : 'ASCENDING')

/** What decides which rows come: two states with the same key show the same clients. */
export const keyOf = (state: TableState): string =>
  JSON.stringify([state.search.trim(), filterOf(state), state.search.trim() ? '' : [state.order, state.descending]])
