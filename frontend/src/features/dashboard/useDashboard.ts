import { onScopeDispose } from 'vue'
import { CheckInAddedDocument, DashboardDocument } from '@/gql/graphql'
import { live, useRead } from '@/lib/graphql'
import { usePoll } from '@/lib/poll'

const SETTLE_MS = 1_500
const REFRESH_MS = 60_000

/** The dashboard's figures; read again soon after each check-in, and every minute, since "by now" moves on without any. */
export function useDashboard() {
  const read = useRead(DashboardDocument)

  // Twenty who come at once make one reading, not twenty; the first of them doesn't wait for the last.
  let timer: ReturnType<typeof setTimeout> | undefined
  function readSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      read.reload()
    }, SETTLE_MS)
  }

  live.listen(CheckInAddedDocument, {}, { onEvent: readSoon, onGap: readSoon })
  usePoll(() => REFRESH_MS, read.reload)
  onScopeDispose(() => clearTimeout(timer))
  return { ...read, connected: live.connected }
}
