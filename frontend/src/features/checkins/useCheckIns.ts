import { watch } from 'vue'
import { CheckInDocument, FilteredClientDocument, VoidCheckInDocument } from '@/gql/graphql'
import { centre, centreToday } from '@/lib/centre'
import { now } from '@/lib/clock'
import { connection } from '@/lib/connection'
import { dayOf } from '@/lib/dates'
import { execute, session, write } from '@/lib/graphql'
import { newId } from '@/lib/ids'
import { createAttempts } from './attempts'
import { createKeeping } from './keptAttempts'
import { UNDONE_AT_DESK } from '@/lib/voidReason'

const attempts = createAttempts({
  checkIn: async (input) => (await write(CheckInDocument, { input })).checkIn,
  voidCheckIn: async (input) => (await write(VoidCheckInDocument, { input })).voidCheckIn,
  newId,
  undoReason: UNDONE_AT_DESK,
  keeping: createKeeping({
    storage: () => localStorage,
    userId: () => session.viewer.value?.user.id ?? null,
    now,
  }),
  nameOf: async (id) => (await execute(FilteredClientDocument, { id })).client?.displayName ?? null,
  now,
  isToday: (at) => dayOf(at, centre.value.timeZone) === centreToday(),
})

connection.onRestored(() => void attempts.resend())
watch(
  () => session.viewer.value?.user.id,
  (user) => {
    if (user) void attempts.restore()
    else attempts.clear()
  },
  { immediate: true },
)
// Kept or not, nothing is sent while no tab is open.
window.addEventListener('beforeunload', (event) => {
  if (attempts.unsent.value.some(({ phase }) => phase === 'failed')) event.preventDefault()
})

/** The tab's check-ins: one store, whichever page starts or shows them. */
export const useCheckIns = () => attempts
