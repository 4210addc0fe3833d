import { onScopeDispose, watch, type WatchSource } from 'vue'

/**
 * Calls `look` again and again, as many milliseconds apart as `every` says at the time; not while the page is hidden, and
 * at once when it is shown again after longer than that.
 */
export function usePoll(every: WatchSource<number>, look: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let pause = 0
  let last = Date.now()

  function wait(): void {
    clearTimeout(timer)
    timer = setTimeout(turn, Math.max(0, last + pause - Date.now()))
  }

  function turn(): void {
    if (document.visibilityState === 'hidden') return
    last = Date.now()
    look()
    wait()
  }

  const shown = () => {
    if (document.visibilityState !== 'hidden') wait()
  }
  watch(every, (ms) => ((pause = ms), wait()), { immediate: true })
  document.addEventListener('visibilitychange', shown)
  onScopeDispose(() => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', shown)
  })
}
