import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { DeleteTagDocument, JoinTagsDocument, UpdateTagDocument, type TagDetailsFragment } from '@/gql/graphql'
import { write } from '@/lib/graphql'
import { failureText, formErrors, isProblem, type Problem } from '@/lib/problems'
import { useToasts } from '@/lib/toasts'

/** Recolours, joins and deletes tags; `problem` says why one of it was not done. */
export function useTagChanges(changed: () => void) {
  const { t } = useI18n()
  const toasts = useToasts()
  const busy = ref(false)
  const problem = ref<string | null>(null)

  async function attempt(send: () => Promise<object>, said: string): Promise<boolean> {
    busy.value = true
    problem.value = null
    try {
      const answer = await send()
      if (isProblem(answer)) problem.value = why(answer)
      else toasts.show(said)
    } catch (error) {
      problem.value = failureText(error)
    }
    busy.value = false
    changed()
    return problem.value === null
  }

  function why(answer: Problem): string {
    if (answer.code === 'STALE_VERSION') return t('tags.conflict')
    const { fields, rest } = formErrors(answer)
    return [...Object.values(fields), rest].filter(Boolean).join(' ')
  }

  return {
    busy,
    problem,
    recolour: ({ id, version, name }: TagDetailsFragment, colour: string) =>
      attempt(
        async () => (await write(UpdateTagDocument, { input: { id, version, colour } })).updateTag,
        t('tags.recoloured', { name, colour: t(`tags.toneOf.${colour}`).toLocaleLowerCase() }),
      ),
    join: ({ id, name }: TagDetailsFragment, into: TagDetailsFragment) =>
      attempt(
        async () => (await write(JoinTagsDocument, { input: { id, intoId: into.id } })).joinTags,
        t('tags.joined', { name, into: into.name }),
      ),
    remove: ({ id, version, name }: TagDetailsFragment) =>
      attempt(
        async () => (await write(DeleteTagDocument, { input: { id, version } })).deleteTag,
        t('tags.removed', { name }),
      ),
  }
}
