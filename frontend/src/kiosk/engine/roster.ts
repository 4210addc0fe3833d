import { KioskRosterDocument, type KioskRosterQuery } from '../gql/graphql'
import { encode, fromBase64, toBase64Url } from './bytes'
import type { Calls } from './calls'
import type { Clock } from './clock'
import { ask } from './database'
import type { RosterEntry, RosterKey, Storage } from './storage'
import type { Credential, KioskColour, KioskPicture, Person } from './types'

const VALID_MS = 72 * 3_600_000
const REFRESH_MS = 3_600_000
/** A device has other things to do in its first seconds. */
const FIRST_MS = 5_000
const RETRY_MS = 5 * 60_000
const PAGE_TIMEOUT_MS = 15_000
const MOST_PAGES = 1_000
const MOST_PEOPLE = 6
/** A roster from the future means that the clock was set back, and then nobody knows how old it is. */
const AHEAD_MS = 3_600_000

const COLOURS: ReadonlySet<string> = new Set(['red', 'orange', 'amber', 'green', 'teal', 'blue', 'violet', 'pink'])
const PICTURES: ReadonlySet<string> = new Set(
  'cat dog fox owl fish turtle rocket star moon sun tree flower ball guitar robot dragon'.split(' '),
)

export const colourOf = (text: string | null): KioskColour | null =>
  text !== null && COLOURS.has(text) ? (text as KioskColour) : null
export const pictureOf = (text: string | null): KioskPicture | null =>
  text !== null && PICTURES.has(text) ? (text as KioskPicture) : null

type Policy = 'ALLOW' | 'REMIND' | 'ASK_STAFF' | 'BLOCK'
/** What the device may decide by itself. `hidden`: as if unknown. */
export type Decision = 'saved' | 'askStaff' | 'hidden'

