import { LobbyDocument, ReportKioskDocument } from '@/kiosk/gql/graphql'
import { lookWhether, pair, type PairingParts } from '@/kiosk/engine/pairing'
import { pause } from '@/kiosk/engine/pause'
import { askToPersist, createStorage } from '@/kiosk/engine/storage'
import { Failure, send } from '@/kiosk/engine/transport'
import type { Snapshot as KioskSnapshot } from '@/kiosk/engine/types'
import { boardOf, freshnessOf, type Board, type Freshness } from './board'

const DATABASE = 'krc-lobby'
const LOOK_MS = 10_000
/** It tells of itself each second time. */
const REPORT_EVERY = 2
const TIMEOUT_MS = 8_000
const RETRY_MS = 5_000
const STORAGE_TRIES = 3
const TICK_MS = 1_000
const MINUTE_MS = 60_000

/** Everything that may be shown, at one moment. */
export interface Snapshot extends Pick<KioskSnapshot, 'phase' | 'pairing' | 'trouble' | 'outdated'> {
  /** Null: the server has not told anything yet. */
  board: Board | null
  freshness: Freshness
  /** The server's clock, in whole minutes. */
  now: number
}

export interface LobbyEngine {
  readonly snapshot: Snapshot
  /** Calls back at each change; returns what ends that. */
  subscribe(listener: (snapshot: Snapshot) => void): () => void
  start(): Promise<void>
  stop(): void
  /** Forget a revocation or an ended code, and ask for a new one. */
  pairAgain(): Promise<void>
}

