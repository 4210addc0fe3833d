import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { isFailure } from './failures'
import type { SendOptions } from './transport'
import { trust, type TrustedDocument } from './trusted'

export interface ExecuteParts {
  send: (document: TrustedDocument, variables: unknown, options: SendOptions) => Promise<unknown>
  session: { token: () => Promise<string>; recover: (used: string | null) => Promise<void> }
  connection: { report: () => void; restored: () => void }
  language: () => string
}

export interface ExecuteOptions {
  signal?: AbortSignal
  /** For documents that need no session: login, and the facts that the login page shows. */
  anonymous?: boolean
}

export type Execute = <Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  options?: ExecuteOptions,
) => Promise<Data>

/** What somebody may do changes seldom: one refusal a minute is reason enough to look. */
const LOOK_AGAIN_MS = 60_000

/** Runs a document with the session's token; a refused token is renewed and the document sent once more. */
export function createExecute({ send, session, connection, language }: ExecuteParts): Execute {
  let lookedAt = -LOOK_AGAIN_MS

  /** Not allowed after all: their role may be another one by now, or something has to be done first. A new token says so. */
  function lookAgain(used: string | null): void {
    if (performance.now() - lookedAt < LOOK_AGAIN_MS) return
    lookedAt = performance.now()
    void session.recover(used).catch(() => {})
  }

  return async (document, variables, { signal, anonymous = false } = {}) => {
    const trusted = trust(document)
    for (let attempt = 1; ; attempt++) {
      try {
        const token = anonymous ? null : await session.token()
        signal?.throwIfAborted()
        try {
          const data = await send(trusted, variables, { token, language: language(), signal })
          connection.restored()
          return data as never
        } catch (error) {
          if (!anonymous && isFailure(error) && error.code === 'NOT_ALLOWED') lookAgain(token)
          if (anonymous || attempt > 2 || !isFailure(error) || error.code !== 'UNAUTHENTICATED') throw error
          await session.recover(token)
        }
      } catch (error) {
        if (isFailure(error)) {
          if (error.isOutage) connection.report()
          else connection.restored()
        }
        throw error
      }
    }
  }
}
