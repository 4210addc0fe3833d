import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { ClientVisitsDocument, type VisitFragment } from '@/gql/graphql'
import { execute, toFailure, type Failure } from '@/lib/graphql'

const PAGE = 20

/** A client's visits, newest first, page after page. */
export function useVisits(id: Readonly<Ref<string>>) {
  const visits = shallowRef<readonly VisitFragment[]>([])
  const cursor = ref<string | null>(null)
  const hasMore = ref(false)
  const loaded = ref(false)
  const busy = ref(false)
  const failure = shallowRef<Failure | null>(null)
  let running: AbortController | undefined

  async function load(fresh: boolean, first = PAGE): Promise<void> {
    running?.abort()
    const abort = (running = new AbortController())
    busy.value = true
    try {
      const variables = { id: id.value, first, after: fresh ? null : cursor.value }
      const { client } = await execute(ClientVisitsDocument, variables, { signal: abort.signal })
      if (abort.signal.aborted) return
      const page = client?.checkIns
      const nodes = page?.edges.map(({ node }) => node) ?? []
      visits.value = fresh ? nodes : [...visits.value, ...nodes]
      cursor.value = page?.pageInfo.endCursor ?? null
      hasMore.value = page?.pageInfo.hasNextPage ?? false
      loaded.value = true
      failure.value = null
    } catch (error) {
      if (abort.signal.aborted) return
      failure.value = toFailure(error)
    }
    busy.value = false
  }

  watch(
    id,
    () => {
      visits.value = []
      loaded.value = false
      void load(true)
    },
    { immediate: true },
  )
  onScopeDispose(() => running?.abort())

  return {
    visits: computed(() => visits.value),
    hasMore,
    loaded,
    busy,
    failure,
    more: () => load(false),
    /** Reads again as many as are shown, within what one request may ask for. */
    reload: () => load(true, Math.min(Math.max(visits.value.length, PAGE), 100)),
  }
}
