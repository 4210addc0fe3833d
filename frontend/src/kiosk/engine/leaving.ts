import { encode, fromBase64, same, sameBytes, sha256 } from './bytes'
import { pause } from './pause'
import type { Device, KioskState } from './storage'

const FIRST_MS = 1_000
const LONGEST_MS = 60_000

type Kept = Device['leaving']

export interface LeavingParts {
  state: () => KioskState | null
  read: () => Promise<Kept | undefined>
  write: (kept: Kept) => Promise<void>
  life: AbortSignal
}

/** Who may end the kiosk. Wrong tries make the next one wait, also when the page is loaded again between them. */
export function createLeaving({ state, read, write, life }: LeavingParts) {
  let turn: Promise<unknown> = Promise.resolve()
  let kept: Kept | null = null

  async function once(text: string): Promise<boolean> {
    kept ??= (await read().catch(() => undefined)) ?? { wrong: 0, until: 0 }
    // The clock may have been set back meanwhile.
    await pause(Math.min(Math.max(kept.until - Date.now(), 0), LONGEST_MS), life)
    const known = state()
    if (!known || life.aborted) return false
    const right = await isRight(text.trim(), known).catch(() => false)
    const wrong = right ? 0 : kept.wrong + 1
    const waits = right ? 0 : Math.min(FIRST_MS * 2 ** (wrong - 1), LONGEST_MS)
    kept = { wrong, until: Date.now() + waits }
    await write(kept).catch(() => {})
    return right
  }

  return {
    /** One try after the other, however many are begun at once. */
    mayLeave(text: string): Promise<boolean> {
      const answer = turn.then(() => once(text))
      turn = answer.catch(() => {})
      return answer
    },
    forget(): void {
      kept = null
    },
  }
}

async function isRight(text: string, { exitCodeHash, exitPin }: KioskState): Promise<boolean> {
  if (!/^\d{4,8}$/.test(text)) return same(await sha256(text), exitCodeHash.toLowerCase())
  if (!exitPin) return false
  const typed = await crypto.subtle.importKey('raw', encode(text), 'PBKDF2', false, ['deriveBits'])
  const { iterations, salt, hash } = exitPin
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt: fromBase64(salt), iterations }
  const bits = await crypto.subtle.deriveBits(algorithm, typed, 256)
  return sameBytes(new Uint8Array(bits), fromBase64(hash))
}
