import type { LobbyQuery } from '@/kiosk/gql/graphql'

type Told = LobbyQuery['lobby']

/** For specs: what the server tells a lobby's screen. */
export const told = (chosen: Partial<Told> = {}): Told => ({
  __typename: 'Lobby',
  centreName: 'Harbour Arcade',
  here: 3,
  tags: ['NightOwl', 'Pixel'],
  opensAt: '2026-11-23T17:00:00Z',
  closesAt: '2026-11-24T05:00:00Z',
  now: new Date().toISOString(),
  accentLight: null,
  accentDark: null,
  logo: null,
  languages: ['EN', 'ES'],
  defaultLanguage: 'EN',
  timeZone: 'America/Los_Angeles',
  ...chosen,
})
