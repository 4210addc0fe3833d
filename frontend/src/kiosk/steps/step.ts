import type {
  Comfort,
  Credential,
  KioskLanguage,
  LookUpOutcome,
  Person,
  PressOutcome,
  WalkInOutcome,
} from '../engine/types'
import type { Effect, Event, Next, ReadScan, ResultKind, Screen, ScreenOf, State, Wanted } from './types'

/** Any step goes back after so long without a touch. */
export const STEP_SECONDS = 20
/** What went well needs no more than a look. */
export const SUCCESS_SECONDS = 5
/** E.164 has 15 digits; one more for the plus. */
const LONGEST_NUMBER = 16
/** After so many "one moment" the desk is faster. */
const MOST_TRIES = 3

const SUCCESS: ReadonlySet<ResultKind> = new Set(['checkedIn', 'saved', 'savedNameless', 'repeat', 'walkedIn'])
/** Where a card may be held up: it begins anew. While something is under way, and in forms, it is nothing. */
const TAKES_CARDS: ReadonlySet<Screen['name']> = new Set([
  'start',
  'camera',
  'noCamera',
  'code',
  'slow',
  'unreadable',
  'family',
  'one',
  'unlisted',
  'result',
])
const OWN_CARD: ReadonlySet<Screen['name']> = new Set(['start', 'camera', 'noCamera', 'code', 'unreadable'])

export const isSuccess = (kind: ResultKind): boolean => SUCCESS.has(kind)

export const initial = (language: KioskLanguage): State => ({
  screen: { name: 'start', typed: '' },
  language,
  comfort: null,
  timer: null,
  timers: 0,
  ticket: 0,
  home: { language, languages: ['en', 'es'], walkIn: false },
})

/** How long a screen stays; null: for as long as nobody comes, or until what runs has ended. */
function patience(state: State): number | null {
  const { screen, language, home } = state
  if (screen.name === 'start') return screen.typed || language !== home.language ? STEP_SECONDS : null
  if (screen.name === 'result' && isSuccess(screen.kind)) return SUCCESS_SECONDS
  if (screen.name === 'slow') return Math.min(screen.seconds, STEP_SECONDS)
  if (screen.name === 'leave' && screen.trying) return null
  return STEP_SECONDS
}

/** Timers are numbered on, so that an old one that still rings is told from the new one. */
function withTimer(state: State): State {
  const seconds = patience(state)
  const timers = state.timers + 1
  return { ...state, timers, timer: seconds === null ? null : { id: timers, seconds } }
}

function go(state: State, screen: Screen, effects: Effect[] = []): Next {
  return { state: withTimer({ ...state, screen, ticket: state.ticket + 1 }), effects }
}

/** The first screen, as for somebody new: nothing of the last one is left in the state. */
function reset(state: State): Next {
  const blank = { ...initial(state.home.language), home: state.home, ticket: state.ticket, timers: state.timers }
  return go(blank, { name: 'start', typed: '' }, [{ do: 'forget' }])
}

const stay = (state: State): Next => ({ state, effects: [] })

/** From here on the kiosk is as this person likes it. */
function suit(state: State, comfort: Comfort): State {
  const known = state.home.languages.includes(comfort.language)
  return { ...state, comfort, language: known ? comfort.language : state.language }
}

function lookFor(state: State, wanted: Wanted): Next {
  const next = go(state, { name: 'looking', wanted })
  return { ...next, effects: [{ do: 'lookUp', credential: wanted.credential, ticket: next.state.ticket }] }
}

function press(state: State, target: { person: Person } | { credential: Credential }, card: string | null): Next {
  const listed = 'person' in target
  const next = go(listed ? suit(state, target.person.comfort) : state, { name: 'checking', listed, card })
  return { ...next, effects: [{ do: 'press', target, ticket: next.state.ticket }] }
}

function show(state: State, kind: ResultKind, sentence: string | null = null, card: string | null = null): Next {
  const screen: Screen = {
    name: 'result',
    kind,
    sentence,
    sentenceLanguage: state.comfort?.language ?? state.language,
    card,
  }
  return go(state, screen, [{ do: 'sound', tone: isSuccess(kind) ? 'good' : 'attention' }])
}

