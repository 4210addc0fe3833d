import { onScopeDispose, shallowRef } from 'vue'
import { KioskInboxChangedDocument, KiosksWaitingDocument, type WaitingPartsFragment } from '@/gql/graphql'
import { connection } from '@/lib/connection'
import { execute, live } from '@/lib/graphql'
import { usePoll } from '@/lib/poll'
import { shared } from '@/lib/shared'

/** Whoever was sent to the desk is called for half an hour, which ends without any event. */
const REFRESH_MS = 60_000

/** What waits at the kiosks for staff, live; null until it is known. What was seen stays while the connection is away. */
export const useKiosksWaiting = shared(() => {
  const waiting = shallowRef<WaitingPartsFragment | null>(null)
  let events = 0

  async function look(): Promise<void> {
    const before = events
    const answer = await execute(KiosksWaitingDocument, {}).catch(() => null)
    // What came meanwhile is newer than this answer.
    if (answer && events === before) waiting.value = answer.kiosksWaiting
  }

  live.listen(
    KioskInboxChangedDocument,
    {},
    {
      onEvent: ({ kioskInboxChanged }) => {
        events++
        waiting.value = kioskInboxChanged
      },
      onGap: () => void look(),
    },
  )
  void look()
  usePoll(
    () => REFRESH_MS,
    () => void look(),
  )
  onScopeDispose(connection.onRestored(() => void look()))

  return { waiting, look }
})
