/** The worker answers with it when the server is away. */
export const LOGO_CACHE = 'kiosk-logo'

/** Keeps the centre's logo, and no older one, for times without a connection; without an address it keeps none. */
export async function keepLogo(address: string | null): Promise<void> {
  if (!('caches' in globalThis)) return
  try {
    const cache = await caches.open(LOGO_CACHE)
    const wanted = address === null ? null : new URL(address, location.href).href
    for (const { url } of await cache.keys()) if (url !== wanted) await cache.delete(url)
    if (wanted === null || (await cache.match(wanted))) return
    const answer = await fetch(wanted)
    if (answer.ok) await cache.put(wanted, answer)
  } catch {
    // Without a connection or a place to keep it, the product's own mark is shown.
  }
}
