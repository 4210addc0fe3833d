import { vi } from 'vitest'
import type {
  Comfort,
  Engine,
  KioskSettings,
  LookUpOutcome,
  Person,
  PressOutcome,
  Snapshot,
  WalkInOutcome,
} from '../engine/types'

/** What the specs put in the engine's place. */
export const plain: Comfort = { language: 'en', largeText: false, noSound: false, noMotion: false }

export const person = (firstName: string | null, comfort: Partial<Comfort> = {}): Person => ({
  handle: `handle of ${firstName}`,
  firstName,
  initial: firstName && 'Q',
  colour: 'red',
  picture: 'cat',
  comfort: { ...plain, ...comfort },
})

export const people = (...found: Person[]): LookUpOutcome => ({ kind: 'people', people: found, offline: false })

export const said = (
  outcome: PressOutcome['outcome'],
  verified = true,
  sentence: string | null = null,
): PressOutcome => ({ outcome, verified, sentence })

const settings: KioskSettings = {
  name: 'Front door',
  station: null,
  centreName: 'Harbour Arcade',
  languages: ['en', 'es'],
  defaultLanguage: 'en',
  sound: true,
  walkIn: true,
  hasPin: true,
  accentLight: null,
  accentDark: null,
  logo: null,
}

const ready: Snapshot = {
  phase: 'ready',
  pairing: null,
  trouble: null,
  settings,
  online: true,
  queued: 0,
  outdated: false,
  storage: 'kept',
}

export function fakeEngine(chosen: Partial<KioskSettings> = {}) {
  let snapshot: Snapshot = { ...ready, settings: { ...settings, ...chosen } }
  const listeners = new Set<(snapshot: Snapshot) => void>()
  const engine = {
    get snapshot() {
      return snapshot
    },
    subscribe: (listener: (snapshot: Snapshot) => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start: vi.fn(async () => {}),
    stop: vi.fn(),
    lookUp: vi.fn<Engine['lookUp']>(async () => ({ kind: 'nobody' })),
    press: vi.fn<Engine['press']>(async () => said('checkedIn')),
    walkIn: vi.fn<Engine['walkIn']>(async (): Promise<WalkInOutcome> => ({ kind: 'away' })),
    mayLeave: vi.fn(async () => false),
    pairAgain: vi.fn(async () => {}),
    /** The engine has something to say. */
    tell(next: Partial<Snapshot>) {
      snapshot = { ...snapshot, ...next }
      for (const listener of listeners) listener(snapshot)
    },
  }
  return engine satisfies Engine
}
