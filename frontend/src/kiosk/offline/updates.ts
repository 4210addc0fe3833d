/** Of its own accord it asks so often whether there is a newer page. */
const ASK_EVERY_MS = 60 * 60 * 1000
/** While the server calls the page old, it asks more often: a build may still be on its way. */
const ASK_AGAIN_MS = 60 * 1000
/** Without a worker, a page that the server calls old is loaded again so often at most. */
const RELOAD_AFTER_MS = 5 * 60 * 1000

/** Brings a newer version of the page, at a moment when nobody uses it. */
export function createUpdates(reload: () => void = () => location.reload()) {
  let registration: ServiceWorkerRegistration | undefined
  let asked = performance.now()
  let taking = false

  async function register(): Promise<void> {
    if (!('serviceWorker' in navigator)) return
    try {
      registration = await navigator.serviceWorker.register('/kiosk-sw.js', { scope: '/kiosk', updateViaCache: 'none' })
    } catch {
      // The page works without, only not through a restart without a connection.
    }
  }

  async function askAnew(): Promise<void> {
    asked = performance.now()
    await registration?.update().catch(() => {})
  }

  /** Call when the first screen has been idle for a while. */
  async function idle(outdated: boolean): Promise<void> {
    if (registration?.active) {
      if (performance.now() - asked > (outdated ? ASK_AGAIN_MS : ASK_EVERY_MS)) await askAnew()
      if (!registration.waiting || taking) return
      taking = true
      navigator.serviceWorker.addEventListener('controllerchange', reload, { once: true })
      registration.waiting.postMessage('take-over')
    } else if (outdated && performance.now() > RELOAD_AFTER_MS) {
      reload()
    }
  }

  return { register, idle }
}

export type Updates = ReturnType<typeof createUpdates>
