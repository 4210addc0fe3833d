/** Text and bytes, as WebCrypto and the server write them. */

type Bytes = Uint8Array<ArrayBuffer>

export const encode = (text: string): Bytes => new TextEncoder().encode(text)
export const decode = (bytes: ArrayBuffer): string => new TextDecoder().decode(bytes)
export const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length))

export const fromBase64 = (text: string): Bytes => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))

/** The alphabet for addresses, without padding. */
export const toBase64Url = (bytes: Uint8Array): string =>
  toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Compares to the end, so that the time it takes says nothing of where two texts differ. */
export function same(one: string, other: string): boolean {
  let difference = one.length ^ other.length
  for (let at = 0; at < one.length; at++) difference |= one.charCodeAt(at) ^ other.charCodeAt(at)
  return difference === 0
}

export const sameBytes = (one: Uint8Array, other: Uint8Array): boolean => same(toBase64(one), toBase64(other))
