import { connection } from './connection'
import { session } from './graphql'
import { Failure } from './graphql/failures'
import { currentLanguage } from './i18n'
import { failureText, problemText } from './problems'

/** Why there is no file: a sentence for the person who asked for it. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError'
}

/** What a problem of the HTTP interface looks like. */
interface WireProblem {
  code?: unknown
  message?: unknown
  detail?: unknown
  fields?: readonly { code: string; message: string }[]
}

/** The name that the server gives the file; `filename*` holds the one with accents. */
export function fileNameIn(disposition: string | null): string | null {
  const encoded = /filename\*=(?:UTF-8)?''([^;]+)/i.exec(disposition ?? '')?.[1]
  if (encoded) {
    try {
      return decodeURIComponent(encoded.trim())
    } catch {
      // The plain name stands beside it.
    }
  }
  return /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1]?.trim() ?? null
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const token = await session.token()
    let response: Response
    try {
      response = await fetch(path, {
        ...init,
        credentials: 'same-origin',
        cache: 'no-store',
        headers: {
          ...init.headers,
          authorization: `Bearer ${token}`,
          'accept-language': currentLanguage(),
          'x-krc-client': 'spa',
        },
      })
    } catch (error) {
      if (init.signal?.aborted) throw error
      connection.report()
      throw new Failure('NETWORK', 'The server was not reached.')
    }
    connection.restored()
    if (response.status !== 401 || attempt > 1) return response
    await session.recover(token)
  }
}

async function whyNot(response: Response): Promise<string> {
  const body = (await response.json().catch(() => null)) as WireProblem | null
  const field = body?.fields?.[0]
  if (field) return problemText(field)
  const message = body?.message ?? body?.detail
  if (typeof body?.code === 'string' && typeof message === 'string') return problemText({ code: body.code, message })
  const codes = {
    401: 'UNAUTHENTICATED',
    403: 'NOT_ALLOWED',
    429: 'RATE_LIMITED',
    502: 'UNAVAILABLE',
    503: 'UNAVAILABLE',
  } as const
  return failureText(new Failure(codes[response.status as keyof typeof codes] ?? 'INTERNAL', ''))
}

/** Hands a file to the browser, which saves it. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // Some browsers read it only after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

export interface DownloadOptions {
  /** The name of the file where the server gives none. */
  name: string
  signal?: AbortSignal
  /** Sent as JSON with POST. */
  body?: unknown
}

/** Fetches a path such as `/api/v1/…` as the signed-in person and saves it. Throws a `DownloadError` whose message is for people. */
export async function download(path: string, { name, signal, body }: DownloadOptions): Promise<void> {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  let response: Response
  try {
    response = await ask(path, { ...(body === undefined ? {} : post), signal })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new DownloadError(failureText(error))
  }
  if (!response.ok) throw new DownloadError(await whyNot(response))
  const content = await response.blob().catch(() => null)
  if (!content) throw new DownloadError(failureText(new Failure('NETWORK', '')))
  saveFile(content, fileNameIn(response.headers.get('content-disposition')) ?? name)
}

/** Sends a file to a path as the signed-in person, or takes away what is there. Throws a `DownloadError` whose message is for people. */
export async function upload(path: string, file: Blob | null): Promise<void> {
  let response: Response
  try {
    response = await ask(path, file ? { method: 'PUT', body: file } : { method: 'DELETE' })
  } catch (error) {
    throw new DownloadError(failureText(error))
  }
  if (!response.ok) throw new DownloadError(await whyNot(response))
}
