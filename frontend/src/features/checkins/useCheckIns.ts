import { watch } from 'vue'
import { CheckInDocument, VoidCheckInDocument } from '@/gql/graphql'
import { connection } from '@/lib/connection'
import { session, write } from '@/lib/graphql'
import { newId } from '@/lib/ids'
import { createAttempts } from './attempts'

const attempts = createAttempts({
  checkIn: async (input) => (await write(CheckInDocument, { input })).checkIn,
  voidCheckIn: async (input) => (await write(VoidCheckInDocument, { input })).voidCheckIn,
  newId,
  undoReason: 'undone at the desk',
})

connection.onRestored(() => void attempts.resend())
watch(session.viewer, (viewer) => {
  if (!viewer) attempts.clear()
})
window.addEventListener('beforeunload', (event) => {
  if (attempts.unsent.value.length > 0) event.preventDefault()
})

/** The tab's check-ins: one store, whichever page starts or shows them. */
export const useCheckIns = () => attempts

/** Voids a visit out of a list, on `useCheckIns().undo`'s terms. Returns false when it was refused. */
export async function voidVisit(checkInId: string): Promise<boolean> {
  const { voidCheckIn } = await write(VoidCheckInDocument, { input: { checkInId, reason: 'undone at the desk' } })
  return voidCheckIn.__typename === 'CheckInVoided'
}
