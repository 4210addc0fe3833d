import { useI18n } from 'vue-i18n'
import type { CappedCountPartsFragment } from '@/gql/graphql'
import { countOf } from '@/lib/sizes'

/** "12", or "more than 500" where counting stopped. */
export function useCapped() {
  const { t, locale } = useI18n()
  return ({ count, isExact }: CappedCountPartsFragment) => {
    const n = countOf(count, locale.value)
    return isExact ? n : t('dashboard.moreThan', { n })
  }
}
