import { IdCard, NotebookPen, PencilLine, UserRoundCheck } from 'lucide-vue-next'
import { useI18n } from 'vue-i18n'
import { offerCommands, type Command } from '@/lib/commands'
import { session } from '@/lib/graphql'
import { useToasts } from '@/lib/toasts'

interface OnShow {
  id: string
  archived: boolean
  memberCode: string | null
}

interface Doing {
  checkIn: () => unknown
  addNote: () => unknown
  editName: () => unknown
  /** Makes the card of a client as a PDF, on the paper that this device printed on last; why there is none. */
  makeCard: (id: string) => Promise<string | null>
  changed: () => unknown
}

/** What the command palette offers on a client's page, as far as the role may; renewing is offered by what they hold. */
export function useClientCommands(client: () => OnShow | null | undefined, doing: Doing): void {
  const { t } = useI18n()
  const toasts = useToasts()

  async function printCard({ id, memberCode }: OnShow): Promise<void> {
    const problem = await doing.makeCard(id)
    if (problem) toasts.problem(problem)
    // Whoever had no code has one now.
    else if (!memberCode) doing.changed()
  }

  offerCommands(() => {
    const shown = client()
    if (!shown) return []
    const commands: Command[] = []
    const offer = (id: string, icon: Command['icon'], run: Command['run']) =>
      commands.push({ id: `client.${id}`, label: t(`person.command.${id}`), icon, run })
    if (!shown.archived && session.can('check-ins:write')) offer('checkIn', UserRoundCheck, doing.checkIn)
    if (session.can('clients:write')) {
      offer('card', IdCard, () => printCard(shown))
      offer('note', NotebookPen, doing.addNote)
      offer('name', PencilLine, doing.editName)
    }
    return commands
  })
}
