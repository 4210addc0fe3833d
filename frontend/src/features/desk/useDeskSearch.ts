import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { DeskSearchQuery, FoundClientFragment } from '@/gql/graphql'
import { toFailure, type Failure } from '@/lib/graphql/failures'

export type DeskFind = (search: string, signal: AbortSignal) => Promise<DeskSearchQuery>

// Longer than a scanner needs from key to key, shorter than any hand.
const DEBOUNCE_MS = 30
const LONGEST = 200

/**
 * Search as you type: asks 30 ms after the last key, drops answers to older texts, keeps the last rows on screen
 * while new ones are on the way. `rowsFor` is the text that the rows belong to.
 */
export function useDeskSearch(find: DeskFind) {
  const text = ref('')
  const rows = shallowRef<readonly FoundClientFragment[]>([])
  const hasMore = ref(false)
  const rowsFor = ref('')
  const failure = shallowRef<Failure | null>(null)
  // Half an emoji is not text that a server takes, and nobody is called by more than 200 letters.
  const asked = computed(() =>
    text.value
      .replace(/[\p{Surrogate}\s]+/gu, ' ')
      .trim()
      .slice(0, LONGEST),
  )
  const settled = computed(() => rowsFor.value === asked.value)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | undefined

  function put(search: string, found: readonly FoundClientFragment[], more: boolean): void {
    rows.value = found
    hasMore.value = more
    rowsFor.value = search
    failure.value = null
  }

  async function ask(search: string): Promise<void> {
    clearTimeout(timer)
    running?.abort()
    if (!search) return put('', [], false)
    const abort = (running = new AbortController())
    try {
      const { clients } = await find(search, abort.signal)
      if (abort.signal.aborted) return
      put(
        search,
        clients.edges.map(({ node }) => node),
        clients.pageInfo.hasNextPage,
      )
    } catch (error) {
      if (!abort.signal.aborted) failure.value = toFailure(error)
    }
  }

  watch(asked, (search) => {
    clearTimeout(timer)
    running?.abort()
    if (!search) put('', [], false)
    else timer = setTimeout(() => void ask(search), DEBOUNCE_MS)
  })

  /** Asks at once: for Enter, and after a failure or a change on the server. */
  const refresh = () => ask(asked.value)

  onScopeDispose(() => {
    clearTimeout(timer)
    running?.abort()
  })
  return { text, rows, hasMore, rowsFor, settled, failure, refresh }
}
