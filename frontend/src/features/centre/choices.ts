import type { ChangeCentreSettingsInput } from '@/gql/graphql'

export type Input = Omit<ChangeCentreSettingsInput, 'version'>

/** The keys of `after` whose values differ from those of `before`, with their values. */
export function changed(before: Input, after: Input): Input {
  const same = (key: string) => JSON.stringify(before[key as keyof Input]) === JSON.stringify(after[key as keyof Input])
  return Object.fromEntries(Object.entries(after).filter(([key]) => !same(key)))
}
