import { AskToPairDocument, ReportKioskDocument, type KioskKind, type ReportKioskInput } from '../gql/graphql'
import { pause } from './pause'
import type { KioskState } from './storage'
import { codeOf, send } from './transport'
import type { PairingTrouble } from './types'

const LOOK_MS = 3_000
const AGAIN_MS = 5_000
const TIMEOUT_MS = 10_000
/** So many codes one after the other; then somebody has to touch the screen: nobody is there to type them in. */
const MOST_CODES = 5
/** The server knows this page no more: a newer one has to be loaded. */
const OUTDATED = 'PERSISTED_QUERY_NOT_FOUND'
const TROUBLES: Readonly<Record<string, PairingTrouble>> = { RATE_LIMITED: 'tooMany', [OUTDATED]: 'outdated' }

export interface Approved {
  token: string
  state: KioskState
  /** By `performance.now`: when the state was asked for. */
  sentAt: number
}

export interface PairingParts {
  /** What the device asks to become. */
  kind: KioskKind
  report: () => Promise<ReportKioskInput>
  /** Keeps a token that nobody has approved; false: another tab has been paired. */
  keep: (token: string) => Promise<boolean>
  show: (pairing: { code: string; endsAt: number } | null, trouble: PairingTrouble) => void
}

type Look = Approved | 'waiting' | 'gone' | 'away' | 'outdated'

/** Whether somebody has approved a token. */
export async function lookWhether(token: string, report: PairingParts['report'], signal: AbortSignal): Promise<Look> {
  const sentAt = performance.now()
  try {
    const input = await report()
    const { reportKiosk } = await send(ReportKioskDocument, { input }, { token, timeoutMs: TIMEOUT_MS, signal })
    return reportKiosk.__typename === 'KioskState' ? { token, state: reportKiosk, sentAt } : 'away'
  } catch (error) {
    const code = codeOf(error)
    if (code === 'KIOSK_NOT_APPROVED') return 'waiting'
    if (code === 'UNAUTHENTICATED' || code === 'KIOSK_REVOKED') return 'gone'
    return code === OUTDATED ? 'outdated' : 'away'
  }
}

/** Shows codes until somebody approves one. Null: nobody did, or another tab was paired meanwhile. */
export async function pair({ kind, report, keep, show }: PairingParts, signal: AbortSignal): Promise<Approved | null> {
  for (let codes = 0; codes < MOST_CODES && !signal.aborted;) {
    const asked = await askForCode(kind, signal)
    if (signal.aborted) break
    if (asked.__typename !== 'PairingAsked') {
      show(null, asked.trouble)
      await pause(asked.waitMs, signal)
      continue
    }
    codes++
    // The wall clock may be set right by the network just now; this one only goes on.
    const endsIn = asked.expiresInSeconds * 1_000
    const endsAt = performance.now() + endsIn
    if (!(await keep(asked.token))) return null
    const shown = { code: asked.code, endsAt: Date.now() + endsIn }
    show(shown, null)
    while (performance.now() < endsAt && !signal.aborted) {
      await pause(Math.min(LOOK_MS, endsAt - performance.now()), signal)
      if (signal.aborted) break
      const look = await lookWhether(asked.token, report, signal)
      if (typeof look === 'object') return look
      if (look === 'gone') break
      if (!signal.aborted) show(shown, look === 'waiting' ? null : look)
    }
  }
  if (!signal.aborted) show(null, null)
  return null
}

async function askForCode(kind: KioskKind, signal: AbortSignal) {
  try {
    const { askToPair } = await send(
      AskToPairDocument,
      { input: { kind } },
      { token: null, timeoutMs: TIMEOUT_MS, signal },
    )
    if (askToPair.__typename === 'PairingAsked') return askToPair
    const waitMs = Math.max((askToPair.retryAfterSeconds ?? 0) * 1_000, AGAIN_MS)
    return { __typename: null, trouble: 'tooMany', waitMs } as const
  } catch (error) {
    return { __typename: null, trouble: TROUBLES[codeOf(error) ?? ''] ?? 'away', waitMs: AGAIN_MS } as const
  }
}
