import { onScopeDispose, ref } from 'vue'
import { KioskInboxChangedDocument, KioskInboxDocument, type InboxPartsFragment } from '@/gql/graphql'
import { connection } from '@/lib/connection'
import { execute, live } from '@/lib/graphql'
import { usePages } from '@/lib/graphql/pages'

const PAGE = 50
/** As many as one request may ask for. */
const MOST = 100

/** What waits for a decision, the oldest first, or what was decided, the latest first; read again at each change. */
export function useInbox(decided: () => boolean) {
  const total = ref(0)
  let shown = 0

  const list = usePages<InboxPartsFragment>(
    async (after, signal) => {
      // Read anew, a list is not shorter than it was.
      const first = after ? PAGE : Math.min(Math.max(shown, PAGE), MOST)
      const { kioskInbox } = await execute(KioskInboxDocument, { decided: decided(), first, after }, { signal })
      total.value = kioskInbox.totalCount
      shown = kioskInbox.edges.length + (after ? shown : 0)
      return {
        nodes: kioskInbox.edges.map(({ node }) => node),
        hasMore: kioskInbox.pageInfo.hasNextPage,
        cursor: kioskInbox.pageInfo.endCursor,
      }
    },
    () => ((shown = 0), decided()),
  )

  live.listen(
    KioskInboxChangedDocument,
    {},
    {
      // Somebody who reads far down is not taken back to the top by what others do.
      onEvent: () => shown <= MOST && void list.reload(),
      onGap: () => void list.reload(),
    },
  )
  onScopeDispose(connection.onRestored(() => void list.reload()))

  return { ...list, total }
}
