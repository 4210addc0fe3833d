import { CheckInBatchDocument, type CheckInBatchMutation, type KioskPressInput } from '../gql/graphql'
import type { Calls } from './calls'
import type { Clock } from './clock'
import type { Link } from './link'
import type { Presses } from './presses'
import { Failure } from './transport'

export type Target = { handle: string } | { phone: string } | { code: string }
export type Answer = Extract<CheckInBatchMutation['checkInBatch'], { answers: unknown }>['answers'][number]

const LOCK = 'krc-kiosk-queue'
const MOST = 50
/** Somebody stands there and waits. */
const ALONE_MS = 2_500
const BATCH_MS = 15_000
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000
/** How soon the server is asked again about presses when it could take none; the last ones of a long batch have to wait a moment only. */
const AGAIN_MS = 15_000
/** How soon a press is tried again that the server refused although it was alone. */
const REFUSED_MS = 3_600_000
/** These say nothing about the presses that were sent. */
const NOT_OF_THE_PRESSES: ReadonlySet<string> = new Set(['RATE_LIMITED', 'ABORTED', 'PERSISTED_QUERY_NOT_FOUND'])
/** Another tab is sending. */
const OTHER_TAB_MS = 5_000

export interface QueueParts {
  presses: Presses
  calls: Calls
  clock: Clock
  link: Link
  /** Something may have come into the queue or left it. */
  changed: () => void
}

/**
 * Presses on their way to the server. A press leaves the device when the server has answered for it by its request's id and not before;
 * whatever else happens, it stays and is sent again, which does no harm.
 */
export function createQueue({ presses, calls, clock, link, changed }: QueueParts) {
  const alone = new Set<string>()
  /** Until when, by `performance.now`, a press is not sent again. */
  const parked = new Map<string, number>()
  let size = MOST
  let failures = 0
  let running = false
  let again = false
  let stopped = true
  /** Until when, by `performance.now`, nothing is sent at all. */
  let restsUntil = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const jitter = (ms: number) => ms * (0.5 + Math.random() / 2)

  function rest(ms: number): number {
    restsUntil = performance.now() + ms
    return ms
  }

  const backOff = (atLeastMs = 0) =>
    rest(Math.max(jitter(Math.min(FIRST_WAIT_MS * 2 ** failures++, LONGEST_WAIT_MS)), atLeastMs))

  const park = (requestId: string, ms: number) => parked.set(requestId, performance.now() + ms)

  async function send(batch: KioskPressInput[], timeoutMs: number, waited: boolean): Promise<Answer[]> {
    const input = {
      presses: batch,
      sentAt: new Date().toISOString(),
      session: clock.session,
      monotonicMs: performance.now(),
    }
    const { checkInBatch } = await calls.call(CheckInBatchDocument, { input }, { timeoutMs, waited })
    if (checkInBatch.__typename === 'ValidationProblem') throw new Failure('REFUSED')
    return checkInBatch.answers
  }

  /** Forgets what was answered for, and puts off what was not. */
  async function settle(batch: readonly KioskPressInput[], answers: readonly Answer[]): Promise<void> {
    const taken = new Set(answers.filter(({ outcome }) => outcome !== 'TRY_AGAIN').map(({ requestId }) => requestId))
    const ids = batch.map(({ requestId }) => requestId)
    for (const requestId of ids) {
      if (taken.has(requestId)) parked.delete(requestId)
      else park(requestId, jitter(taken.size ? FIRST_WAIT_MS : AGAIN_MS))
    }
    try {
      await presses.remove(ids.filter((requestId) => taken.has(requestId)))
    } catch {
      // It could not be deleted, so it will be sent once more, but not at once and for ever.
      for (const requestId of taken) park(requestId, AGAIN_MS)
    }
  }

  /** Sends one batch; resolves to how long the next one has to wait. */
  async function next(batch: KioskPressInput[]): Promise<number> {
    try {
      await settle(batch, await send(batch, BATCH_MS, false))
      failures = 0
      size = Math.min(size * 2, MOST)
      return 0
    } catch (error) {
      const seconds = error instanceof Failure ? error.retryAfterSeconds : null
      const unclear = error instanceof Failure && (error.isAway || NOT_OF_THE_PRESSES.has(error.code))
      if (unclear) return backOff((seconds ?? 0) * 1_000)
      // One press that the server can't read must not keep the others here: the batch is halved until it stands alone.
      if (batch.length > 1) size = Math.ceil(batch.length / 2)
      else park(batch[0]!.requestId, REFUSED_MS)
      return rest(FIRST_WAIT_MS)
    }
  }

  /** Sends until nothing is left; resolves to when there is more to do, null for never. */
  async function drain(): Promise<number | null> {
    while (!stopped && link.online && calls.token() !== null) {
      for (const [requestId, until] of parked) if (until <= performance.now()) parked.delete(requestId)
      const batch = await presses.oldest(size, new Set([...alone, ...parked.keys()]))
      if (batch.length === 0) return parked.size ? Math.min(...parked.values()) - performance.now() : null
      const wait = await next(batch)
      changed()
      if (wait > 0) return wait
    }
    return null
  }

  /** With two tabs one sends. Where there are no locks both do, and the server tells repeats by their ids. */
  function inTurn(): Promise<number | null> {
    if (!navigator.locks) return drain()
    return navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? drain() : OTHER_TAB_MS))
  }

  async function run(): Promise<void> {
    clearTimeout(timer)
    again = true
    if (running) return
    running = true
    let wait: number | null = null
    while (again && !stopped && performance.now() >= restsUntil) {
      again = false
      wait = await inTurn().catch(() => backOff())
    }
    running = false
    if (wait !== null && !stopped) timer = setTimeout(wake, wait)
  }

  /** Sends what waits now: it is time, or the server is back. */
  function wake(): void {
    restsUntil = 0
    void run()
  }

  /** Sends what waits, unless the server is to be left alone for a while. */
  function nudge(): void {
    if (performance.now() >= restsUntil) void run()
  }

  return {
    /** Writes a press down. Rejects when it could not be written; then nothing happened. */
    async write(target: Target, offline: boolean): Promise<KioskPressInput> {
      const requestId = crypto.randomUUID()
      if (!offline) alone.add(requestId)
      try {
        return await presses.add({ requestId, ...target, ...clock.moment(), offline })
      } catch (error) {
        alone.delete(requestId)
        throw error
      } finally {
        changed()
      }
    },
    /** Sends a press that was just written, ahead of all others. Null: there is no answer, and it waits with the others now. */
    async sendNow(press: KioskPressInput): Promise<Answer | null> {
      let answers: Answer[] | null = null
      try {
        answers = await send([press], ALONE_MS, true)
      } catch {
        // The answer is missing; the press is not.
      }
      const answer = answers?.find(({ requestId }) => requestId === press.requestId) ?? null
      const kept = answers ? settle([press], answers) : presses.markOffline(press.requestId)
      void kept
        .catch(() => {})
        .finally(() => {
          alone.delete(press.requestId)
          changed()
          nudge()
        })
      return answer?.outcome === 'TRY_AGAIN' ? null : answer
    },
    nudge,
    wake,
    remove: presses.remove,
    start(): void {
      stopped = false
    },
    stop(): void {
      stopped = true
      clearTimeout(timer)
    },
    /** After a wipe. */
    forget(): void {
      parked.clear()
      alone.clear()
      failures = 0
      restsUntil = 0
      size = MOST
    },
  }
}

export type Queue = ReturnType<typeof createQueue>
