import { computed, ref, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { MergeClientsDocument, MergePreviewDocument, UndoMergeDocument } from '@/gql/graphql'
import type { MergeField, MergePreviewQuery } from '@/gql/graphql'
import { execute, toFailure, write, type Failure } from '@/lib/graphql'
import { newId } from '@/lib/ids'
import { failureText, isProblem, problemText } from '@/lib/problems'
import { useToasts } from '@/lib/toasts'

export type Preview = Extract<MergePreviewQuery['mergePreview'], { __typename?: 'MergePreview' }>
export type Choices = Partial<Record<MergeField, string>>

const chosenOf = (choices: Choices, ids: readonly string[]) =>
  Object.entries(choices)
    .filter(([, clientId]) => clientId && ids.includes(clientId))
    .map(([field, clientId]) => ({ field: field as MergeField, clientId: clientId! }))

/** Takes a merge back and says so. True when it is undone. */
export function useUndoMerge() {
  const { t } = useI18n()
  const toasts = useToasts()
  const busy = ref(false)

  async function undo(mergeId: string): Promise<boolean> {
    busy.value = true
    let why: string | null = null
    try {
      const { undoMerge: answer } = await write(UndoMergeDocument, { input: { mergeId } })
      if (isProblem(answer)) why = problemText(answer)
    } catch (error) {
      why = failureText(error)
    }
    busy.value = false
    if (why) toasts.problem(t('privacy.merge.undoFailed', { why }))
    else toasts.show(t('privacy.merge.undone'))
    return why === null
  }

  return { busy, undo }
}

/** The dry run of a merge, kept up to date with who is merged and what is chosen, and the merge itself. */
export function useMerge(ids: () => readonly string[], choices: () => Choices) {
  const { t } = useI18n()
  const preview = ref<Preview | null>(null)
  const failure = ref<Failure | null>(null)
  const problem = ref<string | null>(null)
  const loading = ref(false)
  const busy = ref(false)
  let asking: AbortController | undefined
  let sent = { words: '', key: '' }

  async function look(): Promise<void> {
    asking?.abort()
    const [keptId, ...mergedIds] = ids()
    if (!keptId || !mergedIds.length) {
      preview.value = null
      return
    }
    const { signal } = (asking = new AbortController())
    loading.value = true
    failure.value = null
    try {
      const input = { keptId, mergedIds, choices: chosenOf(choices(), ids()) }
      const { mergePreview: answer } = await execute(MergePreviewDocument, { input }, { signal })
      if (isProblem(answer)) problem.value = answer.fields?.[0] ? problemText(answer.fields[0]) : problemText(answer)
      else preview.value = answer as Preview
    } catch (error) {
      if (signal.aborted) return
      failure.value = toFailure(error)
    }
    loading.value = false
  }
  watch([() => ids().join(), () => JSON.stringify(choices())], () => ((problem.value = null), void look()), {
    immediate: true,
  })

  /** The kept client and the merge to undo; null when nothing was merged, then `problem` says why. */
  async function merge(): Promise<{ id: string; name: string; mergeId: string | null } | null> {
    const [kept, ...merged] = preview.value?.clients.map(({ id, version }) => ({ id, version })) ?? []
    if (busy.value || !kept) return null
    const input = { kept, merged, choices: chosenOf(choices(), ids()) }
    const words = JSON.stringify(input)
    if (sent.words !== words) sent = { words, key: newId() }
    busy.value = true
    problem.value = null
    try {
      const { mergeClients: answer } = await write(MergeClientsDocument, {
        input: { ...input, idempotencyKey: sent.key },
      })
      if (!isProblem(answer)) {
        const { id, displayName: name, merges } = (answer as { client: Client }).client
        return { id, name, mergeId: merges[0]?.id ?? null }
      }
      await look()
      problem.value =
        answer.code === 'STALE_VERSION' ? t('privacy.page.changed') : problemText(answer.fields?.[0] ?? answer)
    } catch (error) {
      problem.value = failureText(error)
    } finally {
      busy.value = false
    }
    return null
  }

  return { preview: computed(() => preview.value), failure, problem, loading, busy, look, merge }
}

interface Client {
  id: string
  displayName: string
  merges: readonly { id: string }[]
}
