import { WalkInDocument } from '../gql/graphql'
import { sha256 } from './bytes'
import type { Calls } from './calls'
import type { Link } from './link'
import type { Visitor, WalkInOutcome } from './types'

const TIMEOUT_MS = 10_000

/** Sends what a first-time visitor told. The same form sent again, after an answer that was lost, is the same request. */
export function createWalkIns({ calls, link }: { calls: Calls; link: Link }) {
  let salt: string | null = null
  /** A digest that means nothing outside of this page: nobody is remembered. */
  let last: { mark: string; requestId: string } | null = null

  return {
    async walkIn(visitor: Visitor): Promise<WalkInOutcome> {
      if (!link.online) return { kind: 'away' }
      const told = {
        firstName: visitor.firstName.trim(),
        lastName: visitor.lastName.trim(),
        phone: visitor.phone.trim() || null,
        email: visitor.email.trim() || null,
        language: visitor.language === 'es' ? 'ES' : 'EN',
      } as const
      try {
        salt ??= crypto.randomUUID()
        const mark = await sha256(salt + JSON.stringify(told))
        if (last?.mark !== mark) last = { mark, requestId: crypto.randomUUID() }
        const input = { requestId: last.requestId, ...told }
        const { walkIn } = await calls.call(WalkInDocument, { input }, { timeoutMs: TIMEOUT_MS })
        if (walkIn.__typename === 'NotAllowed') return { kind: 'away' }
        if (walkIn.__typename === 'WalkInTaken') {
          last = null
          return { kind: 'taken', sentence: walkIn.sentence }
        }
        return {
          kind: 'wrong',
          fields: Object.fromEntries(walkIn.fields.map(({ path, message }) => [path.at(-1), message])),
        }
      } catch {
        return { kind: 'away' }
      }
    },
    forget(): void {
      last = null
    },
  }
}
