import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { ChangeClientTagsDocument, CreateTagDocument, type TagPartsFragment } from '@/gql/graphql'
import { write } from '@/lib/graphql'
import { newId } from '@/lib/ids'
import { failureText, formErrors, isProblem, type Problem } from '@/lib/problems'
import { useToasts } from '@/lib/toasts'
import { rarestColour } from './useTags'

/** Puts tags on a client and takes them off; each can be undone. */
export function useClientTags(clientId: () => string, changed: () => void) {
  const { t } = useI18n()
  const toasts = useToasts()
  const problem = ref<string | null>(null)
  const busy = ref(false)
  /** One key for one name, so that a second try after a lost answer finds the tag that the first one made. */
  const keys = new Map<string, string>()

  async function attempt<Answer extends object>(send: () => Promise<Answer>): Promise<Answer | null> {
    busy.value = true
    problem.value = null
    try {
      const answer = await send()
      if (!isProblem(answer)) return answer
      const { fields, rest } = formErrors(answer as Problem)
      problem.value = t('tags.failed', { why: [...Object.values(fields), rest].filter(Boolean).join(' ') })
    } catch (error) {
      problem.value = t('tags.failed', { why: failureText(error) })
    } finally {
      busy.value = false
    }
    return null
  }

  async function change(tag: TagPartsFragment, on: boolean, undoable = true): Promise<void> {
    const input = { clientId: clientId(), add: on ? [tag.id] : [], remove: on ? [] : [tag.id] }
    const done = await attempt(async () => (await write(ChangeClientTagsDocument, { input })).changeClientTags)
    if (!done) return
    const action = undoable ? { label: t('parts.undo'), run: () => change(tag, !on, false) } : null
    toasts.show(t(on ? 'tags.added' : 'tags.takenOff', { tag: tag.name }), { action })
    changed()
  }

  /** Makes a tag by its name, in a colour that few have, and puts it on. */
  async function make(name: string, others: readonly { colour: string }[]): Promise<void> {
    if (!keys.has(name)) keys.set(name, newId())
    const input = { name, colour: rarestColour(others), idempotencyKey: keys.get(name)! }
    const made = await attempt(async () => (await write(CreateTagDocument, { input })).createTag)
    if (made && 'tag' in made) await change(made.tag, true)
  }

  return { problem, busy, change, make }
}
