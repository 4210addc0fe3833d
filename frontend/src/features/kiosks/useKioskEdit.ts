import { UpdateKioskDocument, type KioskPartsFragment, type UpdateKioskInput } from '@/gql/graphql'
import { useEdit, type SaveOutcome } from '@/lib/edit'
import { write } from '@/lib/graphql'
import { i18n } from '@/lib/i18n'
import '@/lib/i18n/centre'
import '@/lib/i18n/kiosks'
import '@/lib/i18n/problems'

export interface StationChoice {
  value: string
  label: string
}

/** Edits a kiosk's name and station where they stand. `stations` are those that can be chosen, for what two people wanted. */
export function useKioskEdit(
  kiosk: () => KioskPartsFragment,
  stations: () => readonly StationChoice[],
  reload: () => void,
) {
  const { t } = i18n.global
  const { save } = useEdit<'name' | 'stationId'>({
    record: () => ({ ...kiosk(), stationId: kiosk().station?.id ?? null }),
    send: async (version, changes) => {
      const input = { id: kiosk().id, version, ...changes } as UpdateKioskInput
      return (await write(UpdateKioskDocument, { input })).updateKiosk
    },
    label: (field) => t(`kiosks.field.${field}`),
    reload,
  })

  /** The server knows stations by their ids; people don't. */
  async function worded(saving: Promise<SaveOutcome>): Promise<SaveOutcome> {
    const outcome = await saving
    if (outcome.kind !== 'conflict') return outcome
    const { mine, keepMine, ...conflict } = outcome.conflict
    const label = stations().find(({ value }) => value === (mine ?? ''))?.label ?? mine
    return { kind: 'conflict', conflict: { ...conflict, mine: label, keepMine: () => worded(keepMine()) } }
  }

  return {
    saveName: (next: string | null, from?: number) => save('name', next, from),
    saveStation: (next: string | null, from?: number) => worded(save('stationId', next, from)),
  }
}
