import { useI18n } from 'vue-i18n'
import type { AuthorizationPartsFragment } from '@/gql/graphql'

type Named = Pick<AuthorizationPartsFragment, 'authorizationNumber' | 'serviceCode' | 'serviceSubcode'>

/** What people call an authorization: its number, else the service that it pays for. */
export function useAuthorizationName() {
  const { t } = useI18n()
  return ({ authorizationNumber, serviceCode, serviceSubcode }: Named): string => {
    if (authorizationNumber) return t('holding.number', { number: authorizationNumber })
    const service = [serviceCode, serviceSubcode].filter(Boolean).join('/')
    return service ? t('holding.service', { code: service }) : t('holding.funded')
  }
}
