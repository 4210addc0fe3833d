import { readonly, ref } from 'vue'

/** Whether the server can be reached, learnt from real requests and, while it can't, from a small probe. */
const lost = ref(false)
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setTimeout> | undefined
let waits = 0

async function probe(): Promise<void> {
  try {
    const response = await fetch('/api/v1/healthz', { cache: 'no-store', signal: AbortSignal.timeout(5_000) })
    if (response.ok) return restored()
  } catch {
    // Still away: the next try is scheduled below.
  }
  schedule()
}

function schedule(): void {
  clearTimeout(timer)
  timer = setTimeout(() => void probe(), Math.min(1_500 * 2 ** waits++, 12_000))
}

function restored(): void {
  clearTimeout(timer)
  waits = 0
  if (!lost.value) return
  lost.value = false
  for (const listener of [...listeners]) listener()
}

/** Call when a request did not reach the server; the probe starts and says when it is back. */
function report(): void {
  if (lost.value) return
  lost.value = true
  schedule()
}

/** Calls `listener` each time the server is back. Returns a function that stops it. */
function onRestored(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const connection = { lost: readonly(lost), report, restored, onRestored, probe }

if (typeof window !== 'undefined') {
  window.addEventListener('offline', report)
  window.addEventListener('online', () => void probe())
}
