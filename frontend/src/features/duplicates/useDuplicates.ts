import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { DismissDuplicateDocument } from '@/gql/graphql'
import { write } from '@/lib/graphql'

/** Says that two clients are not the same person. `busy` and `failed` hold the pair it is about. */
export function useDismissal() {
  const busy = ref<string | null>(null)
  const failed = ref<string | null>(null)

  /** True when it is noted, by this or by an earlier request. */
  async function dismiss(clientId: string, otherId: string): Promise<boolean> {
    const pair = pairOf(clientId, otherId)
    busy.value = pair
    failed.value = null
    const done = await write(DismissDuplicateDocument, { input: { clientId, otherId } }).then(
      () => true,
      () => false,
    )
    if (!done) failed.value = pair
    busy.value = null
    return done
  }

  return { busy, failed, dismiss }
}

/** One key for two clients, whichever is named first. */
export const pairOf = (one: string, other: string) => [one, other].sort().join(' ')

/** Why two clients may be the same person, in words; a code without words is shown as it is. */
export function useDuplicateReason() {
  const { t, te } = useI18n()
  return (code: string) =>
    te(`duplicate.reason.${code}`, 'en') ? t(`duplicate.reason.${code}`) : code.replaceAll('_', ' ')
}
