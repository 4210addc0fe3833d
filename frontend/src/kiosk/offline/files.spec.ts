import { beforeEach, describe, expect, it, vi } from 'vitest'
import { answer, concerns, install, tidy, type Build } from './files'
import { keepLogo, LOGO_CACHE } from './logo'

const ORIGIN = 'https://kiosk.example'
const PAGE_TEXT = '<!doctype html><title>one</title>'
const build: Build = {
  version: 'one',
  // SHA-256 of the text above.
  pageHash: '/z2/pIn4JCamVo3FRlESFW2u8k4rAn/v7XnfOJLxITs=',
  files: ['/assets/a.js', '/assets/b.css'],
}
const href = (wanted: RequestInfo | URL) => new URL(wanted instanceof Request ? wanted.url : wanted, ORIGIN).href

/** The server as it is at the moment: what is at an address, or nothing. */
let server: Map<string, string>
let stores: Map<string, Map<string, Response>>

function fakeCache(store: Map<string, Response>) {
  return {
    match: async (wanted: RequestInfo) => store.get(href(wanted))?.clone(),
    put: async (wanted: RequestInfo, kept: Response) => void store.set(href(wanted), kept),
    delete: async (wanted: RequestInfo) => store.delete(href(wanted)),
    keys: async () => [...store.keys()].map((url) => new Request(url)),
    addAll: async (wanted: string[]) => {
      for (const each of wanted) {
        const found = await fetch(each)
        if (!found.ok) throw new TypeError('not ok')
        store.set(href(each), found)
      }
    },
  }
}

beforeEach(() => {
  server = new Map([
    ['/kiosk', PAGE_TEXT],
    ['/assets/a.js', 'a'],
    ['/assets/b.css', 'b'],
    ['/logo?v=1', 'logo 1'],
    ['/logo?v=2', 'logo 2'],
  ])
  stores = new Map()
  vi.stubGlobal('location', { href: `${ORIGIN}/kiosk` })
  vi.stubGlobal('caches', {
    open: async (name: string) => {
      if (!stores.has(name)) stores.set(name, new Map())
      return fakeCache(stores.get(name)!)
    },
    delete: async (name: string) => stores.delete(name),
    keys: async () => [...stores.keys()],
  })
  vi.stubGlobal('fetch', async (wanted: RequestInfo) => {
    const { pathname, search } = new URL(href(wanted))
    const found = server.get(pathname + search)
    return new Response(found ?? null, { status: found === undefined ? 404 : 200 })
  })
})

/** Node's requests can't be navigations. */
const asked = (path: string, more: object = {}): Request =>
  Object.assign(Object.create({ method: 'GET', mode: 'cors', destination: '', url: ORIGIN + path }) as Request, more)
const navigation = (path: string) => {
  const request = asked(path)
  Object.defineProperty(request, 'mode', { value: 'navigate' })
  return request
}

describe('the kiosk’s files', () => {
  it('are kept whole and given without the server', async () => {
    await install(build)
    server.clear()
    expect(await (await answer(navigation('/kiosk?x=1'), build))!.text()).toBe(PAGE_TEXT)
    expect(await (await answer(asked('/assets/b.css'), build))!.text()).toBe('b')
  })

  it('are not kept at all when one is missing, and the earlier ones stay', async () => {
    await install(build)
    server.delete('/assets/b.css')
    await expect(install({ ...build, version: 'two' })).rejects.toThrow()
    expect([...stores.keys()]).toEqual(['kiosk-files-one'])
  })

  it('are not kept with the page of another version', async () => {
    server.set('/kiosk', '<!doctype html><title>two</title>')
    await expect(install(build)).rejects.toThrow('another version')
    expect(stores.size).toBe(0)
  })

  it('go when a newer version has taken over; the logo and others’ caches stay', async () => {
    await install(build)
    stores.set(LOGO_CACHE, new Map()).set('other', new Map())
    const next = { ...build, version: 'two' }
    await install(next)
    await tidy(next)
    expect([...stores.keys()].sort()).toEqual(['kiosk-files-two', LOGO_CACHE, 'other'].sort())
  })

  it('are all that is touched: nothing of the API, of other pages or of other origins', () => {
    const touches = (request: Request) => concerns(request, build, ORIGIN)
    expect(touches(navigation('/kiosk'))).toBe(true)
    expect(touches(asked('/assets/a.js'))).toBe(true)
    for (const path of ['/graphql', '/api/v1/healthz', '/assets/of-the-desk.js', '/kiosk-sw.js'])
      expect(touches(asked(path)), path).toBe(false)
    expect(touches(navigation('/settings/kiosks'))).toBe(false)
    expect(touches(Object.create(asked('/assets/a.js'), { method: { value: 'POST' } }) as Request)).toBe(false)
    expect(concerns(asked('/assets/a.js'), build, 'https://elsewhere.example')).toBe(false)
  })
})

describe('the logo', () => {
  const kept = () => [...(stores.get(LOGO_CACHE)?.keys() ?? [])]

  it('is kept for times without a connection, and only the newest', async () => {
    await keepLogo('/logo?v=1')
    await keepLogo('/logo?v=2')
    expect(kept()).toEqual([`${ORIGIN}/logo?v=2`])
    server.clear()
    await keepLogo('/logo?v=2')
    expect(kept()).toEqual([`${ORIGIN}/logo?v=2`])
    await keepLogo(null)
    expect(kept()).toEqual([])
  })

  it('that can’t be had is not kept', async () => {
    await keepLogo('/logo?v=9')
    expect(kept()).toEqual([])
  })
})
