import { computed, onScopeDispose, ref, shallowRef, toValue, watch, type Ref } from 'vue'
import {
  ClientTableDocument,
  MoreOfClientTableDocument,
  type ClientRowFragment,
  type MoreOfClientTableQuery,
} from '@/gql/graphql'
import { connection } from '@/lib/connection'
import { execute, session, toFailure, type Failure } from '@/lib/graphql'
import { directionOf, filterOf, keyOf, type TableState } from './tableState'

const PAGE = 50

interface Loaded {
  key: string
  pages: readonly MoreOfClientTableQuery['clients'][]
  total: { count: number; exact: boolean }
}

/** What was on screen last: going back shows it at once, so that the place to which one had scrolled is there. */
let last: Loaded | null = null
watch(session.viewer, (viewer) => {
  if (!viewer) last = null
})

/** The rows for a state, page after page; an answer to an older state is dropped. */
export function useClientTable(state: Readonly<Ref<TableState>>) {
  const key = computed(() => keyOf(state.value))
  const loaded = shallowRef<Loaded | null>(last?.key === keyOf(toValue(state)) ? last : null)
  const failure = shallowRef<Failure | null>(null)
  const busy = ref(false)
  const waiting = ref(false)
  let running: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  async function page(after: string | null, signal: AbortSignal) {
    const search = state.value.search.trim() || null
    const { order: orderBy } = state.value
    const variables = {
      search,
      filter: filterOf(state.value),
      orderBy,
      direction: directionOf(state.value),
      first: PAGE,
      after,
    }
    // The count comes with the first page alone: it is the same for the others.
    if (after !== null) return { clients: (await execute(MoreOfClientTableDocument, variables, { signal })).clients }
    const { clients } = await execute(ClientTableDocument, variables, { signal })
    return { clients, total: { count: clients.totalCount, exact: clients.totalIsExact } }
  }

  async function fill(fresh: boolean): Promise<void> {
    running?.abort()
    const abort = (running = new AbortController())
    const wanted = key.value
    let got = fresh || loaded.value?.key !== wanted ? null : loaded.value
    busy.value = true
    clearTimeout(timer)
    timer = setTimeout(() => (waiting.value = loaded.value === null), 150)
    try {
      while (!got || (got.pages.length < state.value.pages && got.pages.at(-1)!.pageInfo.hasNextPage)) {
        const { clients, total } = await page(got?.pages.at(-1)?.pageInfo.endCursor ?? null, abort.signal)
        if (abort.signal.aborted) return
        got = {
          key: wanted,
          pages: [...(got?.pages ?? []), clients],
          total: total ?? got?.total ?? { count: 0, exact: true },
        }
      }
      loaded.value = last = got
      failure.value = null
    } catch (error) {
      if (abort.signal.aborted) return
      failure.value = toFailure(error)
    }
    clearTimeout(timer)
    busy.value = waiting.value = false
  }

  watch(key, () => void fill(true), { immediate: true })
  watch(
    () => state.value.pages,
    (pages) => {
      if (loaded.value?.key === key.value && pages > loaded.value.pages.length) void fill(false)
    },
  )
  const stop = connection.onRestored(() => {
    if (failure.value) void fill(true)
  })
  onScopeDispose(() => {
    running?.abort()
    clearTimeout(timer)
    stop()
  })

  const rows = computed<ClientRowFragment[]>(() => {
    const found = new Map<string, ClientRowFragment>()
    // Who moves down while one pages would come twice.
    for (const { edges } of loaded.value?.pages ?? []) for (const { node } of edges) found.set(node.id, node)
    return [...found.values()]
  })
  return {
    rows,
    total: computed(() => loaded.value?.total ?? null),
    /** Whether the rows on screen are those of the state and not of the one before. */
    settled: computed(() => loaded.value?.key === key.value && !busy.value),
    hasMore: computed(() => loaded.value?.pages.at(-1)?.pageInfo.hasNextPage ?? false),
    failure,
    busy,
    waiting,
    reload: () => fill(true),
  }
}
