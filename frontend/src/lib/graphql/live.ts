import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { createClient, type Client } from 'graphql-ws'
import { onScopeDispose, readonly, ref } from 'vue'
import { trust } from './trusted'

interface LiveSession {
  token: () => Promise<string>
  recover: (used: string | null) => Promise<void>
}

/** Close codes with which the server says that the token is no longer good. */
const TOKEN_REFUSED = new Set([4401, 4403])

function closeCode(cause: unknown): number | undefined {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined
  return typeof code === 'number' ? code : undefined
}

/** A subscription begins with what happened in its last 15 seconds: what was read earlier than that is out of date by then. */
const LATE_MS = 10_000

export interface Listening<Data> {
  onEvent: (data: Data) => void
  /** Called after each reconnection, and after a first connection that came late: what happened meanwhile was missed. */
  onGap: () => void
}

/** Subscriptions over one WebSocket, opened when first needed and kept up for as long as somebody listens. */
export function createLive(session: LiveSession, url: string) {
  const connected = ref(false)
  let used: string | null = null
  let client: Client | null = null

  const open = () =>
    createClient({
      url,
      lazy: true,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: (cause) => !TOKEN_REFUSED.has(closeCode(cause) ?? 0),
      retryWait: (retries) =>
        new Promise((resolve) =>
          setTimeout(resolve, Math.min(500 * 2 ** retries, 15_000) * (0.7 + Math.random() * 0.6)),
        ),
      keepAlive: 20_000,
      // Never throws: nobody may be waiting for this connection any more. Without a token the server refuses it.
      connectionParams: async () => ({ accessToken: (used = await session.token().catch(() => null)) }),
      on: {
        connected: () => (connected.value = true),
        closed: () => (connected.value = false),
      },
    })

  function listen<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    { onEvent, onGap }: Listening<Data>,
  ): void {
    const { documentId, operationName } = trust(document)
    let stopped = false
    let stop = () => {}
    let connections = 0
    let pause = 500

    const start = () => {
      client ??= open()
      const begun = performance.now()
      const offConnected = client.on('connected', () => {
        pause = 500
        if (connections++ > 0 || performance.now() - begun > LATE_MS) onGap()
      })
      const unsubscribe = client.subscribe<Data>(
        // The protocol asks for a query string; the server takes the document from its id.
        { query: '', operationName, variables, extensions: { documentId } },
        {
          next: ({ data }) => data && onEvent(data),
          error: (cause) => void again(cause),
          complete: () => void again(null),
        },
      )
      stop = () => {
        offConnected()
        unsubscribe()
      }
    }

    const again = async (cause: unknown) => {
      if (stopped) return
      stop()
      connections = Math.max(connections, 1)
      try {
        if (TOKEN_REFUSED.has(closeCode(cause) ?? 0)) await session.recover(used)
      } catch {
        // Not reached: the pause below comes first, then another try.
      }
      await new Promise((resolve) => setTimeout(resolve, pause))
      pause = Math.min(pause * 2, 15_000)
      if (!stopped) start()
    }

    start()
    onScopeDispose(() => {
      stopped = true
      stop()
    })
  }

  /** Cuts the socket at sign-out. */
  function close(): void {
    // It rejects when the socket is just being opened; there is nobody left to tell.
    void Promise.resolve(client?.dispose()).catch(() => {})
    client = null
    connected.value = false
  }

  return { listen, close, connected: readonly(connected) }
}

export function liveUrl(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`
}
