import type { TierDetailsFragment } from '@/gql/graphql'

export const COLOURS = ['slate', 'red', 'orange', 'amber', 'green', 'teal', 'blue', 'violet', 'pink'] as const
export const POLICIES = ['ALLOW', 'REMIND', 'ASK_STAFF', 'BLOCK'] as const
export const WINDOWS = ['MEMBERSHIP', 'MONTH'] as const
export const PERIODS = ['months', 'days', 'none'] as const

/** A tier as its form has it: empty text for nothing, the price in whole units. */
export interface TierDraft {
  name: string
  code: string
  period: (typeof PERIODS)[number]
  periodCount: number | null
  visitCap: number | null
  capWindow: (typeof WINDOWS)[number]
  price: number | null
  policy: (typeof POLICIES)[number]
  colour: string
  description: string
  sentenceEn: string
  sentenceEs: string
}

/** The form of a tier, or of a new one. */
export function draftOf(tier: TierDetailsFragment | null, colour = 'slate'): TierDraft {
  return {
    name: tier?.name ?? '',
    code: tier?.code ?? '',
    period: !tier || tier.periodMonths ? 'months' : tier.periodDays ? 'days' : 'none',
    periodCount: tier ? (tier.periodMonths ?? tier.periodDays) : 1,
    visitCap: tier?.visitCap ?? null,
    capWindow: tier?.capWindow ?? 'MEMBERSHIP',
    price: tier?.price ? tier.price.cents / 100 : null,
    policy: tier?.policy ?? 'REMIND',
    colour: tier?.colour ?? colour,
    description: tier?.description ?? '',
    sentenceEn: tier?.sentenceEn ?? '',
    sentenceEs: tier?.sentenceEs ?? '',
  }
}

/** What the form says, as the API takes it. */
export function inputOf(draft: TierDraft) {
  const { period, periodCount, price, ...rest } = draft
  return {
    ...rest,
    periodMonths: period === 'months' ? periodCount : null,
    periodDays: period === 'days' ? periodCount : null,
    priceCents: price === null ? null : Math.round(price * 100),
  }
}

/** What differs between the form and the tier that was read. */
export function changesOf(draft: TierDraft, tier: TierDetailsFragment): Partial<ReturnType<typeof inputOf>> {
  const before: Record<string, unknown> = inputOf(draftOf(tier))
  return Object.fromEntries(Object.entries(inputOf(draft)).filter(([name, value]) => value !== before[name]))
}

/** A code for a name: "Ten visits" → "ten-visits". */
export function codeFor(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40)
    .replace(/-$/, '')
}
