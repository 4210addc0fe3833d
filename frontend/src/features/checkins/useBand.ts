import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { Attempts, Phase } from './attempts'

const SHOWN_MS = 6_000
const PASSING = new Set<Phase>(['recorded', 'repeat', 'undone'])

/**
 * How long the confirmation stays: 6 s when all is well, unless it is pointed at or focused; refusals and failures
 * stay until dismissed. A client's alerts stay until each is dismissed, whatever happens to the band.
 */
export function useBand(attempts: Attempts) {
  const dismissed = shallowRef<ReadonlySet<string>>(new Set())
  const shown = attempts.current
  const withAlerts = shallowRef(shown.value)
  let timer: ReturnType<typeof setTimeout> | undefined
  let held = false

  function schedule(): void {
    clearTimeout(timer)
    if (!held && shown.value && PASSING.has(shown.value.phase)) timer = setTimeout(attempts.dismiss, SHOWN_MS)
  }

  watch(
    shown,
    (attempt, before) => {
      if (attempt && attempt.requestId !== before?.requestId) {
        withAlerts.value = attempt
        dismissed.value = new Set()
      }
      if (!attempt) held = false
      schedule()
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))

  return {
    shown,
    alerts: computed(() => withAlerts.value?.person.alerts?.filter(({ id }) => !dismissed.value.has(id)) ?? []),
    dismiss: attempts.dismiss,
    dismissAlert: (id: string) => (dismissed.value = new Set([...dismissed.value, id])),
    hold: () => {
      held = true
      clearTimeout(timer)
    },
    release: () => {
      held = false
      schedule()
    },
  }
}
