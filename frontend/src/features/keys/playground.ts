import { session } from '@/lib/graphql'

/** What the server answered to a query that was run through a key. */
export interface Answered {
  status: number
  milliseconds: number
  /** The answer as it came, for people to read. */
  text: string
  data: unknown
  errors: readonly { message: string; extensions?: { code?: string } }[]
  cost: { estimated: number; limit: number } | null
}

interface Body {
  data?: unknown
  errors?: Answered['errors']
  extensions?: { cost?: Answered['cost'] }
}

async function post(key: string, token: string, query: string, variables: unknown): Promise<Response> {
  return fetch('/graphql', {
    method: 'POST',
    credentials: 'same-origin',
    cache: 'no-store',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      authorization: `Bearer ${token}`,
      'x-krc-client': 'spa',
      'x-krc-as-key': key,
    },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(15_000),
  })
}

/** Runs a query of one's own with the rights of a key. The server takes no mutation this way. Rejects when nobody answers. */
export async function runAs(key: string, query: string, variables: unknown): Promise<Answered> {
  const token = await session.token()
  const began = performance.now()
  let response = await post(key, token, query, variables)
  if (response.status === 401) {
    await session.recover(token)
    response = await post(key, await session.token(), query, variables)
  }
  const text = await response.text()
  const milliseconds = Math.round(performance.now() - began)
  let body: Body = {}
  try {
    body = JSON.parse(text) as Body
  } catch {
    // What is no JSON is shown as it is.
  }
  const shown =
    body.errors || body.data !== undefined ? JSON.stringify({ data: body.data, errors: body.errors }, null, 2) : text
  return {
    status: response.status,
    milliseconds,
    text: shown,
    data: body.data,
    errors: body.errors ?? [],
    cost: body.extensions?.cost ?? null,
  }
}

/** The variables that were typed: an object, `{}` where nothing is, or null for what is no JSON object. */
export function variablesOf(typed: string): Record<string, unknown> | null {
  if (!typed.trim()) return {}
  try {
    const value: unknown = JSON.parse(typed)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

/** Queries to begin with, each with the scope that it needs. */
export const EXAMPLES = [
  {
    name: 'itself',
    scope: null,
    query: '{\n  apiKeyInUse {\n    name\n    scopes\n    endsAt\n    callsLeft\n  }\n}\n',
  },
  {
    name: 'clients',
    scope: 'clients:read',
    query:
      '{\n  clients(orderBy: CREATED, first: 10) {\n    edges {\n      node {\n        id\n        displayName\n        standing {\n          status\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n',
  },
  {
    name: 'visits',
    scope: 'check-ins:read',
    query:
      '{\n  checkIns(filter: {today: true, voided: false}, first: 20) {\n    edges {\n      node {\n        happenedAt\n        client {\n          displayName\n        }\n      }\n    }\n  }\n}\n',
  },
  { name: 'tiers', scope: 'memberships:read', query: '{\n  membershipTiers {\n    id\n    code\n    name\n  }\n}\n' },
  { name: 'stations', scope: 'stations:read', query: '{\n  stations {\n    id\n    name\n  }\n}\n' },
] as const