/** What a device knows of people without the server: whole rosters alone, kept on the disk and looked at line by line. */
export function createRoster({ storage, calls, clock }: { storage: Storage; calls: Calls; clock: Clock }) {
  const { database } = storage
  let dueAt: number | null = null
  let fetching = false

  async function valid(): Promise<RosterKey | null> {
    const kept = await storage.read('roster')
    const age = kept ? clock.now() - kept.madeAt : Number.NaN
    return kept && age < VALID_MS && age > -AHEAD_MS ? kept : null
  }

  async function fetchAll(): Promise<void> {
    const entries: RosterEntry[] = []
    let first: KioskRosterQuery['kioskRoster'] | null = null
    let after: string | null = null
    for (let count = 0; count < MOST_PAGES; count++) {
      const page: KioskRosterQuery['kioskRoster'] = (
        await calls.call(KioskRosterDocument, { after }, { timeoutMs: PAGE_TIMEOUT_MS })
      ).kioskRoster
      first ??= page
      // Another key: the server has begun a new one meanwhile. These pages don't belong together.
      if (page.key !== first.key) throw new Error('The roster changed on the way.')
      for (const line of page.entries) {
        const [hash, handle] = line.split(' ')
        if (hash && handle) entries.push({ hash, handle, line })
      }
      after = page.next
      if (after === null) return keep(first, entries)
    }
    throw new Error('The roster has no end.')
  }

  async function keep({ key, madeAt }: { key: string; madeAt: string }, entries: RosterEntry[]): Promise<void> {
    const algorithm = { name: 'HMAC', hash: 'SHA-256' }
    const imported = await crypto.subtle.importKey('raw', fromBase64(key), algorithm, false, ['sign'])
    const kept: RosterKey = { key: imported, madeAt: Date.parse(madeAt) }
    await storage.whilePaired(calls.token(), ['roster'], (transaction) => {
      const roster = transaction.objectStore('roster')
      roster.clear()
      for (const entry of entries) roster.put(entry)
      transaction.objectStore('device').put(kept, 'roster')
    })
  }

  function lines(index: 'hash' | 'handle', value: string): Promise<RosterEntry[]> {
    return database.run(['roster'], 'readonly', (transaction) =>
      ask<RosterEntry[]>(transaction.objectStore('roster').index(index).getAll(value)),
    )
  }

  async function find(key: CryptoKey, credential: Credential): Promise<Entry[]> {
    const mark = await crypto.subtle.sign('HMAC', key, encode(markOf(credential)))
    const found = await lines('hash', toBase64Url(new Uint8Array(mark).subarray(0, 16)))
    return found.map(({ line }) => readEntry(line)).filter((entry) => entry !== null)
  }

  return {
    /** Fetches the roster when it is time for that; call it as often as you like. */
    async refreshIfDue(): Promise<void> {
      if (fetching) return
      fetching = true
      try {
        if (dueAt === null) {
          const kept = await storage.read('roster')
          dueAt = clock.now() + FIRST_MS
          if (kept) dueAt = Math.min(dueAt + REFRESH_MS, Math.max(dueAt, kept.madeAt + REFRESH_MS))
        }
        if (clock.now() < dueAt) return
        dueAt = clock.now() + RETRY_MS
        await fetchAll()
        dueAt = clock.now() + REFRESH_MS
      } catch {
        // The old one stays until it is too old; the next try has its time already.
      } finally {
        fetching = false
      }
    },
    /** The people behind a credential. Null: nobody can say, since there is no valid roster or it lacks them. */
    async lookUp(credential: Credential): Promise<Person[] | null> {
      const kept = await valid()
      if (!kept) return null
      const shown = (await find(kept.key, credential)).filter((entry) => decide(entry, clock.day()) !== 'hidden')
      if (shown.length === 0) return null
      // As the server has it: a phone may be a family's, a card is one person's.
      return shown.length > ('code' in credential ? 1 : MOST_PEOPLE) ? [] : shown.map(({ person }) => person)
    },
    /** What the device may say to somebody; null: it doesn't know them. */
    async decide(handle: string): Promise<Decision | null> {
      if (!(await valid())) return null
      const [found] = await lines('handle', handle)
      const entry = found && readEntry(found.line)
      return entry ? decide(entry, clock.day()) : null
    },
    /** After a wipe the next one is fetched as for a new device. */
    forget(): void {
      dueAt = null
    },
  }
}

/** As the server writes it into the hash. */
function markOf(credential: Credential): string {
  if ('phone' in credential) return `phone:${credential.phone}`
  return `code:${credential.code.toLowerCase().replace(/[\s._-]/gu, '')}`
}

interface Entry {
  startsOn: string
  endsOn: string
  policy: Policy
  person: Person
}

/** Reads "HASH HANDLE STARTS ENDS POLICY COLOUR PICTURE FLAGS"; null for what a later server may write otherwise. */
function readEntry(line: string): Entry | null {
  const [, handle, startsOn, endsOn, policy, colour, picture, flags] = line.split(' ')
  const language = flags?.slice(0, 2)
  if (!handle || !startsOn || !endsOn || !policy || !colour || !picture || !flags) return null
  if (!['ALLOW', 'REMIND', 'ASK_STAFF', 'BLOCK'].includes(policy) || (language !== 'en' && language !== 'es'))
    return null
  const marks = flags.slice(2)
  return {
    startsOn,
    endsOn,
    policy: policy as Policy,
    person: {
      handle,
      firstName: null,
      initial: null,
      colour: colourOf(colour),
      picture: pictureOf(picture),
      comfort: {
        language,
        largeText: marks.includes('l'),
        noSound: marks.includes('s'),
        noMotion: marks.includes('m'),
      },
    },
  }
}

function decide({ startsOn, endsOn, policy }: Entry, day: string): Decision {
  const good = startsOn !== '-' && endsOn !== '-' && startsOn <= day && day <= endsOn
  if (good || policy === 'ALLOW' || policy === 'REMIND') return 'saved'
  return policy === 'ASK_STAFF' ? 'askStaff' : 'hidden'
}

export type Roster = ReturnType<typeof createRoster>
