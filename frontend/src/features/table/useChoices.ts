import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { TableChoicesDocument } from '@/gql/graphql'
import { useRead } from '@/lib/graphql'
import { CONSENTS, type Agreed, type TableFilter, type Visited } from './tableState'

/** One filter that is on: what it says, and the state without it. */
export interface Chip {
  key: string
  text: string
  without: Partial<TableFilter>
}

/** What the filters offer, and how the ones that are on read. `wanted` is false as long as nobody needs the offers. */
export function useChoices(filter: () => TableFilter, wanted: () => boolean) {
  const { t } = useI18n()
  const { data, failure, reload } = useRead(TableChoicesDocument, { pause: () => !wanted() })
  const tags = computed(() =>
    (data.value?.tags ?? []).map(({ id, name, colour }) => ({ value: id, label: name, colour })),
  )
  const tiers = computed(() =>
    (data.value?.membershipTiers ?? []).map(({ id, name, colour }) => ({ value: id, label: name, colour })),
  )
  const coordinators = computed(() =>
    (data.value?.serviceCoordinators ?? []).map((name) => ({ value: name, label: name })),
  )

  const visitText = (visited: Visited) => {
    if (visited === 'never') return t('table.never')
    const days = Number(visited.replace(/\D+/, ''))
    if (visited === 'in0') return t('table.visitedToday')
    return t(visited.startsWith('in') ? 'table.visitedIn' : 'table.visitedNot', { n: days }, days)
  }
  const agreedText = (each: Agreed) =>
    t(each.startsWith('-') ? 'table.notAgreed' : 'table.agreed', { kind: t(`client.consent.${each.replace('-', '')}`) })
  const agreements = computed(() =>
    CONSENTS.flatMap((kind): Agreed[] => [kind, `-${kind}`]).map((value) => ({ value, label: agreedText(value) })),
  )

  /** While the names are on the way a chip shows that there is one, and not an id. */
  const names = (ids: readonly string[], options: readonly { value: string; label: string }[]) =>
    ids
      .map((id) => options.find(({ value }) => value === id)?.label ?? (data.value ? t('table.unknown') : '…'))
      .join(', ')

  const chips = computed<Chip[]>(() => {
    const now = filter()
    const chip = (key: string, on: unknown, text: () => string, without: Partial<TableFilter>): Chip[] =>
      on ? [{ key, text: text(), without }] : []
    const joined = now.standing.map((each) => t(`standing.${each}`)).join(', ')
    return [
      ...chip('standing', now.standing.length, () => joined, { standing: [] }),
      ...chip(
        'tags',
        now.tags.length,
        () =>
          t(now.anyTag && now.tags.length > 1 ? 'table.tagsAny' : 'table.tagsAll', {
            names: names(now.tags, tags.value),
          }),
        { tags: [], anyTag: false },
      ),
      ...chip('tiers', now.tiers.length, () => t('table.tierIs', { names: names(now.tiers, tiers.value) }), {
        tiers: [],
      }),
      ...chip('coordinator', now.coordinator, () => t('table.coordinatorIs', { name: now.coordinator! }), {
        coordinator: null,
      }),
      ...chip('language', now.language, () => t(`language.${now.language}`), { language: null }),
      ...chip('visited', now.visited, () => t('table.visitIs', { when: visitText(now.visited!) }), { visited: null }),
      ...now.consents.map((each) => ({
        key: `consent-${each}`,
        text: agreedText(each),
        without: { consents: now.consents.filter((other) => other !== each) },
      })),
      ...chip('since', now.since, () => `${t('table.since')}: ${now.since}`, { since: '' }),
      ...chip('first', now.firstVisit, () => `${t('table.firstVisit')}: ${now.firstVisit}`, { firstVisit: '' }),
      ...chip('archived', now.archived, () => t('table.archived'), { archived: false }),
      ...chip('fix', now.toFix, () => t('table.toFix'), { toFix: false }),
    ]
  })

  return { tags, tiers, coordinators, agreements, visitText, chips, failure, reload }
}

export type Choices = ReturnType<typeof useChoices>
