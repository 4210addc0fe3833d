import { useI18n } from 'vue-i18n'
import { RetireTierDocument, UnretireTierDocument, UpdateTierDocument, type TierDetailsFragment } from '@/gql/graphql'
import { write } from '@/lib/graphql'
import { failureText, isProblem } from '@/lib/problems'
import { useToasts } from '@/lib/toasts'
import { whyNot } from './useRenewal'

type Tier = Pick<TierDetailsFragment, 'id' | 'version' | 'name'>

/** What is done with a tier by one press of a button, and its undoing. */
export function useTierActions(changed: () => void) {
  const { t } = useI18n()
  const toasts = useToasts()

  async function attempt(doing: () => Promise<object>): Promise<Tier | null> {
    let done: Tier | null = null
    try {
      const answer = await doing()
      if (isProblem(answer)) toasts.problem(whyNot(answer))
      else done = (answer as { tier: Tier }).tier
    } catch (error) {
      toasts.problem(failureText(error))
    }
    changed()
    return done
  }

  const setRetired = ({ id, version }: Tier, retired: boolean) =>
    attempt(async () =>
      retired
        ? (await write(RetireTierDocument, { input: { id, version } })).retireTier
        : (await write(UnretireTierDocument, { input: { id, version } })).unretireTier,
    )

  async function change(tier: Tier, retired: boolean): Promise<void> {
    const now = await setRetired(tier, retired)
    const undo = { label: t('parts.undo'), run: () => now && setRetired(now, !retired) }
    const key = retired ? 'holding.tier.nowRetired' : 'holding.tier.nowSold'
    if (now) toasts.show(t(key, { name: now.name }), { action: undo })
  }

  const setDefault = ({ id, version }: Tier) =>
    attempt(
      async () => (await write(UpdateTierDocument, { input: { id, version, isDefault: true } as never })).updateTier,
    )

  /** `former` is the tier that has been the default; taking it back needs its version as it is then, one more than now. */
  async function makeDefault(tier: Tier, former: Tier | null): Promise<void> {
    const now = await setDefault(tier)
    if (!now) return
    const undo = former && {
      label: t('parts.undo'),
      run: () => setDefault({ ...former, version: former.version + 1 }),
    }
    toasts.show(t('holding.tier.nowDefault', { name: now.name }), undo ? { action: undo } : {})
  }

  return {
    retire: (tier: Tier) => change(tier, true),
    unretire: (tier: Tier) => change(tier, false),
    makeDefault,
  }
}
