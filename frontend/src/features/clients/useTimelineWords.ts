import { useI18n } from 'vue-i18n'
import type { TimelinePartsFragment } from '@/gql/graphql'
import { UNDONE_AT_DESK } from '@/lib/voidReason'
import { useDates } from '@/lib/centre'

const DAY = /^\d{4}-\d{2}-\d{2}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/
/** Where a row of a file came from: it means something to whoever imported it, and nothing here. */
const OF_FILES = new Set(['import', 'row'])
/** Those who have a name of their own; a job's name is one of the program's. */
const NAMED = new Set(['USER', 'API_KEY', 'KIOSK'])

/** Where the words of a field's values are, by the field. */
const PLACES: Record<string, readonly string[]> = {
  kioskColour: ['person.mark.colours'],
  kioskPicture: ['person.mark.pictures'],
  language: ['language'],
  kind: ['client.kind', 'client.consent', 'person.timeline.value'],
  method: ['feed.method'],
  policy: ['holding.tier.policies'],
  standing: ['standing'],
  status: ['person.timeline.value'],
  unit: ['holding.unit'],
  why: ['person.timeline.value'],
}

/** What stands in a timeline, in the reader's words: the server gives bare values. */
export function useTimelineWords() {
  const { t, te } = useI18n()
  const dates = useDates()

  /** A field's name as the pages call it; one without words is shown as it is. */
  function fieldName(path: readonly string[]): string {
    const name = path.at(-1) ?? ''
    return te(`person.field.${name}`, 'en') ? t(`person.field.${name}`) : name
  }

  function fieldValue(path: readonly string[], value: string | null): string {
    if (!value) return t('person.timeline.nothing')
    if (value === 'true' || value === 'false') return t(value === 'true' ? 'person.yes' : 'person.no')
    if (value === UNDONE_AT_DESK) return t('checkIn.undoReason')
    if (DAY.test(value)) return dates.full(value)
    if (INSTANT.test(value)) return dates.moment(value)
    const places = PLACES[path.at(-1) ?? ''] ?? []
    const key = places.map((at) => `${at}.${value}`).find((each) => te(each, 'en'))
    return key ? t(key) : value
  }

  return {
    fieldName,
    fieldValue,
    changesOf: ({ changes }: TimelinePartsFragment) => changes.filter(({ path }) => !OF_FILES.has(path[0] ?? '')),
    who: ({ byName, byKind }: TimelinePartsFragment): string =>
      NAMED.has(byKind) && byName ? byName : t(`person.timeline.who.${byKind}`),
  }
}
