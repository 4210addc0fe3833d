import { useI18n } from 'vue-i18n'
import {
  RemoveContactMethodDocument,
  RestoreContactMethodDocument,
  UpdateContactMethodDocument,
  type ContactPartsFragment,
  type RestoreContactMethodInput,
} from '@/gql/graphql'
import { useEdit } from '@/lib/edit'
import { write } from '@/lib/graphql'
import { newId } from '@/lib/ids'
import { failureText, isProblem, problemText } from '@/lib/problems'
import { useToasts } from '@/lib/toasts'

export type ContactField = 'value' | 'label' | 'primary' | 'verified' | 'optedOut'

/** What can be done with one way to reach a client; `reload` reads the page anew. */
export function useContact(method: () => ContactPartsFragment, reload: () => void) {
  const { t } = useI18n()
  const toasts = useToasts()

  const { shown, save } = useEdit<ContactField>({
    record: method,
    send: async (version, changes) => {
      const input = { id: method().id, version, ...changes } as never
      return (await write(UpdateContactMethodDocument, { input })).updateContactMethod
    },
    label: (field) => t(`person.field.${field}`),
    reload,
  })

  /** Yes or no: where two people wanted different things, the later wish counts. */
  async function set(field: 'primary' | 'verified' | 'optedOut', wanted: boolean): Promise<void> {
    let outcome = await save(field, wanted)
    if (outcome.kind === 'conflict') outcome = await outcome.conflict.keepMine()
    if (outcome.kind === 'problem') toasts.problem(outcome.sentence)
  }

  async function attempt(send: () => Promise<object>, done: () => void): Promise<void> {
    try {
      const answer = await send()
      if (isProblem(answer)) toasts.problem(problemText(answer))
      else done()
    } catch (error) {
      toasts.problem(failureText(error))
    }
    reload()
  }

  function remove(): Promise<void> {
    const gone = method()
    const input = { id: gone.id, version: gone.version, idempotencyKey: newId() }
    const action = { label: t('parts.undo'), run: () => putBack(input) }
    return attempt(
      async () =>
        (await write(RemoveContactMethodDocument, { input: { id: gone.id, version: gone.version } }))
          .removeContactMethod,
      () => toasts.show(t('person.contact.removed', { value: gone.display }), { action }),
    )
  }

  /** It is again what it was: its label, that somebody verified it, and that nothing may be sent there. */
  function putBack(input: RestoreContactMethodInput): Promise<void> {
    return attempt(
      async () => (await write(RestoreContactMethodDocument, { input })).restoreContactMethod,
      () => {},
    )
  }

  return { shown, save, set, remove }
}
