import { computed, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { CentreFactsDocument, type CentreFactsQuery } from '@/gql/graphql'
import { now, useNow } from './clock'
import { ageOn, dayOf, daysBetween, fullDay, longDay, relativeTo, shortDay, timeOf } from './dates'
import { execute } from './graphql'
import { language } from './i18n'
import { standingWords, type Standing } from './standing'

export type CentreFacts = CentreFactsQuery['centre']

const facts = shallowRef<CentreFacts>({
  __typename: 'Centre',
  name: 'KRC',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  languages: ['EN', 'ES'],
  defaultLanguage: 'EN',
  accentLight: null,
  accentDark: null,
  logoUrl: null,
  passwordMinLength: 8,
  passwordMaxLength: 128,
})

/** The centre's public facts; sensible values stand in until `loadCentre` has finished. */
export const centre = facts

export async function loadCentre(): Promise<void> {
  facts.value = (await execute(CentreFactsDocument, {}, { anonymous: true })).centre
  await language.offer(facts.value.languages, facts.value.defaultLanguage)
}

/** Today at the centre, whatever the clock and zone of this device say. */
export const centreToday = () => dayOf(now(), facts.value.timeZone)

/** How many days ago is still said in words. */
const AGO_IN_WORDS = 6

/** Formatting in the centre's zone and the reader's language; everything follows midnight and a change of language. */
export function useDates() {
  const { t, locale } = useI18n()
  const tick = useNow()
  const zone = computed(() => facts.value.timeZone)
  const today = computed(() => dayOf(tick.value, zone.value))
  const tag = computed(() => (locale.value === 'es' ? 'es' : 'en'))

  const time = (instant: string) => timeOf(instant, zone.value, tag.value)
  const short = (day: string) => shortDay(day, today.value, tag.value)
  const long = (day: string) => longDay(day, today.value, tag.value)
  const full = (day: string) => fullDay(day, tag.value)
  /** "6 hours ago". */
  const since = (instant: string) => relativeTo(instant, tick.value, tag.value)
  const dayOfInstant = (instant: string) => dayOf(instant, zone.value)

  /** "today 14:05", "2 days ago", "5 Nov". */
  function ago(instant: string | null): string {
    if (!instant) return t('ago.never')
    const day = dayOfInstant(instant)
    const days = daysBetween(day, today.value)
    if (days <= 0) return t('ago.today', { time: time(instant) })
    if (days === 1) return t('ago.yesterday', { time: time(instant) })
    return days <= AGO_IN_WORDS ? t('ago.days', { n: days }, days) : short(day)
  }

  /** "Tue 24 Nov 18:42", for titles and lists. */
  const moment = (instant: string) => `${long(dayOfInstant(instant))} ${time(instant)}`

  /** "Expires in 9 days · 14 Dec". */
  function standing(value: Standing): string {
    const words = standingWords(value, today.value, tag.value)
    const text = t(`standing.${words.key}`, { n: words.count }, words.count)
    if (!words.day) return text
    return words.key === 'expiredOn' || words.key === 'startsOn' ? `${text} ${words.day}` : `${text} · ${words.day}`
  }

  return {
    today,
    tick,
    time,
    short,
    long,
    full,
    ago,
    moment,
    since,
    locale: tag,
    standing,
    dayOfInstant,
    age: (born: string) => ageOn(born, today.value),
  }
}
