import { LOGO_CACHE } from './logo'

/** What the build knows of the kiosk's files: their names change with what is in them, except the page's own. */
export interface Build {
  version: string
  /** Of the page as it was built, SHA-256 in base64. */
  pageHash: string
  files: readonly string[]
}

export const PAGE = '/kiosk'
const PREFIX = 'kiosk-files-'
const cacheOf = (build: Build): string => PREFIX + build.version

async function hashOf(answer: Response): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await answer.arrayBuffer())
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
}

/**
 * Fetches everything, or fails and leaves nothing: a server that is changing its version at this moment could give half of
 * each, so the page must be the one that belongs to these files.
 */
export async function install(build: Build): Promise<void> {
  const cache = await caches.open(cacheOf(build))
  try {
    const page = await fetch(PAGE, { cache: 'no-store' })
    if (!page.ok || (await hashOf(page.clone())) !== build.pageHash) throw new Error('The page is of another version.')
    await Promise.all([cache.put(PAGE, page), cache.addAll([...build.files])])
  } catch (error) {
    await caches.delete(cacheOf(build))
    throw error
  }
}

/** Older versions' files go when nobody uses them any more. */
export async function tidy(build: Build): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== cacheOf(build))
  await Promise.all(old.map((name) => caches.delete(name)))
}

/** From where a request is answered: null leaves it to the network, as everything of the API is. */
export async function answer(request: Request, build: Build): Promise<Response | undefined> {
  const url = new URL(request.url)
  if (request.mode === 'navigate') return (await caches.open(cacheOf(build))).match(PAGE)
  if (build.files.includes(url.pathname)) return (await caches.open(cacheOf(build))).match(url.pathname)
  return (await caches.open(LOGO_CACHE)).match(request)
}

/** Whether a request is one of the kiosk's files or its logo; whatever else the page asks for is not touched. */
export function concerns(request: Request, build: Build, origin: string): boolean {
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== origin) return false
  if (request.mode === 'navigate') return url.pathname === PAGE
  return build.files.includes(url.pathname) || request.destination === 'image'
}
