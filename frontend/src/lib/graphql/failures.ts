/** Codes of top-level errors; expected failures are union members instead and never come here. */
export type FailureCode =
  | 'NETWORK'
  | 'UNAUTHENTICATED'
  | 'NOT_ALLOWED'
  | 'RATE_LIMITED'
  | 'BAD_REQUEST'
  | 'LIMIT_EXCEEDED'
  | 'UNAVAILABLE'
  | 'INTERNAL'

const known = new Set<string>([
  'UNAUTHENTICATED',
  'NOT_ALLOWED',
  'RATE_LIMITED',
  'BAD_REQUEST',
  'LIMIT_EXCEEDED',
  'UNAVAILABLE',
  'INTERNAL',
])

/** Why a request brought no data. `requestId` finds it in the server's log. */
export class Failure extends Error {
  override readonly name = 'Failure'

  constructor(
    readonly code: FailureCode,
    message: string,
    readonly requestId: string | null = null,
  ) {
    super(message)
  }

  /** True when the server was not reached or is not ready: the same request may be tried again later. */
  get isOutage(): boolean {
    return this.code === 'NETWORK' || this.code === 'UNAVAILABLE'
  }
}

export function isFailure(error: unknown): error is Failure {
  return error instanceof Failure
}

/** Any thrown value as a Failure, so that the screens have one shape to show. */
export function toFailure(error: unknown): Failure {
  if (isFailure(error)) return error
  return new Failure('INTERNAL', error instanceof Error ? error.message : String(error))
}

interface WireError {
  message?: string
  extensions?: { code?: unknown; requestId?: unknown }
}

export function failureFromWire(error: WireError, requestId: string | null): Failure {
  const code = error.extensions?.code
  const id = error.extensions?.requestId
  return new Failure(
    typeof code === 'string' && known.has(code) ? (code as FailureCode) : 'INTERNAL',
    error.message ?? '',
    typeof id === 'string' ? id : requestId,
  )
}
