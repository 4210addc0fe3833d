import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { ArchiveClientDocument, RestoreClientDocument } from '@/gql/graphql'
import { write } from '@/lib/graphql'
import { failureText, isProblem, problemText, type Problem } from '@/lib/problems'
import { useToasts } from '@/lib/toasts'

interface Archived {
  id: string
  version: number
  displayName: string
}

/** Archives a client and restores them; each can be undone. */
export function useArchive(client: () => Archived, changed: () => void) {
  const { t } = useI18n()
  const toasts = useToasts()
  const busy = ref(false)
  const problem = ref<string | null>(null)

  /** Neither depends on what else was changed meanwhile: it is done on top of the newer version. */
  async function settle(send: (version: number) => Promise<object>): Promise<boolean> {
    busy.value = true
    problem.value = null
    try {
      let answer = await send(client().version)
      if (isProblem(answer) && answer.code === 'STALE_VERSION' && answer.version) answer = await send(answer.version)
      if (isProblem(answer)) problem.value = problemText(answer satisfies Problem)
    } catch (error) {
      problem.value = failureText(error)
    }
    busy.value = false
    changed()
    return problem.value === null
  }

  async function archive(): Promise<boolean> {
    const { id, displayName: name } = client()
    const done = await settle(
      async (version) => (await write(ArchiveClientDocument, { input: { id, version } })).archiveClient,
    )
    if (done) toasts.show(t('person.archive.done', { name }), { action: { label: t('parts.undo'), run: restore } })
    return done
  }

  async function restore(): Promise<void> {
    const { id, displayName: name } = client()
    const done = await settle(
      async (version) => (await write(RestoreClientDocument, { input: { id, version } })).restoreClient,
    )
    if (done) toasts.show(t('person.archive.restored', { name }))
    else toasts.problem(t('person.archive.failed', { why: problem.value }))
  }

  return { busy, problem, archive, restore }
}
