import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { send } from './transport'

const document = { documentId: 'sha256:abc', operationName: 'Stations' }
const answer = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers })

describe('send', () => {
  const fetched = vi.fn<typeof fetch>()
  beforeEach(() => vi.stubGlobal('fetch', fetched))
  afterEach(() => {
    vi.unstubAllGlobals()
    fetched.mockReset()
  })

  it('sends the id of the document and never its text', async () => {
    fetched.mockResolvedValue(answer({ data: { stations: [] } }))
    expect(await send(document, { a: 1 }, { token: 'tok', language: 'es' })).toEqual({ stations: [] })
    const [url, init] = fetched.mock.calls[0]!
    expect(url).toBe('/graphql')
    expect(JSON.parse(init!.body as string)).toEqual({ ...document, variables: { a: 1 } })
    expect(init!.headers).toEqual({
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      'accept-language': 'es',
      'x-krc-client': 'spa',
      authorization: 'Bearer tok',
    })
  })

  it('passes on the code and the request id of an error', async () => {
    const errors = [{ message: 'no', extensions: { code: 'NOT_ALLOWED', requestId: 'r1' } }]
    fetched.mockResolvedValue(answer({ data: null, errors }, 403))
    await expect(send(document, {})).rejects.toMatchObject({ code: 'NOT_ALLOWED', requestId: 'r1' })
  })

  it.each([
    [401, 'UNAUTHENTICATED'],
    [429, 'RATE_LIMITED'],
    [502, 'UNAVAILABLE'],
    [503, 'UNAVAILABLE'],
    [500, 'INTERNAL'],
  ])('reads status %i without a GraphQL answer as %s', async (status, code) => {
    fetched.mockResolvedValue(answer('<html>', status, { 'x-request-id': 'r2' }))
    await expect(send(document, {})).rejects.toMatchObject({ code, requestId: 'r2' })
  })

  it('tells an unreachable server from an aborted request', async () => {
    fetched.mockRejectedValue(new TypeError('Failed to fetch'))
    await expect(send(document, {})).rejects.toMatchObject({ code: 'NETWORK', isOutage: true })
    const abort = new AbortController()
    abort.abort()
    await expect(send(document, {}, { signal: abort.signal })).rejects.toBeInstanceOf(TypeError)
  })
})
