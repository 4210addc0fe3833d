import { computed, shallowRef } from 'vue'
import {
  ChangeKioskSettingsDocument,
  KioskSettingsDocument,
  type ChangeKioskSettingsInput,
  type KioskChoicesFragment,
} from '@/gql/graphql'
import { execute, useRead, write } from '@/lib/graphql'
import '@/lib/i18n/problems'
import { failureText, formErrors, isProblem } from '@/lib/problems'

type Changes = Omit<ChangeKioskSettingsInput, 'version'>

/** What the centre chose for all of its kiosks. Each choice is saved at once. */
export function useKioskSettings() {
  const { data, failure, waiting, reload } = useRead(KioskSettingsDocument)
  const saved = shallowRef<KioskChoicesFragment | null>(null)
  const settings = computed(() => {
    const read = data.value?.centreSettings ?? null
    return saved.value && (!read || saved.value.version >= read.version) ? saved.value : read
  })

  async function send(version: number, changes: Changes) {
    return (await write(ChangeKioskSettingsDocument, { input: { version, ...changes } })).changeKioskSettings
  }

  /** Resolves to what is wrong, or to null when it was saved. */
  async function change(changes: Changes): Promise<string | null> {
    if (!settings.value) return null
    try {
      let answer = await send(settings.value.version, changes)
      // The version is that of all settings of the centre. A switch has two sides: whoever presses it last has the say.
      if (isProblem(answer) && answer.code === 'STALE_VERSION')
        answer = await send((await execute(KioskSettingsDocument, {})).centreSettings.version, changes)
      if (answer.__typename === 'CentreSettingsSaved') {
        saved.value = answer.settings
        return null
      }
      const { fields, rest } = formErrors(answer)
      return [...Object.values(fields), rest].filter(Boolean).join(' ')
    } catch (error) {
      return failureText(error)
    }
  }

  return { settings, failure, waiting, reload, change }
}

export type KioskSettingsEdit = ReturnType<typeof useKioskSettings>
