/** What the kiosk's engine offers its screens. The engine knows no Vue, the screens know no server and no storage. */

export type KioskLanguage = 'en' | 'es'
export type KioskColour = 'red' | 'orange' | 'amber' | 'green' | 'teal' | 'blue' | 'violet' | 'pink'
export type KioskPicture =
  | 'cat' | 'dog' | 'fox' | 'owl' | 'fish' | 'turtle' | 'rocket' | 'star'
  | 'moon' | 'sun' | 'tree' | 'flower' | 'ball' | 'guitar' | 'robot' | 'dragon' // prettier-ignore

/** What somebody typed or held up: a phone as typed (digits, perhaps with +), or a member code. */
export type Credential = { phone: string } | { code: string }

/** How a client wants the kiosk to be; `language` is what they are answered in. */
export interface Comfort {
  language: KioskLanguage
  largeText: boolean
  noSound: boolean
  noMotion: boolean
}

/** Somebody whom a look-up found. Offline there are no names: then both are null, and colour and picture tell people apart. */
export interface Person {
  handle: string
  firstName: string | null
  initial: string | null
  colour: KioskColour | null
  picture: KioskPicture | null
  comfort: Comfort
}

/**
 * What a look-up says. `nobody`: unknown, blocked, archived or too many, which all look the same. `slow`: ask again after so many
 * seconds. `unreadable`: half a number, letters, an address: nothing that could be looked up. `unlisted`: nobody can be looked up now
 * (offline, and the roster is too old or lacks them); a press with the credential itself is kept for staff.
 */
export type LookUpOutcome =
  | { kind: 'people'; people: Person[]; offline: boolean }
  | { kind: 'nobody' }
  | { kind: 'unlisted' }
  | { kind: 'slow'; seconds: number }
  | { kind: 'unreadable' }

/**
 * What came of a press. `verified` is false when the server has not answered: then it says "saved, will be confirmed" and nothing else.
 * `sentence` is the server's, in the client's language; null when there is none: the screens have their own.
 * `lost`: it could not even be written down (storage is full): nothing happened, see the desk.
 */
export type PressOutcome = {
  outcome: 'checkedIn' | 'repeat' | 'askStaff' | 'seeDesk' | 'saved' | 'lost'
  verified: boolean
  sentence: string | null
}

/** What a first-time visitor tells of themselves. */
export interface Visitor {
  firstName: string
  lastName: string
  phone: string
  email: string
  language: KioskLanguage
}

/** What came of a walk-in form; `fields` names what is wrong with each field. */
export type WalkInOutcome =
  { kind: 'taken'; sentence: string } | { kind: 'wrong'; fields: Record<string, string> } | { kind: 'away' }

/** What the centre chose for its kiosks. */
export interface KioskSettings {
  name: string
  station: string | null
  centreName: string
  languages: KioskLanguage[]
  defaultLanguage: KioskLanguage
  sound: boolean
  walkIn: boolean
  /** Whether a PIN is set; without one only the staff's QR or the settings' Revoke ends the kiosk. */
  hasPin: boolean
  accentLight: string | null
  accentDark: string | null
  logo: string | null
}

/** Why a pairing did not come about. */
export type PairingTrouble = 'tooMany' | 'away' | 'outdated' | null

/** Everything a screen may show, at one moment. */
export interface Snapshot {
  /** `insecure`: no HTTPS, so nothing can be kept safely. `revoked`: told so by the server; everything was wiped. */
  phase: 'starting' | 'insecure' | 'pairing' | 'ready' | 'revoked'
  pairing: { code: string; endsAt: number } | null
  trouble: PairingTrouble
  settings: KioskSettings | null
  online: boolean
  /** How many presses wait on this device. */
  queued: number
  /** The page is older than the server: load it again when nobody is using it. */
  outdated: boolean
  /** `full`: the last press could not be written down. `fleeting`: the browser may throw the queue away. */
  storage: 'kept' | 'fleeting' | 'full'
}

export interface Engine {
  readonly snapshot: Snapshot
  /** Calls back at each change; returns what ends that. */
  subscribe(listener: (snapshot: Snapshot) => void): () => void
  start(): Promise<void>
  stop(): void
  lookUp(credential: Credential, signal?: AbortSignal): Promise<LookUpOutcome>
  /** Writes the press down, then asks the server or decides by itself; never rejects. */
  press(target: { person: Person } | { credential: Credential }): Promise<PressOutcome>
  walkIn(visitor: Visitor): Promise<WalkInOutcome>
  /** Whether a typed PIN or a scanned text is the staff's; wrong ones make the next try wait (1 s, 2 s, 4 s … 60 s). */
  mayLeave(pinOrCode: string): Promise<boolean>
  /** Forget a revocation or an ended code, and ask for a new one. */
  pairAgain(): Promise<void>
}
