import type { ActorKind, AuditFilter } from '@/gql/graphql'

/** Groups of actions that people ask for, as beginnings of their codes. */
export const GROUPS = {
  signIns: ['session.', 'password.', 'link.', 'second_factor.', 'recovery_code'],
  clients: ['client.', 'contact_method.', 'consent.', 'note.', 'tag.', 'bulk_change.', 'erasure.'],
  visits: ['check_in.', 'kiosk_event.'],
  memberships: ['membership', 'authorization.'],
  people: ['user.', 'admin.', 'api_key.', 'link.'],
  exports: ['clients.exported', 'audit_log.', 'cards.', 'client.data_downloaded', 'erasure.certificate'],
  centre: ['centre.', 'station.', 'kiosk.', 'installation.', 'backup.', 'view.', 'message.'],
  refusals: [
    'request.refused',
    'check_in.refused',
    'session.refused',
    'second_factor.refused',
    'password.refused',
    'link.refused',
  ],
  log: ['audit.'],
} as const satisfies Record<string, readonly string[]>
export type Group = keyof typeof GROUPS
const NAMES = Object.keys(GROUPS) as Group[]

/** Who is not named one by one. */
export const KINDS = ['JOB', 'OPERATOR', 'ANONYMOUS', 'KIOSK'] as const satisfies readonly ActorKind[]

/** What the page of the log shows; all of it stands in the address. Empty strings are conditions that don't hold. */
export interface AuditState {
  from: string
  to: string
  /** A kind, or `user:` or `key:` and an id. */
  who: string
  what: Group | ''
  client: string
  request: string
}

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const REQUEST = /^[!-~]{1,64}$/
const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 200) : '')
const like = (pattern: RegExp, value: unknown) => (pattern.test(text(value)) ? text(value) : '')

export const everything: AuditState = { from: '', to: '', who: '', what: '', client: '', request: '' }

/** The state in an address; whatever makes no sense in it is left out. */
export function fromQuery(query: Record<string, unknown>): AuditState {
  const who = text(query.who)
  return {
    from: like(DAY, query.from),
    to: like(DAY, query.to),
    who: KINDS.some((kind) => kind === who) || /^(user|key):[\w-]+$/.test(who) ? who : '',
    what: NAMES.find((name) => name === query.what) ?? '',
    client: like(/^[\w-]+$/, query.client),
    request: like(REQUEST, query.request),
  }
}

export const toQuery = (state: AuditState): Record<string, string> =>
  Object.fromEntries(Object.entries(state).filter(([, value]) => value !== ''))

/** What the server is asked; null while the days are the wrong way round. */
export function toFilter({ from, to, who, what, client, request }: AuditState): AuditFilter | null {
  if (from && to && to < from) return null
  const [kind, id] = who.split(':')
  return {
    from: from || null,
    to: to || null,
    actorKind: KINDS.find((each) => each === kind) ?? null,
    userId: kind === 'user' && id ? id : null,
    apiKeyId: kind === 'key' && id ? id : null,
    actions: what ? [...GROUPS[what]] : null,
    clientId: client || null,
    requestId: request || null,
  }
}
