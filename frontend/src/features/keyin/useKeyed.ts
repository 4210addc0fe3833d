import { watch } from 'vue'
import { KeyInVisitDocument, VoidCheckInDocument } from '@/gql/graphql'
import { connection } from '@/lib/connection'
import { session, write } from '@/lib/graphql'
import { newId } from '@/lib/ids'
import { UNDONE_AT_DESK } from '@/lib/voidReason'
import { createKeyed } from './keyed'

const keyed = createKeyed({
  keyIn: async (input) => (await write(KeyInVisitDocument, { input })).keyInVisit,
  voidCheckIn: async (input) => (await write(VoidCheckInDocument, { input })).voidCheckIn,
  newId,
  undoReason: UNDONE_AT_DESK,
})

connection.onRestored(() => void keyed.resend())
watch(
  () => session.viewer.value?.user.id,
  () => keyed.clear(),
)
// The paper is still there, but nobody would know which of its lines was not sent.
window.addEventListener('beforeunload', (event) => {
  if (keyed.waiting.value) event.preventDefault()
})

/** What this tab keyed in: one store, also while another page is open. */
export const useKeyed = () => keyed
