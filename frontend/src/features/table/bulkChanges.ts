import { computed, shallowRef, watch } from 'vue'
import { BulkProgressDocument, UndoBulkChangeDocument, type BulkPartsFragment } from '@/gql/graphql'
import { execute, session, write } from '@/lib/graphql'
import { newId } from '@/lib/ids'
import { failureText, problemText } from '@/lib/problems'

const KEY = 'krc.bulk'
const EVERY_MS = 600

/**
 * The change to many clients that was begun in this tab. It goes on in the background whatever page is open; a reload finds it
 * again. One at a time is shown; the server does several.
 */
const current = shallowRef<BulkPartsFragment | null>(null)
const problem = shallowRef<string | null>(null)
const undoing = shallowRef(false)
let timer: ReturnType<typeof setTimeout> | undefined
let undoKey = { of: '', key: '' }

function remember(id: string | null): void {
  try {
    if (id) sessionStorage.setItem(KEY, id)
    else sessionStorage.removeItem(KEY)
  } catch {
    // It is then shown as long as the page lives.
  }
}

async function look(id: string): Promise<void> {
  clearTimeout(timer)
  try {
    const { bulkChange } = await execute(BulkProgressDocument, { id })
    if (current.value && current.value.id !== id) return
    current.value = bulkChange ?? null
    if (!bulkChange) return remember(null)
    if (bulkChange.state !== 'RUNNING') return
  } catch {
    // The server is away or busy: what it does goes on, and it is asked again.
  }
  if (session.viewer.value) timer = setTimeout(() => void look(id), EVERY_MS)
}

function follow(change: BulkPartsFragment): void {
  current.value = change
  problem.value = null
  remember(change.id)
  if (change.state === 'RUNNING') timer = setTimeout(() => void look(change.id), EVERY_MS / 2)
}

function dismiss(): void {
  clearTimeout(timer)
  current.value = null
  problem.value = null
  remember(null)
}

async function undo(): Promise<void> {
  const change = current.value
  if (!change || undoing.value) return
  if (undoKey.of !== change.id) undoKey = { of: change.id, key: newId() }
  undoing.value = true
  try {
    const input = { id: change.id, idempotencyKey: undoKey.key }
    const { undoBulkChange: answer } = await write(UndoBulkChangeDocument, { input })
    if (answer.__typename === 'BulkChangeStarted') follow(answer.bulkChange)
    else problem.value = problemText(answer)
  } catch (error) {
    problem.value = failureText(error)
  } finally {
    undoing.value = false
  }
}

watch(session.viewer, (viewer) => {
  if (!viewer) dismiss()
})

/** Looks once for what a reload has left behind. */
function resume(): void {
  if (current.value) return
  try {
    const id = sessionStorage.getItem(KEY)
    if (id) void look(id)
  } catch {
    // Storage may be off.
  }
}

const api = {
  current: computed(() => current.value),
  running: computed(() => current.value?.state === 'RUNNING'),
  problem: computed(() => problem.value),
  undoing: computed(() => undoing.value),
  follow,
  undo,
  dismiss,
  resume,
}

export const useBulkChanges = () => api
