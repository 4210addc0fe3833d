/** What the tabs of one browser tell each other. Nothing of it is ever stored. */
export interface Tabs<Message> {
  /** Runs `work` while no other tab runs its own. */
  exclusively<Result>(work: () => Promise<Result>): Promise<Result>
  post(message: Message): void
  onMessage(listener: (message: Message) => void): void
}

const NAME = 'krc-session'
const HEARD = 80

/** After another tab had the lock, its message may still be on the way. */
const listenAWhile = (ms = HEARD) => new Promise((resolve) => setTimeout(resolve, ms))

/** Tabs over BroadcastChannel and Web Locks. Locks need HTTPS or localhost; elsewhere a random pause thins the crowd,
 * and the server's grace period for a replayed refresh cookie does the rest. */
export function browserTabs<Message>(): Tabs<Message> {
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(NAME)
  return {
    async exclusively(work) {
      const locks = typeof navigator === 'undefined' ? undefined : navigator.locks
      if (!locks) {
        await listenAWhile(Math.random() * HEARD)
        return work()
      }
      const free = await locks.request(NAME, { ifAvailable: true }, async (lock) =>
        lock ? { done: await work() } : null,
      )
      if (free) return free.done
      return locks.request(NAME, async () => {
        await listenAWhile()
        return work()
      })
    },
    post: (message) => channel?.postMessage(message),
    onMessage: (listener) =>
      channel?.addEventListener('message', (event: MessageEvent<Message>) => listener(event.data)),
  }
}