function found(state: State, { wanted }: ScreenOf<'looking'>, outcome: LookUpOutcome): Next {
  const card = wanted.scanned ? cardOf(wanted.credential) : null
  if (outcome.kind === 'people') {
    const [first, second] = outcome.people
    if (!first) return show(state, 'seeDesk', null, card)
    if (second) return go(state, { name: 'family', people: outcome.people })
    if (wanted.scanned) return press(state, { person: first }, card)
    return go(suit(state, first.comfort), { name: 'one', person: first })
  }
  if (outcome.kind === 'unlisted') {
    if (wanted.scanned) return press(state, { credential: wanted.credential }, card)
    return go(state, { name: 'unlisted', credential: wanted.credential })
  }
  if (outcome.kind === 'unreadable') return go(state, { name: 'unreadable', typed: typedOf(wanted) })
  if (outcome.kind === 'slow' && wanted.tries < MOST_TRIES)
    return go(state, { name: 'slow', wanted, seconds: outcome.seconds })
  return show(state, 'seeDesk', null, card)
}

const typedOf = ({ credential, scanned }: Wanted): string | null =>
  !scanned && 'phone' in credential ? credential.phone : null

const cardOf = (credential: Credential): string | null => ('code' in credential ? credential.code : null)

function pressed(state: State, { listed, card }: ScreenOf<'checking'>, said: PressOutcome): Next {
  return show(state, kindOf(said, listed), said.verified ? said.sentence : null, card)
}

/** Only the server's word is one: without it, a visit is saved and nothing more. */
function kindOf({ outcome, verified }: PressOutcome, listed: boolean): ResultKind {
  if (outcome === 'askStaff') return verified ? 'askStaff' : 'askStaffUntold'
  if (outcome === 'seeDesk' || outcome === 'lost') return outcome
  if (verified && outcome !== 'saved') return outcome
  return listed ? 'saved' : 'savedNameless'
}

function scanned(state: State, read: ReadScan): Next {
  const { screen } = state
  const leaving = screen.name === 'leave' || (screen.name === 'camera' && screen.leaving)
  if (!leaving && !TAKES_CARDS.has(screen.name)) return stay(state)
  if (read && 'exit' in read) return tryLeave(leaving ? state : reset(state).state, read.exit)
  if (leaving) return stay(state)
  // Some readers say a card again and again for as long as it lies there.
  if (read && screen.name === 'result' && screen.card !== null && cardOf(read) === screen.card) return stay(state)
  // A card on somebody's way to their number is theirs; on any other screen it may be the next person's.
  const anew: Next = OWN_CARD.has(screen.name) ? stay(state) : reset(state)
  const next = read
    ? lookFor(anew.state, { credential: read, scanned: true, tries: 0 })
    : go(anew.state, { name: 'unreadable', typed: null })
  return { ...next, effects: [...anew.effects, ...next.effects] }
}

function typedCode(state: State, read: ReadScan): Next {
  if (!read || 'exit' in read) return go(state, { name: 'code', wrong: true })
  return lookFor(state, { credential: read, scanned: false, tries: 0 })
}

function tryLeave(state: State, text: string): Next {
  if (state.screen.name === 'leave' && state.screen.trying) return stay(state)
  const next = go(state, { name: 'leave', trying: true, wrong: false })
  return { ...next, effects: [{ do: 'mayLeave', text, ticket: next.state.ticket }] }
}

function walkInAnswered(state: State, outcome: WalkInOutcome): Next {
  if (outcome.kind === 'taken') return show(state, 'walkedIn', outcome.sentence)
  if (outcome.kind === 'away') return show(state, 'away')
  return go(state, { name: 'walkIn', sending: false, problems: outcome.fields })
}

function timeUp(state: State): Next {
  const { screen } = state
  if (screen.name !== 'slow' || screen.seconds > STEP_SECONDS) return reset(state)
  return lookFor(state, { ...screen.wanted, tries: screen.wanted.tries + 1 })
}

function touched(state: State): Next {
  const { screen } = state
  const keepsItsTime = screen.name === 'slow' || (screen.name === 'result' && isSuccess(screen.kind))
  return stay(state.timer && !keepsItsTime ? withTimer(state) : state)
}

function typed(state: State, text: string): Next {
  return stay(withTimer({ ...state, screen: { name: 'start', typed: text } }))
}

