import { cacheExchange, Client, type AnyVariables } from '@urql/core'
import { useQuery } from '@urql/vue'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { computed, onScopeDispose, ref, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { LogoutDocument, RefreshSessionDocument } from '@/gql/graphql'
import { now } from '../clock'
import { connection } from '../connection'
import { currentLanguage } from '../i18n'
import { createSession, type SessionMessage } from '../session/session'
import { browserTabs } from '../session/tabs'
import { createExecute } from './execute'
import { trustedDocumentsExchange } from './exchange'
import { toFailure } from './failures'
import { lastSeen } from './lastSeen'
import { createLive, liveUrl } from './live'
import { send } from './transport'
import { trust } from './trusted'

export { Failure, isFailure, toFailure } from './failures'

export const session = createSession({
  refresh: async () => {
    const { refreshSession } = await execute(RefreshSessionDocument, {}, { anonymous: true })
    return refreshSession.__typename === 'SessionStarted' ? refreshSession : null
  },
  tabs: browserTabs<SessionMessage>(),
  now,
  startOver: () => location.reload(),
})

/** Runs one document outside the cache: for search as you type, login and the like. */
export const execute = createExecute({ send, session, connection, language: currentLanguage })

export const live = createLive(session, liveUrl())

export const client = new Client({
  url: '/graphql',
  preferGetMethod: false,
  requestPolicy: 'cache-and-network',
  exchanges: [cacheExchange, trustedDocumentsExchange(execute)],
})

/** Runs a mutation. Throws a `Failure`; expected refusals are members of the result's union. */
export async function write<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const result = await client.mutation(trust(document), variables).toPromise()
  if (result.error) throw toFailure(result.error.networkError ?? result.error)
  return result.data!
}

/** Ends the session here, on the server and in every tab; then nothing of it is left in memory. */
export async function signOut(): Promise<void> {
  try {
    await execute(LogoutDocument, {})
  } finally {
    live.close()
    session.signOut()
  }
}

interface ReadOptions<Variables> {
  variables?: MaybeRefOrGetter<Variables>
  pause?: MaybeRefOrGetter<boolean>
}

/**
 * A page's query: shows what is cached at once and then the newest, and asks again when the connection is back. What was
 * seen stays where asking again fails; `failure` says that it did.
 * `waiting` turns true only after 150 ms without data, so that a quick answer shows no skeleton.
 */
export function useRead<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  { variables, pause }: ReadOptions<Variables> = {},
) {
  const query = useQuery<Data, Variables>({
    query: trust(document),
    variables: (variables ?? {}) as never,
    pause: pause === undefined ? false : computed(() => toValue(pause)),
  })
  const failure = computed(() => {
    const error = query.error.value
    return error ? toFailure(error.networkError ?? error) : null
  })
  const data = lastSeen(
    query.data,
    () => query.error.value !== undefined,
    () => toValue(variables),
  )
  const pending = computed(() => data.value === undefined && !failure.value)
  const waiting = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    pending,
    (isPending) => {
      clearTimeout(timer)
      if (isPending) timer = setTimeout(() => (waiting.value = true), 150)
      else waiting.value = false
    },
    { immediate: true },
  )
  const reload = () => void query.executeQuery({ requestPolicy: 'network-only' })
  const stop = connection.onRestored(reload)
  onScopeDispose(() => {
    clearTimeout(timer)
    stop()
  })
  return { data, failure, pending, waiting, fetching: query.fetching, reload }
}
