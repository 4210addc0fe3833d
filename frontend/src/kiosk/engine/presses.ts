import type { KioskPressInput } from '../gql/graphql'
import { decode, encode, random } from './bytes'
import { ask } from './database'
import type { PressKey, SealedPress, Storage } from './storage'

/** What is known of a press before it is written down, which gives it its number. */
export type NewPress = Omit<KioskPressInput, 'sequence'>

/** The presses that wait on this device, encrypted, oldest first. Nothing of them is kept in memory. */
export function createPresses(storage: Storage) {
  const { database } = storage
  let own: PressKey | null = null
  /** Numbers go on rising even if somebody clears the storage while the page runs. */
  let last = 0

  async function ownKey(): Promise<PressKey> {
    if (own) return own
    const made = async () => ({
      id: crypto.randomUUID(),
      key: await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
    })
    own = (await storage.read('pressKey')) ?? (await made())
    return own
  }

  /** Writes a sealed press with the next number; null where another tab has meanwhile laid down another key. */
  function put(sealed: Omit<SealedPress, 'sequence'>, mine: PressKey): Promise<number | null> {
    return database.run(['device', 'presses'], 'readwrite', async (transaction) => {
      const device = transaction.objectStore('device')
      const kept = await ask<PressKey | undefined>(device.get('pressKey'))
      if (kept && kept.id !== mine.id) return null
      const sequence = Math.max(last, (await ask<number | undefined>(device.get('sequence'))) ?? 0) + 1
      if (!kept) device.put(mine, 'pressKey')
      device.put(sequence, 'sequence')
      transaction.objectStore('presses').put({ ...sealed, sequence } satisfies SealedPress)
      return sequence
    })
  }

  async function open({ sequence, requestId, offline, iv, box }: SealedPress): Promise<KioskPressInput | null> {
    try {
      const { key } = await ownKey()
      const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: encode(requestId) }, key, box)
      return { ...(JSON.parse(decode(opened)) as NewPress), requestId, sequence, offline }
    } catch (error) {
      // Damaged on the disk. Anything else may be better the next time.
      if (error instanceof DOMException && error.name === 'OperationError') return null
      throw error
    }
  }

  async function remove(requestIds: readonly string[]): Promise<void> {
    await database.run(['presses'], 'readwrite', async (transaction) => {
      const presses = transaction.objectStore('presses')
      for (const requestId of requestIds) {
        const key = await ask(presses.index('requestId').getKey(requestId))
        if (key !== undefined) presses.delete(key)
      }
    })
  }

  return {
    /** Resolves once the press is on the disk. Rejects with a `StorageFailure`, and then nothing happened. */
    async add({ requestId, offline, ...secret }: NewPress): Promise<KioskPressInput> {
      for (;;) {
        const mine = await ownKey()
        const iv = random(12)
        const algorithm = { name: 'AES-GCM', iv, additionalData: encode(requestId) }
        const box = await crypto.subtle.encrypt(algorithm, mine.key, encode(JSON.stringify(secret)))
        const sequence = await put({ requestId, offline, iv, box }, mine)
        if (sequence !== null) {
          last = sequence
          return { ...secret, requestId, sequence, offline }
        }
        own = null
      }
    },
    /** The oldest ones without those that are busy. */
    async oldest(count: number, busy: ReadonlySet<string>): Promise<KioskPressInput[]> {
      const sealed = await database.run(['presses'], 'readonly', (transaction) =>
        ask<SealedPress[]>(transaction.objectStore('presses').getAll(null, count + busy.size)),
      )
      const free = sealed.filter(({ requestId }) => !busy.has(requestId)).slice(0, count)
      if (free.length) own = (await storage.read('pressKey')) ?? own
      const opened = await Promise.all(free.map(open))
      // Nobody can ever read it again, and it must not keep the others waiting.
      const damaged = free.filter((_, at) => opened[at] === null)
      if (damaged.length) await remove(damaged.map(({ requestId }) => requestId))
      return opened.filter((press) => press !== null)
    },
    remove,
    /** The server did not answer in time, so that the device decided by itself. */
    markOffline(requestId: string): Promise<void> {
      return database.run(['presses'], 'readwrite', async (transaction) => {
        const presses = transaction.objectStore('presses')
        const sealed = await ask<SealedPress | undefined>(presses.index('requestId').get(requestId))
        if (sealed) presses.put({ ...sealed, offline: true })
      })
    },
    count(): Promise<number> {
      return database.run(['presses'], 'readonly', (transaction) => ask(transaction.objectStore('presses').count()))
    },
    /** After a wipe the next press is encrypted with a new key. */
    forget(): void {
      own = null
      last = 0
    },
  }
}

export type Presses = ReturnType<typeof createPresses>
