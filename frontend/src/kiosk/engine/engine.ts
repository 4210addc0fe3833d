import { ReportKioskDocument } from '../gql/graphql'
import { createCalls } from './calls'
import { createClock } from './clock'
import { createLeaving } from './leaving'
import { createLink } from './link'
import { createLookUps, whole } from './lookUps'
import { lookWhether, pair, type Approved, type PairingParts } from './pairing'
import { pause } from './pause'
import { createPresses } from './presses'
import { createPressing } from './pressing'
import { createQueue } from './queue'
import { createRoster } from './roster'
import { askToPersist, createStorage, type KioskState } from './storage'
import { settingsOf } from './settings'
import type { Engine, Snapshot } from './types'
import { createWalkIns } from './walkIns'

/** Someone who is revoked is to know within five seconds. */
const REPORT_MS = 4_000
const REPORT_TIMEOUT_MS = 4_000
const RETRY_MS = 5_000
/** A difference between the clocks that is worth a write. */
const OFFSET_MS = 1_000

export interface EngineOptions {
  /** The version that this page was built as; the server tells its own. */
  appVersion: string
}

/**
 * The kiosk without its screens. What it knows of people passes through: a look-up's people are handed out and not kept, a press is
 * encrypted on the disk before anything is said about it, and what stays in memory are digests without meaning, for three seconds.
 */
