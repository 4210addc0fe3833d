import { shallowReactive } from 'vue'
import { AcceptKioskEventDocument, DismissKioskEventDocument } from '@/gql/graphql'
import { write } from '@/lib/graphql'
import { i18n } from '@/lib/i18n'
import '@/lib/i18n/kiosks'
import '@/lib/i18n/problems'
import { failureText, formErrors, isProblem, type Problem } from '@/lib/problems'
import { useToasts } from '@/lib/toasts'

/** The check-in's own sentence where the policy refused it. */
function sentenceOf(problem: Problem & { sentence?: string }): string {
  if (problem.sentence) return problem.sentence
  const { fields, rest } = formErrors(problem)
  return [...Object.values(fields), rest].filter(Boolean).join(' ')
}

/**
 * Decides about what the kiosks could not: each decision ends with a line that says what became of it, also where somebody else was
 * faster. `decided` is called after anything that may have changed the list.
 */
export function useDecisions(decided: () => void) {
  const { t } = i18n.global
  const toasts = useToasts()
  const busy = shallowReactive(new Set<string>())
  /** What was wrong with each item's last decision. */
  const problems = shallowReactive(new Map<string, string>())

  async function decide(id: string, done: string, send: () => Promise<object>): Promise<boolean> {
    if (busy.has(id)) return false
    busy.add(id)
    problems.delete(id)
    try {
      const answer = await send()
      if (!isProblem(answer)) {
        toasts.show(done)
        decided()
        return true
      }
      if (answer.code === 'DECIDED' || answer.code === 'NOT_FOUND') {
        toasts.show(t('problem.DECIDED'))
        decided()
      } else problems.set(id, sentenceOf(answer))
    } catch (error) {
      problems.set(id, failureText(error))
    } finally {
      busy.delete(id)
    }
    return false
  }

  /** Records the visit. `clientId` says whose it was, where the kiosk could not know. */
  const accept = (id: string, name: string, clientId: string | null = null) =>
    decide(
      id,
      t('kiosks.inbox.accepted', { name }),
      async () =>
        (await write(AcceptKioskEventDocument, { input: { id, ...(clientId ? { clientId } : {}) } })).acceptKioskEvent,
    )

  const dismiss = (id: string, reason: string) =>
    decide(
      id,
      t('kiosks.inbox.dismissed'),
      async () =>
        (await write(DismissKioskEventDocument, { input: { id, reason: reason.trim() || null } })).dismissKioskEvent,
    )

  return {
    isBusy: (id: string): boolean => busy.has(id),
    problemOf: (id: string): string | null => problems.get(id) ?? null,
    accept,
    dismiss,
  }
}
