import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { CheckInAddedDocument, LiveFeedDocument, type FeedItemFragment, type LiveFeedQuery } from '@/gql/graphql'
import { live, useRead } from '@/lib/graphql'
import { changesBetween, countChange, mergeFeed, stillHere } from './mergeFeed'

const SETTLE_MS = 2_000
const REFRESH_MS = 60_000
const MISSED_SHOWN_MS = 30_000

/** Who came today, newest first, and who is here: what the server listed, and what it has sent since. */
export function useLiveFeed() {
  const read = useRead(LiveFeedDocument)
  // A look that fails empties the query; what was last seen stays on screen.
  const seen = shallowRef<LiveFeedQuery>()
  const arrived = shallowRef<readonly FeedItemFragment[]>([])
  const listed = computed(() => seen.value?.checkIns.edges.map(({ node }) => node) ?? [])
  const listedHere = computed(() => seen.value?.present.edges.map(({ node }) => node) ?? [])
  const items = computed(() => mergeFeed(listed.value, arrived.value))
  const here = computed(() => stillHere(listedHere.value, arrived.value, seen.value?.visitsToday.presentSince ?? ''))
  const change = computed(() => countChange(listed.value, arrived.value))
  const figures = computed(() => {
    const counted = seen.value?.visitsToday
    if (!counted) return null
    const present = counted.present + here.value.length - listedHere.value.length
    return { today: counted.count + change.value, hour: counted.lastHour + change.value, present }
  })

  // Events show at once; the list is then read again, not more often than every other second.
  let timer: ReturnType<typeof setTimeout> | undefined
  function settleSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      read.reload()
    }, SETTLE_MS)
  }

  // What was on screen when the connection went, until it is back and the list has been read again. The list may be read in between,
  // by a request that was under way or that got through before the events did.
  const missed = ref(0)
  let before: readonly FeedItemFragment[] | null = null
  let forget: ReturnType<typeof setTimeout> | undefined
  live.listen(
    CheckInAddedDocument,
    {},
    {
      onEvent: ({ checkInAdded }) => {
        arrived.value = [checkInAdded, ...arrived.value.filter(({ id }) => id !== checkInAdded.id)]
        settleSoon()
      },
      onGap: () => {
        if (seen.value) before ??= items.value
        read.reload()
      },
    },
  )
  watch(live.connected, (isNow, was) => {
    if (was && !isNow) before ??= items.value
  })
  watch(
    read.data,
    (found) => {
      if (!found) return
      seen.value = found
      arrived.value = []
      if (!before) return
      missed.value += changesBetween(before, listed.value)
      before = live.connected.value ? null : items.value
      clearTimeout(forget)
      forget = setTimeout(() => (missed.value = 0), MISSED_SHOWN_MS)
    },
    { immediate: true },
  )

  // The last hour moves on without any event, and so does the day.
  const refresh = setInterval(() => {
    if (!document.hidden) read.reload()
  }, REFRESH_MS)
  window.addEventListener('focus', settleSoon)
  onScopeDispose(() => {
    clearTimeout(timer)
    clearTimeout(forget)
    clearInterval(refresh)
    window.removeEventListener('focus', settleSoon)
  })

  const hasMore = computed(() => seen.value?.checkIns.pageInfo.hasNextPage ?? false)
  return {
    items,
    here,
    /** How many visits came or changed while the connection was away; 0 some time after they were shown. */
    missed,
    figures,
    hasMore,
    failure: read.failure,
    waiting: read.waiting,
    reload: read.reload,
    connected: live.connected,
  }
}
