import { ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import {
  ActivateUserDocument,
  DeactivateUserDocument,
  DeleteUserDocument,
  EndUserSessionsDocument,
  NewSignInLinkDocument,
  ResetPasswordDocument,
  ResetSecondFactorOfDocument,
  WithdrawSignInLinkDocument,
  type AccessPartsFragment,
  type UserDetailsFragment,
} from '@/gql/graphql'
import { write } from '@/lib/graphql'
import '@/lib/i18n/users'
import { failureText, isProblem, problemText } from '@/lib/problems'
import { useToasts } from '@/lib/toasts'

export type WayIn = 'ONE_TIME_LINK' | 'TEMPORARY_PASSWORD'

/** What an admin does with an account besides editing its fields. `access` is what has to be shown, once. */
export function useUserActions(user: () => UserDetailsFragment, changed: () => void) {
  const { t } = useI18n()
  const toasts = useToasts()
  const busy = ref(false)
  const problem = ref<string | null>(null)
  const access = shallowRef<AccessPartsFragment | null>(null)
  const id = () => ({ id: user().id })
  const version = () => ({ id: user().id, version: user().version })
  const name = () => ({ name: user().displayName })

  /** Whether it was done; else `problem` says why. */
  async function attempt<Answer extends object>(work: () => Promise<Answer>, done: (answer: Answer) => void) {
    if (busy.value) return false
    busy.value = true
    problem.value = null
    try {
      const answer = await work()
      if (!isProblem(answer)) {
        done(answer)
        return true
      }
      problem.value = wordsFor(answer)
    } catch (error) {
      problem.value = failureText(error)
    } finally {
      busy.value = false
      changed()
    }
    return false
  }

  function wordsFor(answer: { code: string; message: string; traces?: readonly string[] }): string {
    const words = problemText(answer)
    if (!answer.traces?.length) return words
    const what = answer.traces.map((trace) => t(`users.trace.${trace}`)).join(', ')
    return `${words} ${t('users.remove.because', { what })}`
  }

  const show = (answer: object) => (access.value = answer as AccessPartsFragment)
  /** What no dialog asks about says its problem at the bottom of the page. */
  async function aloud(doing: Promise<boolean>): Promise<void> {
    if (!(await doing) && problem.value) toasts.problem(problem.value)
    problem.value = null
  }

  return {
    busy,
    problem,
    access,
    reset: (how: WayIn) =>
      attempt(async () => (await write(ResetPasswordDocument, { input: { ...id(), how } })).resetPassword, show),
    newLink: () =>
      aloud(attempt(async () => (await write(NewSignInLinkDocument, { input: id() })).newSignInLink, show)),
    withdrawLink: () =>
      aloud(
        attempt(
          async () => (await write(WithdrawSignInLinkDocument, { input: id() })).withdrawSignInLink,
          () => toasts.show(t('users.link.withdrawn')),
        ),
      ),
    activate: () =>
      aloud(
        attempt(
          async () => (await write(ActivateUserDocument, { input: version() })).activateUser,
          () => toasts.show(t('users.activate.done', name())),
        ),
      ),
    deactivate: () =>
      attempt(
        async () => (await write(DeactivateUserDocument, { input: version() })).deactivateUser,
        () => toasts.show(t('users.deactivate.done', name())),
      ),
    resetSecondFactor: () =>
      attempt(
        async () => (await write(ResetSecondFactorOfDocument, { input: id() })).resetSecondFactor,
        () => toasts.show(t('users.secondFactor.done')),
      ),
    remove: () =>
      attempt(
        async () => (await write(DeleteUserDocument, { input: version() })).deleteUser,
        () => toasts.show(t('users.remove.done', name())),
      ),
    /** How many sessions were ended; rejects with what stood in the way. */
    async endSessions(): Promise<number> {
      const answer = (await write(EndUserSessionsDocument, { input: id() })).endUserSessions
      return answer.__typename === 'SessionsEnded' ? answer.ended : 0
    },
  }
}
