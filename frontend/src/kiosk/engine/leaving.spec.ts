import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { encode, sha256 } from './bytes'
import { createLeaving } from './leaving'
import { advance, createBrowser, fakeTime, settle, tidyUp } from './scripted'
import type { Device, KioskState } from './storage'

const EXIT = 'krc-exit-AbC_12-'
const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))

async function pinOf(pin: string) {
  const salt = encode('sixteen bytes ..')
  const key = await crypto.subtle.importKey('raw', encode(pin), 'PBKDF2', false, ['deriveBits'])
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: 1_000 }, key, 256)
  return {
    __typename: 'KioskExitPin' as const,
    salt: base64(salt),
    iterations: 1_000,
    hash: base64(new Uint8Array(bits)),
  }
}

let life: AbortController
let kept: Device['leaving'] | undefined
let state: KioskState | null

const open = () =>
  createLeaving({
    state: () => state,
    read: async () => kept,
    write: async (next) => void (kept = next),
    life: life.signal,
  })

beforeEach(async () => {
  fakeTime()
  createBrowser()
  life = new AbortController()
  kept = undefined
  state = { exitPin: await pinOf('2468'), exitCodeHash: await sha256(EXIT) } as KioskState
})
afterEach(async () => {
  life.abort()
  await tidyUp()
})

/** How many seconds a try takes, and what it says. */
async function timed(leaving: ReturnType<typeof open>, text: string): Promise<[number, boolean]> {
  const since = performance.now()
  let said: boolean | undefined
  void leaving.mayLeave(text).then((right) => (said = right))
  await settle()
  while (said === undefined) {
    vi.advanceTimersToNextTimer()
    await settle()
  }
  return [Math.round((performance.now() - since) / 1_000), said]
}

describe('mayLeave', () => {
  it('knows the PIN and the staff’s code', async () => {
    const leaving = open()
    expect(await leaving.mayLeave('2468')).toBe(true)
    expect(await leaving.mayLeave(`${EXIT}\n`)).toBe(true)
  })

  it('makes each wrong try wait longer, up to a minute, and begins anew after a right one', async () => {
    const leaving = open()
    const waits = []
    for (let tries = 0; tries < 9; tries++) waits.push(await timed(leaving, '1111'))
    expect(waits).toEqual([0, 1, 2, 4, 8, 16, 32, 60, 60].map((seconds) => [seconds, false]))
    expect(await timed(leaving, '2468')).toEqual([60, true])
    expect(await timed(leaving, '1111')).toEqual([0, false])
  })

  it('waits for scanned codes likewise, and for all of many at once', async () => {
    const leaving = open()
    const said: boolean[] = []
    for (const text of ['krc-exit-no', 'krc-exit-nein', EXIT])
      void leaving.mayLeave(text).then((right) => said.push(right))
    await settle()
    expect(said).toEqual([false])
    await advance(1_000)
    expect(said).toEqual([false, false])
    await advance(2_000)
    expect(said).toEqual([false, false, true])
  })

  it('isn’t tricked by loading the page again', async () => {
    const first = open()
    for (let tries = 0; tries < 4; tries++) await timed(first, '1111')
    expect(await timed(open(), '2468')).toEqual([8, true])
  })

  it('lets nobody out by digits where there is no PIN, nor before the server told anything', async () => {
    state = { ...state!, exitPin: null }
    expect(await open().mayLeave('2468')).toBe(false)
    state = null
    kept = undefined
    expect(await open().mayLeave(EXIT)).toBe(false)
    expect(await open().mayLeave('')).toBe(false)
  })

  it('waits a minute at most when the clock was set back', async () => {
    kept = { wrong: 3, until: Date.now() + 86_400_000 }
    expect(await timed(open(), '2468')).toEqual([60, true])
  })
})
