/** A thin wrapper around IndexedDB: opens it again when it was closed or deleted, and says when something is really written. */

const VERSION = 1
const OPEN_MS = 5_000

/** Nothing was written or read. `full`: there is no room left. */
export class StorageFailure extends Error {
  override readonly name = 'StorageFailure'

  constructor(readonly full: boolean) {
    super(full ? 'Storage is full.' : 'Storage is away.')
  }
}

/** The result of a request within its transaction. */
export function ask<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('No result.'))
  })
}

export type Mode = 'readonly' | 'readwrite'
export type Work<Result> = (transaction: IDBTransaction) => Result | Promise<Result>

const nameOf = (error: unknown): string => (error instanceof Error || error instanceof DOMException ? error.name : '')

/** `madeAnew` is called when the database was empty after it had been used: somebody cleared the browser's storage. */
export function createDatabase(name: string, prepare: (database: IDBDatabase) => void, madeAnew: () => void) {
  let opening: Promise<IDBDatabase> | null = null
  let used = false

  function forget(database: IDBDatabase): void {
    database.close()
    opening = null
  }

  function open(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      let late = false
      let fresh = false
      const fail = () => {
        late = true
        clearTimeout(timer)
        reject(new StorageFailure(false))
      }
      // Another tab may hold an older version open for as long as it likes.
      const timer = setTimeout(fail, OPEN_MS)
      const request = indexedDB.open(name, VERSION)
      request.onupgradeneeded = () => {
        fresh = true
        prepare(request.result)
      }
      request.onerror = fail
      request.onsuccess = () => {
        const database = request.result
        if (late) return database.close()
        clearTimeout(timer)
        // Another tab upgrades or deletes it, or the browser took it away: this one must not be in the way, and opens it again.
        database.onversionchange = () => forget(database)
        database.onclose = () => forget(database)
        resolve(database)
        if (fresh && used) madeAnew()
        used = true
      }
    })
  }

  function connect(): Promise<IDBDatabase> {
    opening ??= open().catch((error: unknown) => {
      opening = null
      throw error
    })
    return opening
  }

  async function once<Result>(stores: string[], mode: Mode, work: Work<Result>): Promise<Result> {
    const database = await connect()
    let transaction: IDBTransaction
    try {
      // Strict: an answer means that it is on the disk, whatever happens to the power.
      transaction = database.transaction(stores, mode, { durability: 'strict' })
    } catch (error) {
      forget(database)
      throw error
    }
    const complete = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error ?? new Error('Aborted.'))
    })
    const worked = Promise.resolve(work(transaction)).catch((error: unknown) => {
      try {
        transaction.abort()
      } catch {
        // It has ended by itself; its own error is the one that counts.
      }
      throw transaction.error ?? error
    })
    const [result] = await Promise.all([worked, complete])
    return result
  }

  return {
    /** Runs work in one transaction, all or nothing, and resolves when it is complete. Rejects with a `StorageFailure`. */
    async run<Result>(stores: string[], mode: Mode, work: Work<Result>): Promise<Result> {
      for (let attempt = 1; ; attempt++) {
        try {
          return await once(stores, mode, work)
        } catch (error) {
          if (error instanceof StorageFailure) throw error
          const full = nameOf(error) === 'QuotaExceededError'
          // A connection that was closed under our feet: once more with a new one.
          if (full || attempt > 1) throw new StorageFailure(full)
          if (opening) await opening.then(forget, () => {})
        }
      }
    },
    close(): void {
      void opening?.then((database) => database.close()).catch(() => {})
      opening = null
    },
  }
}

export type Database = ReturnType<typeof createDatabase>
