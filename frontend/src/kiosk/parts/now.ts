import { onScopeDispose, ref, type Ref } from 'vue'

const TICK_MS = 1_000

/** The present moment, for as long as its component is shown. */
export function useNow(): Readonly<Ref<number>> {
  const now = ref(Date.now())
  const ticking = setInterval(() => (now.value = Date.now()), TICK_MS)
  onScopeDispose(() => clearInterval(ticking))
  return now
}
