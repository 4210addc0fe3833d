import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LookUpDocument } from '../gql/graphql'
import { send } from './transport'

const fetched = vi.fn<typeof fetch>()
const options = { token: 'krk_one', timeoutMs: 2_500 }
const variables = { input: { phone: '+16615551002' } }
const answer = (body: unknown, status = 200) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('fetch', fetched)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  fetched.mockReset()
})

describe('send', () => {
  it('sends the id of the document, never its text, and never the staff’s cookies', async () => {
    fetched.mockResolvedValue(answer({ data: { lookUp: null } }))
    await send(LookUpDocument, variables, options)
    const [url, init] = fetched.mock.calls[0]!
    expect(url).toBe('/graphql')
    expect(init).toMatchObject({ method: 'POST', credentials: 'omit', cache: 'no-store' })
    expect(init!.headers).toEqual({
      'Content-Type': 'application/json',
      Accept: 'application/graphql-response+json',
      Authorization: 'Bearer krk_one',
    })
    const body = JSON.parse(init!.body as string) as Record<string, unknown>
    expect(body).toEqual({
      documentId: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      operationName: 'LookUp',
      variables,
    })
  })

  it('sends no token where there is none', async () => {
    fetched.mockResolvedValue(answer({ data: {} }))
    await send(LookUpDocument, variables, { ...options, token: null })
    expect(fetched.mock.calls[0]![1]!.headers).not.toHaveProperty('Authorization')
  })

  it('hands on the server’s code, and how long to wait', async () => {
    const errors = [{ message: 'no', extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 7 } }]
    fetched.mockResolvedValue(answer({ data: null, errors }, 429))
    const failure = { code: 'RATE_LIMITED', retryAfterSeconds: 7, isAway: false, message: 'RATE_LIMITED' }
    await expect(send(LookUpDocument, variables, options)).rejects.toMatchObject(failure)
  })

  it.each([200, 401, 403, 404, 500, 502])('believes no page with status %i that is not GraphQL’s', async (status) => {
    fetched.mockResolvedValue(answer('<html>Please sign in</html>', status))
    await expect(send(LookUpDocument, variables, options)).rejects.toMatchObject({ code: 'UNAVAILABLE', isAway: true })
  })

  it('tells no network, no answer in time, and nobody who waits apart', async () => {
    fetched.mockRejectedValueOnce(new TypeError('Failed to fetch'))
    await expect(send(LookUpDocument, variables, options)).rejects.toMatchObject({ code: 'NETWORK', isAway: true })

    fetched.mockImplementation(
      (_, init) =>
        new Promise((_, reject) => init!.signal!.addEventListener('abort', () => reject(init!.signal!.reason))),
    )
    const late = expect(send(LookUpDocument, variables, options)).rejects.toMatchObject({
      code: 'TIMEOUT',
      isAway: true,
    })
    await vi.advanceTimersByTimeAsync(2_499)
    expect(vi.getTimerCount()).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    await late

    const abort = new AbortController()
    const dropped = expect(send(LookUpDocument, variables, { ...options, signal: abort.signal })).rejects.toMatchObject(
      {
        code: 'ABORTED',
        isAway: false,
      },
    )
    abort.abort()
    await dropped
  })
})
