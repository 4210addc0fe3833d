import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { ClientTableDocument, type ClientRowFragment, type ClientTableQuery } from '@/gql/graphql'
import { connection } from '@/lib/connection'
import { execute, toFailure, type Failure } from '@/lib/graphql'
import type { TableState } from './tableState'

const PAGE = 50

type Page = ClientTableQuery['clients']

/** The rows for a state, page after page; an answer to an older state is dropped. */
export function useClientTable(state: Readonly<Ref<TableState>>) {
  const pages = shallowRef<readonly Page[]>([])
  const failure = shallowRef<Failure | null>(null)
  const busy = ref(false)
  const waiting = ref(false)
  let running: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  async function fill(fresh: boolean): Promise<void> {
    running?.abort()
    const abort = (running = new AbortController())
    const { search, standing, order, toFix } = state.value
    let got: readonly Page[] = fresh ? [] : pages.value
    busy.value = true
    clearTimeout(timer)
    timer = setTimeout(() => (waiting.value = pages.value.length === 0), 150)
    try {
      while (got.length < state.value.pages && (got.length === 0 || got.at(-1)!.pageInfo.hasNextPage)) {
        const { clients } = await execute(
          ClientTableDocument,
          {
            search: search.trim() || null,
            filter: standing || toFix ? { standing: standing ? [standing] : null, contactToFix: toFix } : null,
            orderBy: order,
            first: PAGE,
            after: got.at(-1)?.pageInfo.endCursor ?? null,
          },
          { signal: abort.signal },
        )
        if (abort.signal.aborted) return
        got = [...got, clients]
      }
      pages.value = got
      failure.value = null
    } catch (error) {
      if (abort.signal.aborted) return
      failure.value = toFailure(error)
    }
    clearTimeout(timer)
    busy.value = waiting.value = false
  }

  watch(
    state,
    (now, before) => {
      const same =
        before &&
        now.search === before.search &&
        now.standing === before.standing &&
        now.order === before.order &&
        now.toFix === before.toFix
      if (same && now.pages <= pages.value.length) return
      void fill(!same)
    },
    { immediate: true },
  )
  const stop = connection.onRestored(() => {
    if (failure.value) void fill(true)
  })
  onScopeDispose(() => {
    running?.abort()
    clearTimeout(timer)
    stop()
  })

  const rows = computed<ClientRowFragment[]>(() => pages.value.flatMap(({ edges }) => edges.map(({ node }) => node)))
  const total = computed(() => {
    const first = pages.value[0]
    return first ? { count: first.totalCount, exact: first.totalIsExact } : null
  })
  const hasMore = computed(() => pages.value.at(-1)?.pageInfo.hasNextPage ?? false)
  return { rows, total, hasMore, failure, busy, waiting, reload: () => fill(true) }
}
