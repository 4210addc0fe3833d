import { computed, shallowRef } from 'vue'
import type { SessionPartsFragment } from '@/gql/graphql'
import { Failure } from '../graphql/failures'
import type { Tabs } from './tabs'

export type Grant = SessionPartsFragment
export type Viewer = Grant['viewer']
export type SessionState = 'starting' | 'signedOut' | 'signedIn' | 'ended'
export type SessionMessage =
  { kind: 'granted'; grant: Grant } | { kind: 'signedOut' } | { kind: 'profile'; viewer: Viewer }

export interface SessionParts {
  /** Trades the refresh cookie for a new grant; null when the session is over; throws a Failure when nobody answered. */
  refresh: () => Promise<Grant | null>
  tabs: Tabs<SessionMessage>
  now: () => number
  /** Another person signed in: nothing of the first may stay in memory. */
  startOver: () => void
}

const RENEW_BEFORE_MS = 45_000

/**
 * The one holder of the access token, in memory only. All requests of a tab share one renewal, and all tabs share it
 * too. `ended` means that it ended during work: the page stays, and whoever asks for a token waits for a new sign-in.
 */
export function createSession({ refresh, tabs, now, startOver }: SessionParts) {
  const state = shallowRef<SessionState>('starting')
  const viewer = shallowRef<Viewer | null>(null)
  let grant: Grant | null = null
  let flight: Promise<boolean> | null = null
  let waiting: (() => void)[] = []

  function take(next: Grant): void {
    if (viewer.value && viewer.value.user.id !== next.viewer.user.id) return startOver()
    grant = next
    viewer.value = next.viewer
    state.value = 'signedIn'
    const resumed = waiting
    waiting = []
    for (const resume of resumed) resume()
  }

  function adopt(next: Grant): void {
    take(next)
    tabs.post({ kind: 'granted', grant: next })
  }

  function end(): void {
    grant = null
    state.value = viewer.value ? 'ended' : 'signedOut'
  }

  function renew(): Promise<boolean> {
    flight ??= renewOnce().finally(() => (flight = null))
    return flight
  }

  async function renewOnce(): Promise<boolean> {
    const before = grant?.accessToken
    return tabs.exclusively(async () => {
      if (grant && grant.accessToken !== before) return true
      const next = await refresh()
      if (next) adopt(next)
      else end()
      return next !== null
    })
  }

  function untilSignedIn(): Promise<void> {
    return new Promise((resolve) => waiting.push(resolve))
  }

  const expired = () => !grant || Date.parse(grant.expiresAt) - now() < RENEW_BEFORE_MS

  /** A token that is good for a while. Waits through an ended session; throws when nobody is signed in. */
  async function token(): Promise<string> {
    for (;;) {
      if (state.value === 'signedOut') throw new Failure('UNAUTHENTICATED', 'Nobody is signed in.')
      if (state.value === 'ended') await untilSignedIn()
      else if (expired()) await renew()
      else return grant!.accessToken
    }
  }

  /** The server refused `used`: get another, unless that has happened meanwhile. */
  async function recover(used: string | null): Promise<void> {
    if (state.value === 'signedIn' && grant && grant.accessToken === used) await renew()
  }

  /** Forgets everything in this tab. `tell` passes it on to the other tabs. */
  function signOut(tell = true): void {
    grant = null
    viewer.value = null
    state.value = 'signedOut'
    if (tell) tabs.post({ kind: 'signedOut' })
  }

  function updateUser(changes: Partial<Viewer['user']>): void {
    if (!viewer.value) return
    viewer.value = { ...viewer.value, user: { ...viewer.value.user, ...changes } }
    tabs.post({ kind: 'profile', viewer: viewer.value })
  }

  tabs.onMessage((message) => {
    if (message.kind === 'granted') take(message.grant)
    else if (message.kind === 'signedOut') signOut(false)
    else if (viewer.value?.user.id === message.viewer.user.id) viewer.value = message.viewer
  })

  return {
    state: computed(() => state.value),
    viewer: computed(() => viewer.value),
    can: (permission: string) => viewer.value?.permissions.includes(permission) ?? false,
    renew,
    token,
    recover,
    adopt,
    signOut,
    updateUser,
  }
}

export type Session = ReturnType<typeof createSession>
