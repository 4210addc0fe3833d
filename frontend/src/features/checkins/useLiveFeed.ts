import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { CheckInAddedDocument, LiveFeedDocument, type FeedItemFragment } from '@/gql/graphql'
import { live, useRead } from '@/lib/graphql'
import { countChange, mergeFeed } from './mergeFeed'

const SETTLE_MS = 2_000
const REFRESH_MS = 60_000

/** Who came today, newest first: what the server listed, and what it has sent since. */
export function useLiveFeed() {
  const read = useRead(LiveFeedDocument)
  const arrived = shallowRef<readonly FeedItemFragment[]>([])
  const listed = computed(() => read.data.value?.checkIns.edges.map(({ node }) => node) ?? [])
  const items = computed(() => mergeFeed(listed.value, arrived.value))
  const change = computed(() => countChange(listed.value, arrived.value))
  const figures = computed(() => {
    const seen = read.data.value?.visitsToday
    return seen ? { today: seen.count + change.value, hour: seen.lastHour + change.value } : null
  })

  // Events show at once; the list is then read again, not more often than every other second.
  let timer: ReturnType<typeof setTimeout> | undefined
  function settleSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      read.reload()
    }, SETTLE_MS)
  }

  live.listen(
    CheckInAddedDocument,
    {},
    {
      onEvent: ({ checkInAdded }) => {
        arrived.value = [checkInAdded, ...arrived.value.filter(({ id }) => id !== checkInAdded.id)]
        settleSoon()
      },
      onGap: read.reload,
    },
  )
  watch(listed, () => (arrived.value = []))

  // The last hour moves on without any event, and so does the day.
  const refresh = setInterval(() => {
    if (!document.hidden) read.reload()
  }, REFRESH_MS)
  window.addEventListener('focus', settleSoon)
  onScopeDispose(() => {
    clearTimeout(timer)
    clearInterval(refresh)
    window.removeEventListener('focus', settleSoon)
  })

  const hasMore = computed(() => read.data.value?.checkIns.pageInfo.hasNextPage ?? false)
  return {
    items,
    figures,
    hasMore,
    failure: read.failure,
    waiting: read.waiting,
    reload: read.reload,
    connected: live.connected,
  }
}
