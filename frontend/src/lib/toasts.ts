import { computed, shallowRef } from 'vue'

export interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'done' | 'problem'
  /** What can be done about it, such as undoing it. */
  readonly action: { label: string; run: () => unknown } | null
  /** How long it stays in ms; null: until it is dismissed. */
  readonly stays: number | null
}

export interface ToastOptions {
  tone?: Toast['tone']
  action?: Toast['action']
  stays?: number | null
}

const PLAIN_MS = 5_000
/** Long enough to read, decide and reach it with the keyboard. */
const WITH_ACTION_MS = 12_000
const MOST = 3

const toasts = shallowRef<readonly Toast[]>([])
let last = 0

/** Shows a short line at the bottom of the page. Problems stay until they are dismissed. Returns its id. */
function show(text: string, { tone = 'done', action = null, stays }: ToastOptions = {}): number {
  const standard = tone === 'problem' ? null : action ? WITH_ACTION_MS : PLAIN_MS
  const toast: Toast = { id: ++last, text, tone, action, stays: stays === undefined ? standard : stays }
  toasts.value = [...toasts.value.slice(1 - MOST), toast]
  return toast.id
}

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id)
}

const api = {
  toasts: computed(() => toasts.value),
  show,
  /** What went wrong, until it is dismissed. */
  problem: (text: string) => show(text, { tone: 'problem' }),
  dismiss,
  clear: () => {
    toasts.value = []
  },
}

/** The lines at the bottom of the page. They outlive a change of page. */
export const useToasts = () => api
