import type { TypedDocumentNode } from '@graphql-typed-document-node/core'

/** What code generation leaves of a document. */
interface Trusted {
  __meta__: { hash: string; operationName: string }
}

interface Body {
  data?: unknown
  errors?: { extensions?: { code?: unknown; retryAfterSeconds?: unknown } }[]
}

/**
 * Why a call brought nothing: the server's code, or NETWORK and TIMEOUT when it was not reached, and ABORTED when nobody waits any
 * more. It carries no text: a message could hold what somebody typed.
 */
export class Failure extends Error {
  override readonly name = 'Failure'

  constructor(
    readonly code: string,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(code)
  }

  /** The server was not reached or is not ready, which says nothing about what was sent. */
  get isAway(): boolean {
    return this.code === 'NETWORK' || this.code === 'TIMEOUT' || this.code === 'UNAVAILABLE'
  }
}

export function codeOf(error: unknown): string | null {
  return error instanceof Failure ? error.code : null
}

export interface SendOptions {
  token: string | null
  timeoutMs: number
  signal?: AbortSignal
}

/** One POST of one trusted document. Resolves to its data, rejects with a `Failure` and with nothing else. */
export async function send<Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { token, timeoutMs, signal }: SendOptions,
): Promise<Data> {
  const { hash, operationName } = (document as unknown as Trusted).__meta__
  const timeout = new AbortController()
  const timer = setTimeout(() => timeout.abort(), timeoutMs)
  let text: string
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      // The staff's cookies are none of the kiosk's.
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/graphql-response+json',
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify({ documentId: hash, operationName, variables }),
      signal: signal ? AbortSignal.any([signal, timeout.signal]) : timeout.signal,
    })
    text = await response.text()
  } catch {
    if (signal?.aborted) throw new Failure('ABORTED')
    throw new Failure(timeout.signal.aborted ? 'TIMEOUT' : 'NETWORK')
  } finally {
    clearTimeout(timer)
  }
  return read(text) as Data
}

/** Only GraphQL's own answers count: a proxy's or a login page's "401" must never make a kiosk throw its pairing away. */
function read(text: string): unknown {
  const body = parse(text)
  const extensions = body?.errors?.[0]?.extensions
  if (body?.errors?.length) {
    const seconds = extensions?.retryAfterSeconds
    const code = extensions?.code
    throw new Failure(typeof code === 'string' ? code : 'INTERNAL', typeof seconds === 'number' ? seconds : null)
  }
  if (body?.data == null) throw new Failure('UNAVAILABLE')
  return body.data
}

function parse(text: string): Body | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : null
  } catch {
    return null
  }
}