export function createEngine({ appVersion }: EngineOptions): Engine {
  const listeners = new Set<(snapshot: Snapshot) => void>()
  const life = new AbortController()
  /** Ends when the device is cut off. */
  let tenure = new AbortController()
  let asking = new AbortController()
  let token: string | null = null
  let state: KioskState | null = null
  let keptOffset: number | null = null
  let persisted = false
  let full = false
  let reporting = false

  let snapshot: Snapshot = {
    phase: 'starting',
    pairing: null,
    trouble: null,
    settings: null,
    online: navigator.onLine !== false,
    queued: 0,
    outdated: false,
    storage: 'kept',
  }

  const clock = createClock()
  const link = createLink((online) => {
    show({ online })
    if (!online || token === null) return
    queue.wake()
    void report()
  })
  const storage = createStorage(() =>
    token && state
      ? { pairing: { token, approved: true }, state, ...(clock.offset === null ? {} : { clockOffsetMs: clock.offset }) }
      : {},
  )
  const outdated = () => show({ outdated: true })
  const calls = createCalls({ link, token: () => token, cutOff, outdated, life: life.signal })
  const presses = createPresses(storage)
  const queue = createQueue({ presses, calls, clock, link, changed: () => void count() })
  const roster = createRoster({ storage, calls, clock })
  const paired = () => token !== null
  const pressing = createPressing({ queue, roster, link, paired, written: (well) => showStorage(!well) })
  const lookUps = createLookUps({ calls, link, roster })
  const walkIns = createWalkIns({ calls, link })
  const leaving = createLeaving({
    state: () => state,
    read: () => storage.read('leaving'),
    write: (leaving) => storage.writeWhilePaired(token, { leaving }),
    life: life.signal,
  })

  function show(change: Partial<Snapshot>): void {
    if (life.signal.aborted) return
    const next = { ...snapshot, ...change }
    if (JSON.stringify(next) === JSON.stringify(snapshot)) return
    snapshot = next
    for (const listener of [...listeners]) listener(next)
  }

  function showStorage(isFull: boolean): void {
    full = isFull
    show({ storage: full ? 'full' : persisted ? 'kept' : 'fleeting' })
  }

  async function count(): Promise<number> {
    const queued = await presses.count().catch(() => snapshot.queued)
    show({ queued: token === null ? 0 : queued })
    return queued
  }

  const reportInput = async () => ({ appVersion, queued: await count(), persisted })

  /** Tries until it works: without its storage a kiosk is nothing. */
  async function insist<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result | undefined> {
    while (!signal.aborted) {
      try {
        return await work()
      } catch {
        showStorage(true)
        await pause(RETRY_MS, signal)
      }
    }
    return undefined
  }

  async function recall(signal: AbortSignal) {
    return insist(async () => {
      const [pairing, kept] = await Promise.all([storage.read('pairing'), storage.read('state')])
      keptOffset = (await storage.read('clockOffsetMs')) ?? null
      return { pairing, kept }
    }, signal)
  }

  /** Takes up the pairing that this device has, or begins one. */
  async function begin(): Promise<void> {
    asking.abort()
    asking = new AbortController()
    const signal = AbortSignal.any([life.signal, asking.signal])
    const known = await recall(signal)
    if (!known || signal.aborted) return
    clock.recall(keptOffset)
    showStorage(false)
    const { pairing, kept } = known
    if (pairing?.approved && kept) return ready(pairing.token, kept)
    show({ phase: 'pairing', pairing: null, trouble: null })
    void seek(pairing?.token ?? null, signal)
  }

  /** Shows codes until somebody has approved one. */
  async function seek(unapproved: string | null, signal: AbortSignal): Promise<void> {
    // The page was loaded again while its code waited: somebody may have typed it in.
    let approved = unapproved === null ? null : await lookAgain(unapproved, signal)
    approved ??= await pair({ kind: 'CHECK_IN', report: reportInput, keep, show: showPairing }, signal)
    if (signal.aborted) return
    if (approved) return take(approved)
    const other = await recall(signal)
    if (other?.pairing?.approved && other.kept) ready(other.pairing.token, other.kept)
  }

  async function lookAgain(unapproved: string, signal: AbortSignal): Promise<Approved | null> {
    while (!signal.aborted) {
      const look = await lookWhether(unapproved, reportInput, signal)
      if (typeof look === 'object') return look
      if (look !== 'away' && look !== 'outdated') return null
      showPairing(null, look)
      await pause(RETRY_MS, signal)
    }
    return null
  }

  const showPairing: PairingParts['show'] = (pairing, trouble) =>
    show({ pairing, trouble, outdated: trouble === 'outdated' })

  /** A token that can't be written down still pairs this page; the next one asks again. */
  const keep = (unapproved: string) => storage.keepUnapproved(unapproved).catch(() => (showStorage(true), true))

  async function take({ token: approved, state: told, sentAt }: Approved): Promise<void> {
    clock.learn(told.now, sentAt)
    keptOffset = clock.offset
    const values = { pairing: { token: approved, approved: true }, state: told, clockOffsetMs: keptOffset ?? 0 }
    await storage.write(values).catch(() => showStorage(true))
    ready(approved, told)
  }

  function ready(approved: string, told: KioskState): void {
    if (life.signal.aborted) return
    token = approved
    state = told
    tenure = new AbortController()
    show({ phase: 'ready', pairing: null, trouble: null, settings: settingsOf(told) })
    void count()
    void keepReporting(AbortSignal.any([life.signal, tenure.signal]))
  }

  async function keepReporting(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (link.online) await report()
      await pause(REPORT_MS, signal)
    }
  }

  async function report(): Promise<void> {
    if (reporting) return
    reporting = true
    try {
      const used = token
      const input = await reportInput()
      const sentAt = performance.now()
      const { reportKiosk } = await calls.call(ReportKioskDocument, { input }, { timeoutMs: REPORT_TIMEOUT_MS })
      if (token === null || token !== used || reportKiosk.__typename !== 'KioskState') return
      clock.learn(reportKiosk.now, sentAt)
      await learn(reportKiosk)
      if (full) showStorage(!(await storage.hasRoom()))
      if (input.queued > 0) queue.nudge()
      void roster.refreshIfDue()
    } catch {
      // The link knows what it means; the next report comes by itself.
    } finally {
      reporting = false
    }
  }

  async function learn(told: KioskState): Promise<void> {
    const offset = clock.offset ?? 0
    const news = JSON.stringify({ ...told, now: '' }) !== JSON.stringify({ ...state, now: '' })
    state = told
    show({ settings: settingsOf(told), outdated: told.appVersion !== appVersion })
    if (!news && keptOffset !== null && Math.abs(offset - keptOffset) < OFFSET_MS) return
    keptOffset = offset
    await storage.writeWhilePaired(token, { state: told, clockOffsetMs: offset }).catch(() => {})
  }

  /**
   * The server knows this device no more. Nothing stays, presses included: they are billing records, but the server takes none of them
   * any more, and a device that was revoked may be in a stranger's hands. One that is in its place has sent them before: it reports
   * each few seconds, and what waits goes first.
   */
  async function cutOff(code: string, used: string): Promise<void> {
    if (token !== used) return
    token = state = keptOffset = null
    tenure.abort()
    for (const part of [queue, presses, roster, pressing, walkIns, leaving]) part.forget()
    const revoked = code === 'KIOSK_REVOKED'
    show({ phase: revoked ? 'revoked' : 'pairing', pairing: null, trouble: null, settings: null, queued: 0 })
    void insist(() => storage.wipe(used), life.signal).then(() => {
      if (revoked) showStorage(false)
      else void begin()
    })
  }

  return {
    get snapshot() {
      return snapshot
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async start() {
      if (!isSecureContext || !globalThis.crypto?.subtle || !globalThis.indexedDB) return show({ phase: 'insecure' })
      link.start()
      queue.start()
      // A browser may ask whoever stands there, so nothing waits for it.
      void askToPersist().then((granted) => {
        persisted = granted
        showStorage(full)
      })
      await begin()
    },
    stop() {
      link.stop()
      queue.stop()
      life.abort()
      token = state = null
      listeners.clear()
      storage.close()
    },
    lookUp: lookUps.lookUp,
    async press(target) {
      try {
        const wanted = 'person' in target ? { handle: target.person.handle } : whole(target.credential)
        if (wanted) return await pressing.press(wanted)
      } catch {
        // Nothing that was expected; nothing was said to have happened either.
      }
      return { outcome: 'lost', verified: false, sentence: null }
    },
    walkIn: walkIns.walkIn,
    mayLeave: leaving.mayLeave,
    async pairAgain() {
      if (token === null && snapshot.phase !== 'insecure') await begin()
    },
  }
}
