import { computed, onScopeDispose, ref } from 'vue'

/** Seconds that run down to zero, also shown as "0:42". */
export function useCountdown() {
  const left = ref(0)
  let timer: ReturnType<typeof setInterval> | undefined

  function start(seconds: number): void {
    const end = performance.now() + seconds * 1_000
    clearInterval(timer)
    left.value = Math.ceil(seconds)
    timer = setInterval(() => {
      left.value = Math.max(0, Math.ceil((end - performance.now()) / 1_000))
      if (left.value === 0) clearInterval(timer)
    }, 250)
  }

  onScopeDispose(() => clearInterval(timer))
  const text = computed(() => `${Math.floor(left.value / 60)}:${String(left.value % 60).padStart(2, '0')}`)
  return { left, text, start }
}
