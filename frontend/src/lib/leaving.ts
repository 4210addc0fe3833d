import { onScopeDispose, shallowRef } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'
import { session } from './graphql'

/** Answers the question whether to leave; null while it isn't asked. */
export const askedToLeave = shallowRef<((leave: boolean) => void) | null>(null)

/**
 * Asks before a page is left on which `dirty` work would be lost. For what a draft can't keep, such as a chosen file;
 * what is typed goes into `useDraft` and needs no question.
 */
export function useLeaveGuard(dirty: () => boolean): void {
  onBeforeRouteLeave(() => {
    if (!dirty() || session.state.value === 'signedOut') return true
    askedToLeave.value?.(false)
    return new Promise<boolean>((resolve) => {
      askedToLeave.value = (leave) => {
        askedToLeave.value = null
        resolve(leave)
      }
    })
  })

  function closing(event: BeforeUnloadEvent): void {
    if (dirty()) event.preventDefault()
  }
  window.addEventListener('beforeunload', closing)
  onScopeDispose(() => window.removeEventListener('beforeunload', closing))
}
