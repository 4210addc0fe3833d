import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import type { Link } from './link'
import { codeOf, Failure, send } from './transport'

export interface CallOptions {
  timeoutMs: number
  signal?: AbortSignal
  /** Somebody stands at the screen for the answer. */
  waited?: boolean
}

export interface CallParts {
  link: Link
  /** Of the approved pairing. */
  token: () => string | null
  /** The server knows this device no more. */
  cutOff: (code: string, token: string) => Promise<void>
  /** The server knows this page no more. */
  outdated: () => void
  /** Ends with the engine. */
  life: AbortSignal
}

const CUT_OFF: ReadonlySet<string | null> = new Set(['KIOSK_REVOKED', 'UNAUTHENTICATED'])

/** Calls of a paired device: whatever one of them learns of the network, the pairing or the page, all others know. */
export function createCalls({ link, token, cutOff, outdated, life }: CallParts) {
  return {
    token,
    /** Resolves to the data; rejects with a `Failure`. */
    async call<Data, Variables>(
      document: TypedDocumentNode<Data, Variables>,
      variables: Variables,
      { timeoutMs, signal, waited = false }: CallOptions,
    ): Promise<Data> {
      const used = token()
      if (used === null) throw new Failure('ABORTED')
      try {
        const ended = signal ? AbortSignal.any([signal, life]) : life
        const data = await send(document, variables, { token: used, timeoutMs, signal: ended })
        link.answered()
        return data
      } catch (error) {
        const code = codeOf(error)
        if (error instanceof Failure && error.isAway) link.failed(waited)
        else if (code !== 'ABORTED') link.answered()
        if (code === 'PERSISTED_QUERY_NOT_FOUND') outdated()
        if (CUT_OFF.has(code)) await cutOff(code!, used)
        throw error
      }
    },
  }
}

export type Calls = ReturnType<typeof createCalls>
