import { describe, expect, it, vi } from 'vitest'
import { Failure } from '../graphql/failures'
import { createSession, type Grant, type SessionMessage } from './session'
import type { Tabs } from './tabs'

const START = Date.parse('2026-11-24T18:00:00Z')

function grant(token: string, userId = 'u1', minutes = 10): Grant {
  return {
    __typename: 'SessionStarted',
    accessToken: token,
    expiresAt: new Date(START + minutes * 60_000).toISOString(),
    viewer: {
      __typename: 'Viewer',
      permissions: ['clients:read'],
      mustChangePassword: false,
      mustSetUpSecondFactor: false,
      user: {
        __typename: 'User',
        id: userId,
        email: 'robin@example.test',
        username: 'robin',
        displayName: 'Robin',
        role: 'STAFF',
        theme: 'SYSTEM',
        language: 'EN',
      },
    },
  }
}

/** Tabs of one browser: one lock, and messages that reach all others. */
function browser() {
  const listeners: ((message: SessionMessage) => void)[] = []
  let queue: Promise<unknown> = Promise.resolve()
  return (): Tabs<SessionMessage> => {
    let own: ((message: SessionMessage) => void) | undefined
    return {
      exclusively: (work) => {
        const next = queue.then(work)
        queue = next.catch(() => {})
        return next
      },
      post: (message) => listeners.filter((each) => each !== own).forEach((each) => each(message)),
      onMessage: (listener) => listeners.push((own = listener)),
    }
  }
}

function tab(newTabs: () => Tabs<SessionMessage>, refresh: () => Promise<Grant | null>) {
  const clock = { now: START }
  const startOver = vi.fn()
  return { clock, startOver, session: createSession({ refresh, tabs: newTabs(), now: () => clock.now, startOver }) }
}

describe('session', () => {
  it('renews once for all requests that ask together', async () => {
    const refresh = vi.fn(async () => grant('a'))
    const { session } = tab(browser(), refresh)
    const tokens = await Promise.all(Array.from({ length: 20 }, () => session.token()))
    expect(new Set(tokens)).toEqual(new Set(['a']))
    expect(refresh).toHaveBeenCalledTimes(1)
  })

  it('renews once for twenty tabs that notice together', async () => {
    const newTabs = browser()
    const refresh = vi.fn(async () => grant('a'))
    const all = Array.from({ length: 20 }, () => tab(newTabs, refresh).session)
    await Promise.all(all.map((session) => session.renew()))
    expect(refresh).toHaveBeenCalledTimes(1)
    expect(all.every((session) => session.state.value === 'signedIn')).toBe(true)
  })

  it('renews before the token ends, and not earlier', async () => {
    const refresh = vi
      .fn()
      .mockResolvedValueOnce(grant('a'))
      .mockResolvedValueOnce(grant('b', 'u1', 20))
    const { session, clock } = tab(browser(), refresh)
    await session.token()
    clock.now += 9 * 60_000
    expect(await session.token()).toBe('a')
    clock.now += 30_000
    expect(await session.token()).toBe('b')
  })

  it('does not renew again when the refused token has been replaced meanwhile', async () => {
    const refresh = vi.fn().mockResolvedValueOnce(grant('a')).mockResolvedValueOnce(grant('b'))
    const { session } = tab(browser(), refresh)
    await session.token()
    await Promise.all([session.recover('a'), session.recover('a')])
    await session.recover('a')
    expect(refresh).toHaveBeenCalledTimes(2)
    expect(await session.token()).toBe('b')
  })

  it('lets requests wait when the session ends during work, and go on after the next sign-in', async () => {
    const refresh = vi.fn().mockResolvedValueOnce(grant('a')).mockResolvedValue(null)
    const { session } = tab(browser(), refresh)
    await session.token()
    await session.recover('a')
    expect(session.state.value).toBe('ended')
    expect(session.viewer.value?.user.id).toBe('u1')
    const waiting = session.token()
    session.adopt(grant('c'))
    expect(await waiting).toBe('c')
    expect(session.state.value).toBe('signedIn')
  })

  it('refuses at once when nobody has signed in', async () => {
    const { session } = tab(browser(), async () => null)
    await session.renew()
    expect(session.state.value).toBe('signedOut')
    await expect(session.token()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('keeps its state when the server is not reached', async () => {
    const refresh = vi.fn().mockRejectedValueOnce(new Failure('NETWORK', '')).mockResolvedValueOnce(grant('a'))
    const { session } = tab(browser(), refresh)
    await expect(session.renew()).rejects.toMatchObject({ code: 'NETWORK' })
    expect(session.state.value).toBe('starting')
    expect(await session.token()).toBe('a')
  })

  it('signs out in every tab, and signs in again in every tab', async () => {
    const newTabs = browser()
    const [one, two] = [tab(newTabs, async () => grant('a')).session, tab(newTabs, async () => grant('a')).session]
    await one.renew()
    expect(two.state.value).toBe('signedIn')
    one.signOut()
    expect(two.state.value).toBe('signedOut')
    expect(two.viewer.value).toBeNull()
    two.adopt(grant('b'))
    expect(await one.token()).toBe('b')
  })

  it('starts over when another person signs in, so that nothing of the first stays', async () => {
    const { session, startOver } = tab(browser(), async () => grant('a'))
    await session.renew()
    session.adopt(grant('b', 'u2'))
    expect(startOver).toHaveBeenCalledOnce()
    expect(await session.token()).toBe('a')
  })

  it('knows what the role may do', async () => {
    const { session } = tab(browser(), async () => grant('a'))
    expect(session.can('clients:read')).toBe(false)
    await session.renew()
    expect(session.can('clients:read')).toBe(true)
    expect(session.can('check-ins:write')).toBe(false)
  })
})
