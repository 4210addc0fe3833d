import { onScopeDispose, ref, type Ref } from 'vue'

// A desk PC's clock may be wrong by hours; the server's is the one that counts.
let offset = 0

/** Milliseconds since 1970, as the server sees them. */
export function now(): number {
  return Date.now() + offset
}

/** Takes the server's `Date` header, which has whole seconds: smaller differences are left alone. */
export function learnServerTime(header: string | null): void {
  const server = header ? Date.parse(header) : Number.NaN
  if (Number.isNaN(server)) return
  const difference = server - Date.now()
  offset = Math.abs(difference) < 2_000 ? 0 : difference
}

/** A reactive `now()` that ticks, for words such as "3 min ago". */
export function useNow(everyMs = 30_000): Ref<number> {
  const current = ref(now())
  const timer = setInterval(() => (current.value = now()), everyMs)
  onScopeDispose(() => clearInterval(timer))
  return current
}
