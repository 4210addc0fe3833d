import { computed } from 'vue'
import { useI18n } from 'vue-i18n'

/** The roles and languages of users, in words. */
export function useUserChoices() {
  const { t } = useI18n()
  const roles = computed(() => (['STAFF', 'ADMIN'] as const).map((value) => ({ value, label: t(`user.${value}`) })))
  const languages = computed(() => (['EN', 'ES'] as const).map((value) => ({ value, label: t(`language.${value}`) })))
  return { roles, languages }
}
