import { nextTick, ref, watch } from 'vue'
import { useRouter } from 'vue-router'
import { DeskSearchDocument } from '@/gql/graphql'
import { execute } from '@/lib/graphql'
import { deskAction } from './deskKeys'
import { useDeskSearch } from './useDeskSearch'
import { useScans } from './useScans'

interface Person {
  id: string
  displayName: string
  alerts: readonly { id: string; body: string }[]
}

interface DeskParts {
  /** Checks somebody in who was chosen or scanned. */
  checkIn: (person: Person) => void
  bandShown: () => boolean
  dismissBand: () => void
}

/** The desk's search, keyboard and scanner together: what is chosen, what a key does, whom a code checks in. */
export function useDesk(parts: DeskParts) {
  const router = useRouter()
  const search = useDeskSearch((text, signal) => execute(DeskSearchDocument, { search: text }, { signal }))
  const { text, rows, hasMore, settled } = search
  const chosen = ref(-1)
  /** Somebody types faster than the answer comes; Enter then counts for the text that it was pressed for. */
  const enterWaitsFor = ref<string | null>(null)

  watch(rows, () => (chosen.value = rows.value.length === 1 && !hasMore.value ? 0 : -1))
  watch(text, (now) => {
    if (now && now !== enterWaitsFor.value) enterWaitsFor.value = null
    if (now) {
      parts.dismissBand()
      scans.dismiss()
    }
  })
  watch(settled, (isSettled) => {
    if (!isSettled || enterWaitsFor.value !== text.value) return
    enterWaitsFor.value = null
    void nextTick(() => press('Enter', true))
  })

  function start(person: Person): void {
    text.value = ''
    parts.checkIn(person)
  }

  const scans = useScans({
    found: start,
    erase: (typed) => {
      if (text.value.endsWith(typed)) text.value = text.value.slice(0, -typed.length)
    },
  })

  function press(key: string, caretAtEnd: boolean): boolean {
    const action = deskAction(key, {
      text: text.value,
      chosen: chosen.value,
      count: rows.value.length,
      settled: settled.value,
      hasMore: hasMore.value,
      bandShown: parts.bandShown() || scans.problem.value !== null,
      caretAtEnd,
    })
    if (action.kind === 'choose') chosen.value = action.row
    else if (action.kind === 'checkIn') checkIn(action.row)
    else if (action.kind === 'open') open(action.row)
    else if (action.kind === 'closeBand') close()
    else if (action.kind === 'clear') text.value = ''
    else if (action.kind === 'waitForRows') {
      enterWaitsFor.value = text.value
      void search.refresh()
    }
    return action.kind !== 'none'
  }

  function close(): void {
    parts.dismissBand()
    scans.dismiss()
  }

  function checkIn(row: number): void {
    const client = rows.value[row]
    if (client) start(client)
  }

  function open(row: number): void {
    const client = rows.value[row]
    if (client) void router.push(`/clients/${encodeURIComponent(client.id)}`)
  }

  return { search, scans, chosen, press, checkIn, open }
}
