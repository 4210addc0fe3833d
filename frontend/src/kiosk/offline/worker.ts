import { answer, concerns, install, tidy, type Build } from './files'

/** The parts of a service worker's world that are used here; the page's types know them not. */
interface WorkerEvent extends Event {
  waitUntil: (work: Promise<unknown>) => void
}
interface RequestEvent extends WorkerEvent {
  request: Request
  respondWith: (answer: Promise<Response>) => void
}
interface WorkerScope {
  location: Location
  skipWaiting: () => Promise<void>
  clients: { claim: () => Promise<void> }
  addEventListener: <E>(type: string, listener: (event: E) => void) => void
}

/** Written in by the build, see vite.config.ts. */
declare const __KIOSK_BUILD__: Build
const build = __KIOSK_BUILD__
const worker = globalThis as unknown as WorkerScope

worker.addEventListener<WorkerEvent>('install', (event) => event.waitUntil(install(build)))

worker.addEventListener<WorkerEvent>('activate', (event) =>
  event.waitUntil(tidy(build).then(() => worker.clients.claim())),
)

// A new version waits until the page says that nobody is using it.
worker.addEventListener<MessageEvent>('message', (event) => {
  if (event.data === 'take-over') void worker.skipWaiting()
})

worker.addEventListener<RequestEvent>('fetch', (event) => {
  const { request } = event
  if (!concerns(request, build, worker.location.origin)) return
  event.respondWith(answer(request, build).then((kept) => kept ?? fetch(request)))
})
