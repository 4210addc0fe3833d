import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { StorageFailure } from './database'
import { createPresses, type NewPress } from './presses'
import { advance, createBrowser, everythingStored, fakeTime, settle, tidyUp } from './scripted'
import { createStorage, type Device, type KioskState } from './storage'

const newPress = (secret: Partial<NewPress> = { phone: '+16615551002' }): NewPress => ({
  requestId: crypto.randomUUID(),
  offline: false,
  occurredAt: '2026-11-23T18:00:00.000Z',
  monotonicMs: 1,
  session: crypto.randomUUID(),
  clockOffsetMs: null,
  ...secret,
})

const opened: { close: () => void }[] = []

function open(remembered: () => Partial<Device> = () => ({})) {
  const storage = createStorage(remembered)
  opened.push(storage)
  return { storage, presses: createPresses(storage) }
}

const remove = () =>
  new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase('krc-kiosk')
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error)
  })

/** Of all databases, to see what is asked of them. */
let prototype: IDBDatabase

/** From now on each transaction that writes ends as a full disk ends it: when it is to be completed. */
function fillUp() {
  const real = prototype.transaction
  return vi.spyOn(prototype, 'transaction').mockImplementation(function (this: IDBDatabase, names, mode, options) {
    const transaction = real.call(this, names, mode, options)
    if (mode === 'readwrite') {
      const fakes = transaction as IDBTransaction & { _abort: (name: string) => void }
      queueMicrotask(() => fakes._abort('QuotaExceededError'))
    }
    return transaction
  })
}

beforeEach(async () => {
  fakeTime()
  createBrowser()
  const request = indexedDB.open('other')
  await new Promise((resolve) => (request.onsuccess = resolve))
  prototype = Object.getPrototypeOf(request.result) as IDBDatabase
  request.result.close()
})
afterEach(async () => {
  for (const storage of opened.splice(0)) storage.close()
  await tidyUp()
})

describe('presses', () => {
  it('are written, numbered and read again in their order', async () => {
    const { presses } = open()
    const written = []
    for (const phone of ['+16615551001', '+16615551002', '+16615551003'])
      written.push(await presses.add(newPress({ phone })))
    expect(written.map(({ sequence }) => sequence)).toEqual([1, 2, 3])
    expect(await presses.oldest(2, new Set())).toEqual(written.slice(0, 2))
    expect(await presses.oldest(2, new Set([written[0]!.requestId]))).toEqual(written.slice(1))
    await presses.remove([written[1]!.requestId, crypto.randomUUID()])
    expect(await presses.oldest(50, new Set())).toEqual([written[0], written[2]])
    expect(await presses.count()).toBe(2)
  })

  it('ask for the strictest durability, and count as written when the transaction is complete', async () => {
    const { presses } = open()
    let complete = false
    const real = prototype.transaction
    vi.spyOn(prototype, 'transaction').mockImplementation(function (this: IDBDatabase, names, mode, options) {
      const transaction = real.call(this, names, mode, options)
      if (mode === 'readwrite') {
        expect(options).toEqual({ durability: 'strict' })
        transaction.addEventListener('complete', () => (complete = true))
      }
      return transaction
    })
    await presses.add(newPress())
    expect(complete).toBe(true)
  })

  it('show nobody to who reads the disk, and their key can’t be taken out', async () => {
    const { presses } = open()
    await presses.add(newPress({ phone: '+16615551002' }))
    await presses.add(newPress({ code: 'SECRET-CODE' }))
    const stored = await everythingStored()
    const raw = stored.presses!.map((press) => {
      const { box, iv } = press as { box: ArrayBuffer; iv: Uint8Array }
      return JSON.stringify(press) + new TextDecoder('latin1').decode(box) + new TextDecoder('latin1').decode(iv)
    })
    expect(raw).toHaveLength(2)
    for (const text of raw) expect(text).not.toMatch(/555|SECRET|phone|code/)
    const { key } = (stored.device!.find((value) => (value as { key?: unknown }).key) ?? {}) as { key: CryptoKey }
    expect(key.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
  })

  it('that were damaged on the disk don’t keep the others waiting', async () => {
    const { storage, presses } = open()
    await presses.add(newPress())
    const good = await presses.add(newPress())
    await storage.database.run(['presses'], 'readwrite', async (transaction) => {
      const store = transaction.objectStore('presses')
      store.put({ sequence: 1, requestId: 'r1', offline: false, iv: new Uint8Array(12), box: new ArrayBuffer(40) })
    })
    expect(await presses.oldest(50, new Set())).toEqual([good])
    expect(await presses.count()).toBe(1)
  })

  it('can’t be given to another request: what was sealed for one opens for no other', async () => {
    const { storage, presses } = open()
    await presses.add(newPress())
    await storage.database.run(['presses'], 'readwrite', async (transaction) => {
      const store = transaction.objectStore('presses')
      const request = store.get(1)
      request.onsuccess = () => store.put({ ...(request.result as object), requestId: 'another' })
    })
    expect(await presses.oldest(50, new Set())).toEqual([])
  })

  it('of two tabs that begin at once share one key and one row of numbers', async () => {
    const [one, two] = [open(), open()]
    const written = await Promise.all([one, two, one, two].map(({ presses }) => presses.add(newPress())))
    expect(written.map(({ sequence }) => sequence).sort()).toEqual([1, 2, 3, 4])
    for (const { presses } of [one, two, open()])
      expect((await presses.oldest(50, new Set())).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4])
  })

  it('say later that the device decided', async () => {
    const { presses } = open()
    const { requestId } = await presses.add(newPress())
    await presses.markOffline(requestId)
    await presses.markOffline(crypto.randomUUID())
    expect((await presses.oldest(1, new Set()))[0]).toMatchObject({ requestId, offline: true, phone: '+16615551002' })
  })
})

