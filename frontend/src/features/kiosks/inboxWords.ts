import { useI18n } from 'vue-i18n'
import type { InboxPartsFragment, KioskDoubt } from '@/gql/graphql'
import { useDates } from '@/lib/centre'
import '@/lib/i18n/kiosks'

interface Pressed {
  reason: KioskDoubt
  client: { displayName: string } | null
  walkIn: { firstName: string; lastName: string } | null
}

/** What a kiosk sent, as sentences. */
export function useInboxWords() {
  const { t } = useI18n()
  const dates = useDates()

  /** Whose press it was: as they are on file, as they call themselves, or nobody knows. */
  function who({ reason, client, walkIn }: Pressed): string {
    if (client) return client.displayName
    if (walkIn) return `${walkIn.firstName} ${walkIn.lastName}`.trim()
    // What a visitor told is kept no longer than until it is decided.
    return t(reason === 'WALK_IN' ? 'kiosks.inbox.visitor' : 'kiosks.inbox.somebody')
  }

  /** Why a person has to decide. */
  function why({ reason, arrivedAt, occurredAt }: InboxPartsFragment): string {
    const when = dates.moment(reason === 'FUTURE' ? arrivedAt : occurredAt)
    return t(`kiosks.inbox.doubt.${reason}`, { when })
  }

  function where({ kiosk }: InboxPartsFragment): string {
    const station = kiosk.station?.name
    return station && station !== kiosk.name
      ? t('kiosks.inbox.whereStation', { kiosk: kiosk.name, station })
      : t('kiosks.inbox.where', { kiosk: kiosk.name })
  }

  /** What was decided, by whom and when; null while it waits. */
  function decided({ decision, decidedBy, decidedAt }: InboxPartsFragment): string | null {
    if (!decision || !decidedAt) return null
    const words = { decision: t(`kiosks.inbox.decision.${decision}`), when: dates.moment(decidedAt) }
    return decidedBy ? t('kiosks.inbox.decidedBy', { ...words, name: decidedBy }) : t('kiosks.inbox.decidedAt', words)
  }

  return { who, why, where, decided }
}
