import { LookUpDocument, type LookUpMutation } from '../gql/graphql'
import type { Calls } from './calls'
import type { Link } from './link'
import { colourOf, pictureOf, type Roster } from './roster'
import { isCode, readPhone } from './scanned'
import { codeOf, Failure } from './transport'
import type { Credential, KioskLanguage, LookUpOutcome, Person } from './types'

/** The server holds back hurried look-ups for up to two seconds. */
const TIMEOUT_MS = 5_000
const MOST_PEOPLE = 6
const SLOW_SECONDS = 5
/** As the server has it: thirty look-ups a minute, then one each two seconds. */
const COSTS_MS = 2_000
const FREE_MS = 60_000

type Found = Extract<LookUpMutation['lookUp'], { people: unknown }>['people'][number]

export interface LookUpParts {
  calls: Calls
  link: Link
  roster: Roster
}

/** The credential as the server writes it; null for what can be none. */
export function whole(credential: Credential): Credential | null {
  if ('phone' in credential) {
    const { phone } = readPhone(credential.phone)
    return phone === null ? null : { phone }
  }
  const code = credential.code.trim()
  return isCode(code) ? { code } : null
}

/** Finds the people behind a credential and hands them to who asked: nothing of them stays here. */
export function createLookUps({ calls, link, roster }: LookUpParts) {
  let paidUntil = Number.NEGATIVE_INFINITY

  /** Null: the server has nothing to say. */
  async function askServer(input: Credential, signal?: AbortSignal): Promise<LookUpOutcome | null> {
    try {
      const options = { timeoutMs: TIMEOUT_MS, waited: true, signal }
      const { lookUp } = await calls.call(LookUpDocument, { input }, options)
      if (lookUp.__typename === 'ValidationProblem') return { kind: 'unreadable' }
      if (lookUp.waitSeconds > 0) return { kind: 'slow', seconds: lookUp.waitSeconds }
      if (lookUp.people.length === 0 || lookUp.people.length > MOST_PEOPLE) return { kind: 'nobody' }
      return { kind: 'people', people: lookUp.people.map(personOf), offline: false }
    } catch (error) {
      const seconds = error instanceof Failure ? error.retryAfterSeconds : null
      return codeOf(error) === 'RATE_LIMITED' ? { kind: 'slow', seconds: seconds ?? SLOW_SECONDS } : null
    }
  }

  /** Without the server nobody else slows down who tries numbers. */
  function secondsToWait(): number {
    const now = performance.now()
    const paid = Math.max(paidUntil, now) + COSTS_MS
    if (paid > now + FREE_MS) return Math.ceil((paid - now - FREE_MS) / 1_000)
    paidUntil = paid
    return 0
  }

  async function askRoster(credential: Credential): Promise<LookUpOutcome> {
    const seconds = secondsToWait()
    if (seconds > 0) return { kind: 'slow', seconds }
    const people = await roster.lookUp(credential).catch(() => null)
    if (!people) return { kind: 'unlisted' }
    return people.length ? { kind: 'people', people, offline: true } : { kind: 'nobody' }
  }

  return {
    /** Never rejects: whoever has aborted it is told of nobody, and doesn't listen any more. */
    async lookUp(credential: Credential, signal?: AbortSignal): Promise<LookUpOutcome> {
      const input = whole(credential)
      if (!input) return { kind: 'unreadable' }
      const said = link.online ? await askServer(input, signal) : null
      if (said) return said
      if (signal?.aborted || calls.token() === null) return { kind: 'nobody' }
      return askRoster(input)
    },
  }
}

function personOf({ handle, firstName, initial, colour, picture, comfort }: Found): Person {
  const { language, largeText, noSound, noMotion } = comfort
  return {
    handle,
    firstName,
    initial,
    colour: colourOf(colour),
    picture: pictureOf(picture),
    comfort: { language: language.toLowerCase() as KioskLanguage, largeText, noSound, noMotion },
  }
}
