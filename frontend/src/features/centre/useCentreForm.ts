import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import {
  CentreSettingsDocument,
  ChangeCentreSettingsDocument,
  type CentreChoicesFragment,
  type ChangeCentreSettingsInput,
} from '@/gql/graphql'
import { loadCentre } from '@/lib/centre'
import { execute, useRead, write } from '@/lib/graphql'
import { useLeaveGuard } from '@/lib/leaving'
import { failureText, formErrors, noErrors } from '@/lib/problems'
import { useToasts } from '@/lib/toasts'
import { changed, type Input } from './choices'

interface Parts<Form> {
  /** What the form begins with. */
  read: (chosen: CentreChoicesFragment) => Form
  /** What the form says, as the server takes it; a key for each setting. */
  input: (form: Form) => Input
}

/**
 * A page of the centre's settings. Only what was changed is sent. Where somebody else changed other settings meanwhile it is
 * sent again by itself; where they changed the same one, `theirs` is set, what was typed stays, and the person decides.
 */
export function useCentreForm<Form extends object>({ read, input }: Parts<Form>) {
  const { t } = useI18n()
  const toasts = useToasts()
  const { data, failure, waiting, reload } = useRead(CentreSettingsDocument)
  const form = ref<Form | null>(null) as Ref<Form | null>
  const from = shallowRef<CentreChoicesFragment | null>(null)
  const theirs = shallowRef<CentreChoicesFragment | null>(null)
  const busy = ref(false)
  const errors = ref(noErrors())

  const changes = computed<Input>(() =>
    form.value && from.value ? changed(input(read(from.value)), input(form.value)) : {},
  )
  const touched = computed(() => Object.keys(changes.value).length > 0)
  useLeaveGuard(() => touched.value)

  function show(chosen: CentreChoicesFragment): void {
    from.value = chosen
    form.value = read(chosen)
    theirs.value = null
    errors.value = noErrors()
  }

  // What is being typed is not taken away by an answer that comes meanwhile.
  watch(
    () => data.value?.centreSettings,
    (chosen) => {
      if (chosen && !touched.value) show(chosen)
    },
    { immediate: true },
  )

  /** Sends what was changed on top of this version; whether the answer is the last word. */
  async function send(version: number): Promise<boolean> {
    const given: ChangeCentreSettingsInput = { ...changes.value, version }
    const answer = (await write(ChangeCentreSettingsDocument, { input: given })).changeCentreSettings
    if (answer.__typename === 'CentreSettingsSaved') {
      show(answer.settings)
      toasts.show(t('choices.saved'))
      // The name, the zone and the looks are everywhere.
      void loadCentre().catch(() => {})
      return true
    }
    if (answer.code === 'STALE_VERSION') return false
    errors.value = formErrors(answer)
    return true
  }

  async function save(version = from.value?.version): Promise<void> {
    if (version === undefined || busy.value) return
    if (!touched.value) return void toasts.show(t('choices.saved'))
    busy.value = true
    errors.value = noErrors()
    try {
      if (!(await send(version))) await settle()
    } catch (error) {
      errors.value = { fields: {}, rest: failureText(error) }
    }
    busy.value = false
  }

  async function settle(): Promise<void> {
    const now = (await execute(CentreSettingsDocument, {})).centreSettings
    const before = from.value
    if (!before || !form.value) return
    const contested = Object.keys(changed(input(read(before)), input(read(now)))).some((key) => key in changes.value)
    if (contested || !(await send(now.version))) theirs.value = now
  }

  /** Theirs stand; what was typed into the same settings is given up. */
  function takeTheirs(): void {
    if (theirs.value) show(theirs.value)
  }

  /** What was typed stands, on top of what they did. */
  async function keepMine(): Promise<void> {
    const version = theirs.value?.version
    theirs.value = null
    await save(version)
  }

  return { chosen: from, failure, waiting, reload, form, touched, busy, errors, theirs, save, takeTheirs, keepMine }
}
