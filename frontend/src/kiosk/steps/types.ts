import type {
  Comfort,
  Credential,
  KioskLanguage,
  LookUpOutcome,
  Person,
  PressOutcome,
  Visitor,
  WalkInOutcome,
} from '../engine/types'

/** What is looked for, and how it was told. A card says who somebody is; a number may be mistyped, so it asks once more. */
export interface Wanted {
  credential: Credential
  scanned: boolean
  tries: number
}

/** What became of a visit, as far as it is shown. */
export type ResultKind =
  | 'checkedIn'
  | 'saved'
  | 'savedNameless'
  | 'repeat'
  | 'askStaff'
  | 'askStaffUntold'
  | 'seeDesk'
  | 'lost'
  | 'walkedIn'
  | 'away'

/** One thing at a time, with all that it needs and nothing else: whatever leaves the screen is forgotten with it. */
export type Screen =
  | { name: 'start'; typed: string }
  | { name: 'camera'; leaving: boolean }
  | { name: 'noCamera'; refused: boolean; leaving: boolean }
  /** `wrong`: what was typed can be nobody's. */
  | { name: 'code'; wrong: boolean }
  | { name: 'looking'; wanted: Wanted }
  | { name: 'slow'; wanted: Wanted; seconds: number }
  /** `typed` is what there was of a number, to go on with; null after a card. */
  | { name: 'unreadable'; typed: string | null }
  | { name: 'family'; people: readonly Person[] }
  | { name: 'one'; person: Person }
  | { name: 'unlisted'; credential: Credential }
  | { name: 'checking'; listed: boolean; card: string | null }
  | { name: 'result'; kind: ResultKind; sentence: string | null; sentenceLanguage: KioskLanguage; card: string | null }
  | { name: 'walkIn'; sending: boolean; problems: Readonly<Record<string, string>> }
  | { name: 'leave'; trying: boolean; wrong: boolean }
  | { name: 'unlocked' }

export type ScreenOf<Name extends Screen['name']> = Extract<Screen, { name: Name }>

export interface State {
  screen: Screen
  language: KioskLanguage
  /** How the one person who is known wants the kiosk to be; null while nobody is. */
  comfort: Comfort | null
  /** When the kiosk goes back by itself; another `id` begins anew. */
  timer: { id: number; seconds: number } | null
  /** How many timers there were. */
  timers: number
  /** An answer counts for the screen that asked, and for no later one. */
  ticket: number
  /** What the centre chose: what the kiosk speaks when nobody is there, and what it may speak. */
  home: { language: KioskLanguage; languages: readonly KioskLanguage[]; walkIn: boolean }
}

/** What a card says; null: it is none of this centre's. */
export type ReadScan = Credential | { exit: string } | null

export type Event =
  | { type: 'settings'; language: KioskLanguage; languages: readonly KioskLanguage[]; walkIn: boolean }
  | { type: 'language'; language: KioskLanguage }
  | { type: 'touched' }
  | { type: 'timeUp'; timer: number }
  | { type: 'startAgain' }
  | { type: 'key'; key: string }
  | { type: 'erase' }
  | { type: 'submit' }
  | { type: 'keepTyping' }
  | { type: 'scanned'; read: ReadScan }
  | { type: 'openCamera' }
  | { type: 'openCode' }
  | { type: 'typedCode'; read: ReadScan }
  | { type: 'cameraFailed'; refused: boolean }
  | { type: 'found'; ticket: number; outcome: LookUpOutcome }
  | { type: 'choose'; at: number }
  | { type: 'confirm' }
  | { type: 'notMe' }
  | { type: 'pressed'; ticket: number; outcome: PressOutcome }
  | { type: 'openWalkIn' }
  | { type: 'sendWalkIn'; visitor: Omit<Visitor, 'language'> }
  | { type: 'walkInAnswered'; ticket: number; outcome: WalkInOutcome }
  | { type: 'openLeave' }
  | { type: 'tryLeave'; text: string }
  | { type: 'leaveAnswered'; ticket: number; right: boolean }
  | { type: 'close' }

export type Effect =
  | { do: 'lookUp'; credential: Credential; ticket: number }
  | { do: 'press'; target: { person: Person } | { credential: Credential }; ticket: number }
  | { do: 'walkIn'; visitor: Visitor; ticket: number }
  | { do: 'mayLeave'; text: string; ticket: number }
  | { do: 'sound'; tone: 'good' | 'attention' }
  /** Whatever still runs or is half read belongs to somebody who has gone. */
  | { do: 'forget' }
  | { do: 'unlock' }
  | { do: 'close' }

export interface Next {
  state: State
  effects: Effect[]
}
