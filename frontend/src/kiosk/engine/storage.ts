import type { ReportKioskMutation } from '../gql/graphql'
import { ask, createDatabase } from './database'

export type KioskState = Extract<ReportKioskMutation['reportKiosk'], { __typename: 'KioskState' }>

/** A token is made before somebody approves it. */
export interface Pairing {
  token: string
  approved: boolean
}

/** What the device keeps besides presses and roster, one value under each name. */
export interface Device {
  pairing: Pairing
  state: KioskState
  /** Server's clock minus device's, in milliseconds. */
  clockOffsetMs: number
  /** The number of the last press. */
  sequence: number
  pressKey: PressKey
  roster: RosterKey
  /** Wrong tries to leave, and until when the next one waits, by the device's clock. */
  leaving: { wrong: number; until: number }
}

/**
 * Encrypts the presses. No script can read it, and neither can who copies the presses alone; a browser keeps it on the same disk
 * though, so whoever takes the tablet apart is kept out by the tablet's own encryption and not by this.
 */
export interface PressKey {
  id: string
  key: CryptoKey
}

export interface RosterKey {
  key: CryptoKey
  /** By the server's clock. */
  madeAt: number
}

/** One person under one credential; `line` as the server wrote it. */
export interface RosterEntry {
  hash: string
  handle: string
  line: string
}

/** A press at rest; `box` holds all that tells who it was. */
export interface SealedPress {
  sequence: number
  requestId: string
  offline: boolean
  iv: Uint8Array<ArrayBuffer>
  box: ArrayBuffer
}

const NAME = 'krc-kiosk'
const STORES = ['device', 'presses', 'roster']
/** More than a press takes up. */
const PRESS_BYTES = 4_096

function prepare(database: IDBDatabase): void {
  database.createObjectStore('device')
  database.createObjectStore('presses', { keyPath: 'sequence' }).createIndex('requestId', 'requestId', { unique: true })
  const roster = database.createObjectStore('roster', { autoIncrement: true })
  roster.createIndex('hash', 'hash')
  roster.createIndex('handle', 'handle')
}

function put(transaction: IDBTransaction, values: Partial<Device>): void {
  const device = transaction.objectStore('device')
  for (const [name, value] of Object.entries(values)) device.put(value, name)
}

/**
 * `remembered` is written again when the browser's storage was cleared while the page ran. Another kind of device keeps its things
 * under another name: both may be open in one browser.
 */
export function createStorage(remembered: () => Partial<Device>, name = NAME) {
  const database = createDatabase(name, prepare, () => void write(remembered()).catch(() => {}))

  function write(values: Partial<Device>): Promise<void> {
    return database.run(['device'], 'readwrite', (transaction) => put(transaction, values))
  }

  /** Does nothing once the device was wiped or paired anew: what was on its way then must not come back. */
  function whilePaired(
    token: string | null,
    stores: string[],
    work: (transaction: IDBTransaction) => void,
  ): Promise<void> {
    return database.run(['device', ...stores], 'readwrite', async (transaction) => {
      const kept = await ask<Pairing | undefined>(transaction.objectStore('device').get('pairing'))
      if (kept?.approved && kept.token === token) work(transaction)
    })
  }

  return {
    database,
    write,
    whilePaired,
    writeWhilePaired(token: string | null, values: Partial<Device>): Promise<void> {
      return whilePaired(token, [], (transaction) => put(transaction, values))
    },
    read<Name extends keyof Device>(name: Name): Promise<Device[Name] | undefined> {
      return database.run(['device'], 'readonly', (transaction) =>
        ask<Device[Name] | undefined>(transaction.objectStore('device').get(name)),
      )
    },
    /** Keeps a token that nobody has approved; false where another tab has an approved one, which must not be lost. */
    keepUnapproved(token: string): Promise<boolean> {
      return database.run(['device'], 'readwrite', async (transaction) => {
        const device = transaction.objectStore('device')
        const kept = await ask<Pairing | undefined>(device.get('pairing'))
        if (kept?.approved) return false
        device.put({ token, approved: false } satisfies Pairing, 'pairing')
        return true
      })
    },
    /** Wipes everything, if the device is paired with this token still: another tab may have paired it anew. */
    wipe(token: string | null): Promise<void> {
      return database.run(STORES, 'readwrite', async (transaction) => {
        const kept = await ask<Pairing | undefined>(transaction.objectStore('device').get('pairing'))
        if (kept && kept.token !== token) return
        for (const name of STORES) transaction.objectStore(name).clear()
      })
    },
    /** Whether a press could be written down now. Writes as much as one takes up, and takes it away again. */
    async hasRoom(): Promise<boolean> {
      const trial = new Uint8Array(PRESS_BYTES)
      try {
        await database.run(['device'], 'readwrite', (transaction) => {
          transaction.objectStore('device').put(trial, 'room')
        })
        await database.run(['device'], 'readwrite', (transaction) => {
          transaction.objectStore('device').delete('room')
        })
        return true
      } catch {
        return false
      }
    },
    close: () => database.close(),
  }
}

export type Storage = ReturnType<typeof createStorage>

/** Asks the browser to keep what is stored here when it runs out of room elsewhere. */
export async function askToPersist(): Promise<boolean> {
  try {
    return (await navigator.storage.persisted()) || (await navigator.storage.persist())
  } catch {
    return false
  }
}
