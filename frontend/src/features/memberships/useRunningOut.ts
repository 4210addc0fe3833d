import { computed, ref, shallowRef } from 'vue'
import { RunningOutDocument, type RunningOutLineFragment, type RunningOutQuery } from '@/gql/graphql'
import { execute } from '@/lib/graphql'
import { usePages } from '@/lib/graphql/pages'
import { isProblem } from '@/lib/problems'
import type { OutState } from './outState'
import { useRenewal, whyNot, type HoldingKind, type Renewed } from './useRenewal'

const PAGE = 50
const keyOf = ({ holding }: RunningOutLineFragment) => holding.id

/** The lists of what runs out, page by page, and renewing from them. What was renewed stays in sight until the list is read anew. */
export function useRunningOut(state: () => OutState) {
  const tiers = shallowRef<NonNullable<RunningOutQuery['membershipTiers']>>([])
  const coordinators = shallowRef<readonly string[]>([])
  const total = ref<{ n: number; exact: boolean } | null>(null)
  const renewed = shallowRef<ReadonlyMap<string, Renewed>>(new Map())
  const problems = shallowRef<ReadonlyMap<string, string>>(new Map())

  const list = usePages(
    async (after, signal) => {
      const { list: which, days, tierId, coordinator } = state()
      const filter = { which, days, tierIds: tierId ? [tierId] : null, coordinator: coordinator || null }
      const variables = { filter, first: PAGE, after, choices: after === null }
      const data = await execute(RunningOutDocument, variables, { signal })
      if (data.membershipTiers) tiers.value = data.membershipTiers
      if (data.serviceCoordinators) coordinators.value = data.serviceCoordinators
      const { edges, pageInfo, totalCount, totalIsExact } = data.runningOut
      total.value = { n: totalCount, exact: totalIsExact }
      if (after === null) renewed.value = problems.value = new Map()
      return { nodes: edges.map(({ node }) => node), hasMore: pageInfo.hasNextPage, cursor: pageInfo.endCursor }
    },
    () => JSON.stringify(state()),
  )
  const { busy, renew } = useRenewal(() => {})

  function put<Value>(map: ReadonlyMap<string, Value>, key: string, value: Value | null): ReadonlyMap<string, Value> {
    const next = new Map(map)
    if (value === null) next.delete(key)
    else next.set(key, value)
    return next
  }

  async function renewLine(line: RunningOutLineFragment): Promise<void> {
    const key = keyOf(line)
    problems.value = put(problems.value, key, null)
    const undone = () => (renewed.value = put(renewed.value, key, null))
    const answer = await renew(line.holding.__typename as HoldingKind, line.holding.id, undone)
    if (!answer) return
    if (isProblem(answer)) problems.value = put(problems.value, key, whyNot(answer))
    else renewed.value = put(renewed.value, key, answer)
  }

  return {
    list,
    tiers: computed(() => tiers.value),
    coordinators: computed(() => coordinators.value),
    total: computed(() => (list.loaded.value ? total.value : null)),
    busy,
    renew: renewLine,
    renewedTo: (line: RunningOutLineFragment) => renewed.value.get(keyOf(line)) ?? null,
    problemOf: (line: RunningOutLineFragment) => problems.value.get(keyOf(line)) ?? null,
    keyOf,
  }
}
