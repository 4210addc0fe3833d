import { learnServerTime } from '../clock'
import { Failure, failureFromWire } from './failures'
import type { TrustedDocument } from './trusted'

export interface SendOptions {
  token?: string | null
  language?: string
  signal?: AbortSignal
  timeoutMs?: number
}

interface Body {
  data?: unknown
  errors?: { message?: string; extensions?: Record<string, unknown> }[]
}

const OUTAGE = new Set([502, 503, 504])

/**
 * One POST of one trusted document. Resolves to its data; throws a `Failure` for every other outcome,
 * except that an aborted request rejects with the abort's own error.
 */
export async function send(
  document: TrustedDocument,
  variables: unknown,
  { token = null, language = 'en', signal, timeoutMs = 15_000 }: SendOptions = {},
): Promise<unknown> {
  const timeout = AbortSignal.timeout(timeoutMs)
  let response: Response
  let text: string
  try {
    response = await fetch('/graphql', {
      method: 'POST',
      credentials: 'same-origin',
      cache: 'no-store',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        'accept-language': language,
        'x-krc-client': 'spa',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify({ documentId: document.documentId, operationName: document.operationName, variables }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
    text = await response.text()
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Failure('NETWORK', 'The server was not reached.')
  }
  learnServerTime(response.headers.get('date'))
  const requestId = response.headers.get('x-request-id')
  const body = parse(text)
  const first = body?.errors?.[0]
  if (first) throw failureFromWire(first, requestId)
  if (body?.data != null) return body.data
  if (response.status === 401) throw new Failure('UNAUTHENTICATED', 'The session has ended.', requestId)
  if (OUTAGE.has(response.status)) throw new Failure('UNAVAILABLE', 'The server is not ready.', requestId)
  if (response.status === 429) throw new Failure('RATE_LIMITED', 'Too many requests.', requestId)
  throw new Failure('INTERNAL', `Unexpected answer (${response.status}).`, requestId)
}

function parse(text: string): Body | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Body) : null
  } catch {
    return null
  }
}
