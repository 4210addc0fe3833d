import { useI18n } from 'vue-i18n'

/** Kept with a visit that was undone where it was made; every reader sees it in their own language. */
export const UNDONE_AT_DESK = 'undone at the desk'

/** Why a visit was voided, in words for the page. */
export function useVoidReason(): (reason: string | null | undefined) => string {
  const { t } = useI18n()
  return (reason) => (reason === UNDONE_AT_DESK ? t('checkIn.undoReason') : (reason ?? ''))
}
