import { useI18n } from 'vue-i18n'
import { UpdateClientDocument, type ClientFieldsFragment, type UpdateClientInput } from '@/gql/graphql'
import { useEdit } from '@/lib/edit'
import { session, write } from '@/lib/graphql'

export type ClientField = Exclude<keyof UpdateClientInput, 'id' | 'version'>

/** Edits a client's own fields, one by one. */
export function useClientEdit(client: () => ClientFieldsFragment, reload: () => void) {
  const { t } = useI18n()
  const { shown, save } = useEdit<ClientField>({
    record: () => {
      const { colour, picture, ...comfort } = client().comfort
      return { ...client(), ...comfort, kioskColour: colour, kioskPicture: picture }
    },
    send: async (version, changes) => {
      const input = { id: client().id, version, ...changes } as UpdateClientInput
      return (await write(UpdateClientDocument, { input })).updateClient
    },
    label: (field) => t(`person.field.${field}`),
    reload,
  })
  return { id: client().id, version: () => client().version, may: session.can('clients:write'), shown, save }
}

export type ClientEdit = ReturnType<typeof useClientEdit>
