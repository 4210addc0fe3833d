import { useI18n } from 'vue-i18n'
import { DeleteNoteDocument, RestoreNoteDocument, UpdateNoteDocument, type NotePartsFragment } from '@/gql/graphql'
import { useEdit } from '@/lib/edit'
import { write } from '@/lib/graphql'
import { failureText, isProblem, problemText } from '@/lib/problems'
import { useToasts } from '@/lib/toasts'

/** What can be done with one note; `reload` reads the page's notes anew. */
export function useNote(note: () => NotePartsFragment, reload: () => void) {
  const { t } = useI18n()
  const toasts = useToasts()

  const { shown, save } = useEdit<'body' | 'pinned'>({
    record: note,
    send: async (version, changes) =>
      (await write(UpdateNoteDocument, { input: { id: note().id, version, ...changes } as never })).updateNote,
    label: (field) => t(field === 'pinned' ? 'person.field.pinned' : 'person.field.note'),
    reload,
  })

  function failed(why: string): void {
    toasts.problem(t('notes.failed', { why }))
    reload()
  }

  async function remove(): Promise<void> {
    const { id, version } = note()
    try {
      const { deleteNote } = await write(DeleteNoteDocument, { input: { id, version } })
      if (isProblem(deleteNote)) return failed(problemText(deleteNote))
      const now = 'changedVersion' in deleteNote ? (deleteNote.changedVersion ?? version + 1) : version + 1
      toasts.show(t('notes.removed'), { action: { label: t('parts.undo'), run: () => bringBack(id, now) } })
      reload()
    } catch (error) {
      failed(failureText(error))
    }
  }

  async function bringBack(id: string, version: number): Promise<void> {
    try {
      const { restoreNote } = await write(RestoreNoteDocument, { input: { id, version } })
      if (isProblem(restoreNote)) return failed(problemText(restoreNote))
      reload()
    } catch (error) {
      failed(failureText(error))
    }
  }

  return { shown, save, remove }
}