function settle(state: State, event: Extract<Event, { type: 'settings' }>): Next {
  const home = { language: event.language, languages: event.languages, walkIn: event.walkIn }
  // Whoever is in the middle of something is not spoken to in another language suddenly.
  const untouched = state.screen.name === 'start' && !state.screen.typed && state.language === state.home.language
  const spoken = untouched || !event.languages.includes(state.language)
  return stay(withTimer({ ...state, home, language: spoken ? event.language : state.language }))
}

/** What happens at an event. An event that doesn't fit the screen (the second of ten taps) changes nothing. */
export function step(state: State, event: Event): Next {
  const { screen } = state
  switch (event.type) {
    case 'settings':
      return settle(state, event)
    case 'language':
      return stay(withTimer({ ...state, language: event.language }))
    case 'touched':
      return touched(state)
    case 'timeUp':
      return event.timer === state.timer?.id ? timeUp(state) : stay(state)
    case 'startAgain':
    case 'notMe':
      return reset(state)
    case 'key': {
      if (screen.name !== 'start' || screen.typed.length >= LONGEST_NUMBER) return stay(state)
      if (event.key === '+' && screen.typed) return stay(state)
      return typed(state, screen.typed + event.key)
    }
    case 'erase':
      return screen.name === 'start' ? typed(state, screen.typed.slice(0, -1)) : stay(state)
    case 'submit':
      if (screen.name !== 'start' || !screen.typed) return stay(state)
      return lookFor(state, { credential: { phone: screen.typed }, scanned: false, tries: 0 })
    case 'keepTyping':
      return screen.name === 'unreadable' ? go(state, { name: 'start', typed: screen.typed ?? '' }) : stay(state)
    case 'scanned':
      return scanned(state, event.read)
    case 'openCamera':
      if (screen.name !== 'start' && screen.name !== 'leave') return stay(state)
      return go(state, { name: 'camera', leaving: screen.name === 'leave' })
    case 'openCode':
      if ((screen.name !== 'camera' && screen.name !== 'noCamera') || screen.leaving) return stay(state)
      return go(state, { name: 'code', wrong: false })
    case 'typedCode':
      return screen.name === 'code' ? typedCode(state, event.read) : stay(state)
    case 'cameraFailed':
      if (screen.name !== 'camera') return stay(state)
      return go(state, { name: 'noCamera', refused: event.refused, leaving: screen.leaving })
    case 'found':
      return screen.name === 'looking' && event.ticket === state.ticket
        ? found(state, screen, event.outcome)
        : stay(state)
    case 'choose': {
      const person = screen.name === 'family' ? screen.people[event.at] : undefined
      return person ? press(state, { person }, null) : stay(state)
    }
    case 'confirm':
      if (screen.name === 'one') return press(state, { person: screen.person }, null)
      return screen.name === 'unlisted' ? press(state, { credential: screen.credential }, null) : stay(state)
    case 'pressed':
      return screen.name === 'checking' && event.ticket === state.ticket
        ? pressed(state, screen, event.outcome)
        : stay(state)
    case 'openWalkIn':
      if (screen.name !== 'start' || !state.home.walkIn) return stay(state)
      return go(state, { name: 'walkIn', sending: false, problems: {} })
    case 'sendWalkIn': {
      if (screen.name !== 'walkIn' || screen.sending) return stay(state)
      const next = go(state, { name: 'walkIn', sending: true, problems: {} })
      const visitor = { ...event.visitor, language: state.language }
      return { ...next, effects: [{ do: 'walkIn', visitor, ticket: next.state.ticket }] }
    }
    case 'walkInAnswered':
      return screen.name === 'walkIn' && event.ticket === state.ticket
        ? walkInAnswered(state, event.outcome)
        : stay(state)
    case 'openLeave':
      if (screen.name !== 'start') return stay(state)
      return go(reset(state).state, { name: 'leave', trying: false, wrong: false })
    case 'tryLeave':
      return screen.name === 'leave' ? tryLeave(state, event.text) : stay(state)
    case 'leaveAnswered': {
      if (screen.name !== 'leave' || event.ticket !== state.ticket) return stay(state)
      if (event.right) return go(state, { name: 'unlocked' }, [{ do: 'unlock' }])
      return go(state, { name: 'leave', trying: false, wrong: true })
    }
    case 'close':
      return screen.name === 'unlocked' ? { state, effects: [{ do: 'close' }] } : stay(state)
  }
}
