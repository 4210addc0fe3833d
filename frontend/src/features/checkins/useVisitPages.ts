import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { CheckInAddedDocument, CheckInsPageDocument, type CheckInFilter, type ListedVisitFragment } from '@/gql/graphql'
import { connection } from '@/lib/connection'
import { execute, live, toFailure, type Failure } from '@/lib/graphql'

const PAGE = 50

/** The visits that a filter lets through, the newest first, page after page; with null nothing is asked. */
export function useVisitPages(filter: () => CheckInFilter | null) {
  const visits = shallowRef<readonly ListedVisitFragment[]>([])
  const total = shallowRef<{ count: number; exact: boolean } | null>(null)
  const cursor = ref<string | null>(null)
  const hasMore = ref(false)
  const loaded = ref(false)
  const busy = ref(false)
  const failure = shallowRef<Failure | null>(null)
  let running: AbortController | undefined

  async function load(fresh: boolean, first = PAGE): Promise<void> {
    const asked = filter()
    running?.abort()
    if (!asked) return
    const abort = (running = new AbortController())
    busy.value = true
    try {
      const variables = { filter: asked, first, after: fresh ? null : cursor.value }
      const { checkIns } = await execute(CheckInsPageDocument, variables, { signal: abort.signal })
      if (abort.signal.aborted) return
      const nodes = checkIns.edges.map(({ node }) => node)
      visits.value = fresh ? nodes : [...visits.value, ...nodes]
      total.value = { count: checkIns.totalCount, exact: checkIns.totalIsExact }
      cursor.value = checkIns.pageInfo.endCursor
      hasMore.value = checkIns.pageInfo.hasNextPage
      loaded.value = true
      failure.value = null
    } catch (error) {
      if (abort.signal.aborted) return
      failure.value = toFailure(error)
    }
    busy.value = false
  }

  /** Reads again as many as are shown, within what one request may ask for. */
  const reload = () => load(true, Math.min(Math.max(visits.value.length, PAGE), 100))

  watch(
    () => JSON.stringify(filter()),
    () => {
      loaded.value = false
      void load(true)
    },
    { immediate: true },
  )
  // Somebody who reads far down is not taken back to the top by what others do.
  live.listen(
    CheckInAddedDocument,
    {},
    { onEvent: () => visits.value.length <= 100 && void reload(), onGap: () => void reload() },
  )
  const stopRestored = connection.onRestored(() => void reload())
  onScopeDispose(() => {
    running?.abort()
    stopRestored()
  })

  return {
    visits: computed(() => visits.value),
    total: computed(() => total.value),
    hasMore,
    loaded,
    busy,
    failure,
    more: () => load(false),
    reload,
  }
}
