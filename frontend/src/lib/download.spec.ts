// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Failure } from './graphql/failures'

const session = { token: vi.fn(() => Promise.resolve('t1')), recover: vi.fn(() => Promise.resolve()) }
vi.doMock('./graphql', () => ({ session, toFailure: (error: unknown) => error }))
const { download, fileNameIn } = await import('./download')

const answers: (Response | Error)[] = []
const fetched = vi.fn<(path: string, init: RequestInit) => Promise<Response>>(() => {
  const answer = answers.shift()!
  return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
})
let names: string[] = []

beforeEach(() => {
  answers.length = 0
  names = []
  fetched.mockClear()
  session.token.mockResolvedValue('t1')
  vi.stubGlobal('fetch', fetched)
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:x')
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    names.push(this.download)
  })
})
afterEach(() => vi.unstubAllGlobals())

const file = (disposition?: string) =>
  new Response('a,b', { headers: disposition ? { 'content-disposition': disposition } : {} })

describe('download', () => {
  it('asks with the session’s token and saves under the server’s name', async () => {
    answers.push(file('attachment; filename="clients.csv"'))
    await download('/api/v1/clients.csv', { name: 'x.csv' })
    expect(new Headers(fetched.mock.calls[0]![1].headers).get('authorization')).toBe('Bearer t1')
    expect(names).toEqual(['clients.csv'])
  })

  it('renews a refused token once, and posts what it was given', async () => {
    answers.push(new Response('', { status: 401 }), file())
    await download('/api/v1/cards', { name: 'cards.pdf', body: { ids: ['a'] } })
    expect(session.recover).toHaveBeenCalledWith('t1')
    expect(fetched.mock.calls[1]![1]).toMatchObject({ method: 'POST', body: '{"ids":["a"]}' })
    expect(names).toEqual(['cards.pdf'])
  })

  it.each([
    [Response.json({ code: 'UNHEARD_OF', message: 'Too many rows.' }, { status: 422 }), 'Too many rows.'],
    [new Response('<html>', { status: 503 }), 'starting or busy'],
    [new Response('', { status: 403 }), 'may not do this'],
    [new TypeError('failed'), 'can’t be reached'],
  ])('says in a sentence why there is no file', async (answer, words) => {
    answers.push(answer)
    await expect(download('/api/v1/x', { name: 'x' })).rejects.toThrow(words)
    expect(names).toEqual([])
  })

  it('says so when the session can’t be renewed', async () => {
    session.token.mockRejectedValue(new Failure('UNAUTHENTICATED', ''))
    await expect(download('/api/v1/x', { name: 'x' })).rejects.toThrow('session has ended')
  })
})

it('reads the name with accents where there is one', () => {
  expect(fileNameIn(`attachment; filename="Nunez.pdf"; filename*=UTF-8''N%C3%BA%C3%B1ez.pdf`)).toBe('Núñez.pdf')
  expect(fileNameIn(`attachment; filename*=UTF-8''%ZZ; filename=plain.pdf`)).toBe('plain.pdf')
  expect(fileNameIn(null)).toBeNull()
})