/** The lobby's screen without what is seen of it. It keeps its token on the device and nothing else: no name outlives the page. */
export function createLobby({ appVersion }: { appVersion: string }): LobbyEngine {
  const listeners = new Set<(snapshot: Snapshot) => void>()
  const life = new AbortController()
  /** Ends when the device is cut off, or pairs anew. */
  let tenure = new AbortController()
  let token: string | null = null
  let persisted = false
  let ticking: ReturnType<typeof setInterval> | undefined
  /** When the server was last heard, by the steady clock, which may stop while the device sleeps, and by the one on the wall. */
  let heard = { steady: 0, wall: 0 }
  /** Server's clock minus device's, in milliseconds. */
  let aheadMs = 0

  const storage = createStorage(() => (token ? { pairing: { token, approved: true } } : {}), DATABASE)
  const minute = () => Math.floor((Date.now() + aheadMs) / MINUTE_MS) * MINUTE_MS
  const reportInput = async () => ({ appVersion, queued: 0, persisted })

  let snapshot: Snapshot = {
    phase: 'starting',
    pairing: null,
    trouble: null,
    outdated: false,
    board: null,
    freshness: 'fresh',
    now: minute(),
  }

  function show(change: Partial<Snapshot>): void {
    if (life.signal.aborted) return
    const next = { ...snapshot, ...change }
    if (JSON.stringify(next) === JSON.stringify(snapshot)) return
    snapshot = next
    for (const listener of [...listeners]) listener(next)
  }

  /** Time goes by, and perhaps there is news. */
  function tick(news: Partial<Snapshot> = {}): void {
    const freshness = freshnessOf(Math.max(performance.now() - heard.steady, Date.now() - heard.wall))
    const { board } = { ...snapshot, ...news }
    show({
      ...news,
      now: minute(),
      freshness,
      board: board && freshness === 'old' ? { ...board, people: null } : board,
    })
  }

  /** What the device has kept. A browser that keeps nothing shows the screen all the same, and pairs at each start. */
  async function recall() {
    for (let tries = 0; tries < STORAGE_TRIES && !life.signal.aborted; tries++) {
      try {
        return await storage.read('pairing')
      } catch {
        await pause(RETRY_MS, life.signal)
      }
    }
    return undefined
  }

  /** Takes up the pairing that this device has, or begins one. */
  async function begin(): Promise<void> {
    tenure.abort()
    tenure = new AbortController()
    const signal = AbortSignal.any([life.signal, tenure.signal])
    const kept = await recall()
    if (signal.aborted) return
    if (kept?.approved) return ready(kept.token, signal)
    show({ phase: 'pairing', pairing: null, trouble: null })
    void seek(kept?.token ?? null, signal)
  }

  /** Shows codes until somebody has approved one. */
  async function seek(unapproved: string | null, signal: AbortSignal): Promise<void> {
    // The page was loaded again while its code waited: somebody may have typed it in.
    let approved = unapproved === null ? null : await lookAgain(unapproved, signal)
    if (!approved) {
      const parts: PairingParts = {
        kind: 'LOBBY',
        report: reportInput,
        keep: (asked) => storage.keepUnapproved(asked).catch(() => true),
        show: showPairing,
      }
      approved = (await pair(parts, signal))?.token ?? null
    }
    if (signal.aborted) return
    if (approved) {
      await storage.write({ pairing: { token: approved, approved: true } }).catch(() => {})
      return ready(approved, signal)
    }
    const other = await recall()
    if (other?.approved) ready(other.token, signal)
  }

  async function lookAgain(unapproved: string, signal: AbortSignal): Promise<string | null> {
    while (!signal.aborted) {
      const look = await lookWhether(unapproved, reportInput, signal)
      if (typeof look === 'object') return look.token
      if (look !== 'away' && look !== 'outdated') return null
      showPairing(null, look)
      await pause(RETRY_MS, signal)
    }
    return null
  }

  const showPairing: PairingParts['show'] = (pairing, trouble) =>
    show({ pairing, trouble, outdated: trouble === 'outdated' })

  function ready(approved: string, signal: AbortSignal): void {
    if (signal.aborted) return
    token = approved
    show({ phase: 'ready', pairing: null, trouble: null })
    void keepLooking(approved, signal)
  }

  async function keepLooking(used: string, signal: AbortSignal): Promise<void> {
    for (let beat = 0; !signal.aborted; beat++) {
      const begun = performance.now()
      await Promise.all([attempt(look, used, signal), beat % REPORT_EVERY === 0 && attempt(report, used, signal)])
      await pause(LOOK_MS - (performance.now() - begun), signal)
    }
  }

  type Call = (options: { token: string; timeoutMs: number; signal: AbortSignal }) => Promise<void>

  async function attempt(call: Call, used: string, signal: AbortSignal): Promise<void> {
    try {
      await call({ token: used, timeoutMs: TIMEOUT_MS, signal })
    } catch (error) {
      if (!(error instanceof Failure)) return reportError(error)
      const { code } = error
      if (code === 'PERSISTED_QUERY_NOT_FOUND') show({ outdated: true })
      if (code === 'KIOSK_REVOKED' || code === 'UNAUTHENTICATED') await cutOff(used, code === 'KIOSK_REVOKED')
      if (code !== 'ABORTED' && snapshot.board === null)
        show({ trouble: code === 'PERSISTED_QUERY_NOT_FOUND' ? 'outdated' : 'away' })
    }
  }

  const look: Call = async (options) => {
    const sentAt = performance.now()
    const { lobby } = await send(LobbyDocument, {}, options)
    if (options.signal.aborted) return
    const took = performance.now() - sentAt
    const board = boardOf(lobby)
    aheadMs = board.toldAt + took / 2 - Date.now()
    // From when it was asked: whom an answer names is as old as that.
    heard = { steady: sentAt, wall: Date.now() - took }
    tick({ board, trouble: null })
  }

  const report: Call = async (options) => {
    const { reportKiosk } = await send(ReportKioskDocument, { input: await reportInput() }, options)
    if (reportKiosk.__typename === 'KioskState') show({ outdated: reportKiosk.appVersion !== appVersion })
  }

  /** The server knows this device no more: nothing stays of whom it showed. */
  async function cutOff(used: string, revoked: boolean): Promise<void> {
    if (token !== used) return
    token = null
    tenure.abort()
    show({ phase: revoked ? 'revoked' : 'pairing', pairing: null, trouble: null, board: null })
    await storage.wipe(used).catch(() => {})
    if (!revoked) await begin()
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
      if (!isSecureContext || !globalThis.indexedDB) return show({ phase: 'insecure' })
      ticking = setInterval(() => tick(), TICK_MS)
      // A browser may ask whoever stands there, so nothing waits for it.
      void askToPersist().then((granted) => (persisted = granted))
      await begin()
    },
    stop() {
      life.abort()
      clearInterval(ticking)
      token = null
      listeners.clear()
      storage.close()
    },
    async pairAgain() {
      if (token === null && snapshot.phase !== 'insecure') await begin()
    },
  }
}