describe('storage', () => {
  it('says when it is full, writes nothing then, and goes on when there is room', async () => {
    const { storage, presses } = open()
    await presses.add(newPress())
    const full = fillUp()
    await expect(presses.add(newPress())).rejects.toMatchObject({ full: true })
    expect(await storage.hasRoom()).toBe(false)
    full.mockRestore()
    expect(await presses.count()).toBe(1)
    expect(await storage.hasRoom()).toBe(true)
    expect((await presses.add(newPress())).sequence).toBe(2)
  })

  it('is made anew when somebody clears it under our feet: pairing and numbers go on', async () => {
    const state = { name: 'Door' } as KioskState
    const { storage, presses } = open(() => ({ pairing: { token: 'krk_one', approved: true }, state }))
    await presses.add(newPress())
    await presses.add(newPress())
    await remove()
    const next = await presses.add(newPress())
    expect(next.sequence).toBe(3)
    await settle()
    expect(await storage.read('pairing')).toEqual({ token: 'krk_one', approved: true })
    expect(await storage.read('state')).toEqual(state)
    expect(await presses.oldest(50, new Set())).toEqual([next])
  })

  it('goes on after the browser closed it', async () => {
    const { presses } = open()
    await presses.add(newPress())
    const close = vi.spyOn(prototype, 'transaction').mockImplementationOnce(() => {
      throw new DOMException('closing', 'InvalidStateError')
    })
    await presses.add(newPress())
    close.mockRestore()
    expect(await presses.count()).toBe(2)
  })

  it('isn’t in the way of another tab that deletes it', async () => {
    const { storage } = open()
    await storage.write({ sequence: 7 })
    await remove()
    expect(await storage.read('sequence')).toBeUndefined()
  })

  it('gives up on a database that doesn’t open, and tries again the next time', async () => {
    const { storage } = open()
    const good = indexedDB
    const opening = vi.fn(() => ({}) as IDBOpenDBRequest)
    vi.stubGlobal('indexedDB', { open: opening })
    const away = expect(storage.read('pairing')).rejects.toBeInstanceOf(StorageFailure)
    await advance(5_000)
    await away
    vi.stubGlobal('indexedDB', {
      open() {
        throw new DOMException('not here', 'SecurityError')
      },
    })
    await expect(storage.read('pairing')).rejects.toMatchObject({ name: 'StorageFailure', full: false })
    vi.stubGlobal('indexedDB', good)
    await storage.write({ sequence: 1 })
    expect(await storage.read('sequence')).toBe(1)
  })

  it('wipes everything, but not what another tab has paired meanwhile', async () => {
    const { storage, presses } = open()
    await storage.write({ pairing: { token: 'krk_two', approved: true } })
    await presses.add(newPress())
    await storage.wipe('krk_one')
    expect(await presses.count()).toBe(1)
    await storage.wipe('krk_two')
    expect(await everythingStored()).toEqual({ device: [], presses: [], roster: [] })
  })

  it('lets nothing come back that was on its way when it was wiped', async () => {
    const { storage } = open()
    await storage.write({ pairing: { token: 'krk_one', approved: true } })
    await storage.writeWhilePaired('krk_one', { clockOffsetMs: 5 })
    expect(await storage.read('clockOffsetMs')).toBe(5)
    await storage.wipe('krk_one')
    await storage.writeWhilePaired('krk_one', { clockOffsetMs: 6 })
    expect(await storage.read('clockOffsetMs')).toBeUndefined()
  })

  it('never puts a token that waits over one that was approved', async () => {
    const { storage } = open()
    expect(await storage.keepUnapproved('krk_one')).toBe(true)
    expect(await storage.keepUnapproved('krk_two')).toBe(true)
    await storage.write({ pairing: { token: 'krk_two', approved: true } })
    expect(await storage.keepUnapproved('krk_three')).toBe(false)
    expect(await storage.read('pairing')).toEqual({ token: 'krk_two', approved: true })
  })
})
