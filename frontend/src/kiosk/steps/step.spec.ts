import { describe, expect, it } from 'vitest'
import type { LookUpOutcome, PressOutcome } from '../engine/types'
import { people, person, said } from './fakes'
import { initial, step, STEP_SECONDS, SUCCESS_SECONDS } from './step'
import type { Effect, Event, ReadScan, State } from './types'

/** Walks through events; answers to what is asked for are given as they would come. */
function walk(...events: Event[]) {
  let state: State = { ...initial('en'), home: { language: 'en', languages: ['en', 'es'], walkIn: true } }
  const effects: Effect[] = []
  const walker = {
    effects,
    state: () => state,
    screen: () => state.screen,
    did: (what: Effect['do']) => effects.filter((effect) => effect.do === what),
    send(...more: Event[]) {
      for (const event of more) {
        const next = step(state, event)
        state = next.state
        effects.push(...next.effects)
      }
      return walker
    },
    type: (digits: string) => walker.send(...[...digits].map((key): Event => ({ type: 'key', key }))),
    scan: (read: ReadScan) => walker.send({ type: 'scanned', read }),
    found: (outcome: LookUpOutcome) => walker.send({ type: 'found', ticket: state.ticket, outcome }),
    pressed: (outcome: PressOutcome) => walker.send({ type: 'pressed', ticket: state.ticket, outcome }),
    ring: () => walker.send({ type: 'timeUp', timer: state.timer!.id }),
  }
  return walker.send(...events)
}
const submit: Event = { type: 'submit' }
const confirm: Event = { type: 'confirm' }
const card = { code: 'KRC-1' }

describe('typing the code on a card', () => {
  const opened = (...more: Event[]) => walk({ type: 'openCamera' }, ...more, { type: 'openCode' })
  const typed: Event = { type: 'typedCode', read: card }

  it('is for whoever stands before the camera, or before none', () => {
    expect(opened().screen()).toEqual({ name: 'code', wrong: false })
    expect(opened({ type: 'cameraFailed', refused: true }).screen()).toEqual({ name: 'code', wrong: false })
    expect(walk({ type: 'openCode' }).screen().name).toBe('start')
    expect(walk({ type: 'openLeave' }, { type: 'openCamera' }, { type: 'openCode' }).screen().name).toBe('camera')
  })

  it('asks once more before it checks in, as a number does: it may be mistyped', () => {
    const walker = opened().send(typed)
    expect(walker.did('lookUp')).toMatchObject([{ credential: card }])
    expect(walker.found(people(person('Ana'))).screen()).toEqual({ name: 'one', person: person('Ana') })
    expect(opened().send(typed).found({ kind: 'unlisted' }).screen()).toEqual({ name: 'unlisted', credential: card })
  })

  it.each([null, { exit: 'krc-exit-1' }])('says so where it can be nobody’s, and stays', (read) => {
    const walker = opened().send({ type: 'typedCode', read })
    expect(walker.screen()).toEqual({ name: 'code', wrong: true })
    expect(walker.did('lookUp')).toEqual([])
    expect(walker.state().timer?.seconds).toBe(STEP_SECONDS)
  })

  it('gives way to a card that is held up after all', () => {
    const walker = opened().scan({ code: 'KRC-2' })
    expect(walker.did('lookUp')).toMatchObject([{ credential: { code: 'KRC-2' } }])
  })
})

describe('typing a number', () => {
  it('takes digits, and a plus only before them', () => {
    const walker = walk().type('+52+').send({ type: 'erase' }).type('1')
    expect(walker.screen()).toEqual({ name: 'start', typed: '+51' })
  })

  it('takes no more than a number can have, and submits none', () => {
    expect(walk().type('1'.repeat(40)).screen()).toEqual({ name: 'start', typed: '1'.repeat(16) })
    expect(walk(submit).effects).toEqual([])
  })

  it('looks a number up once, however often the key is tapped', () => {
    const walker = walk().type('5551234567').send(submit, submit, submit)
    expect(walker.did('lookUp')).toEqual([
      { do: 'lookUp', credential: { phone: '5551234567' }, ticket: walker.state().ticket },
    ])
  })

  it('goes on with half a number instead of losing it', () => {
    const walker = walk().type('555').send(submit).found({ kind: 'unreadable' })
    expect(walker.screen()).toEqual({ name: 'unreadable', typed: '555' })
    expect(walker.send({ type: 'keepTyping' }).screen()).toEqual({ name: 'start', typed: '555' })
  })
})

describe('one person', () => {
  it('is asked once, and pressed once by ten taps', () => {
    const ana = person('Ana')
    const walker = walk().type('5').send(submit).found(people(ana))
    expect(walker.screen()).toEqual({ name: 'one', person: ana })
    walker.send(...Array.from({ length: 10 }, () => confirm))
    expect(walker.did('press')).toHaveLength(1)
  })

  it('with a card is checked in without a question', () => {
    const walker = walk()
      .scan(card)
      .found(people(person('Ana')))
    expect(walker.screen().name).toBe('checking')
    expect(walker.did('press')).toHaveLength(1)
  })

  it('gets the kiosk as they like it as soon as they are known, and not before', () => {
    const comfort = { language: 'es', largeText: true, noSound: true, noMotion: true } as const
    const walker = walk().type('5').send(submit)
    expect(walker.state()).toMatchObject({ language: 'en', comfort: null })
    walker.found(people(person('Ana', comfort)))
    expect(walker.state()).toMatchObject({ language: 'es', comfort })
    walker.send(confirm).pressed(said('checkedIn'))
    expect(walker.state()).toMatchObject({ language: 'es', comfort })
    expect(walker.ring().state()).toMatchObject({ language: 'en', comfort: null })
  })

  it('is spoken to in a language that the centre offers', () => {
    const walker = walk({ type: 'settings', language: 'en', languages: ['en'], walkIn: false })
    expect(
      walker
        .scan(card)
        .found(people(person('Ana', { language: 'es' })))
        .state().language,
    ).toBe('en')
  })
})

describe('a family', () => {
  it('chooses, and the second tap on another name is nothing', () => {
    const [ana, kai] = [person('Ana'), person('Kai')]
    const walker = walk().scan(card).found(people(ana, kai))
    expect(walker.state().comfort).toBeNull()
    walker.send({ type: 'choose', at: 1 }, { type: 'choose', at: 0 })
    expect(walker.did('press')).toMatchObject([{ target: { person: kai } }])
  })

  it('of which nobody is it goes back', () => {
    const walker = walk()
      .type('5')
      .send(submit)
      .found(people(person('Ana'), person('Kai')))
    expect(walker.send({ type: 'notMe' }).screen()).toEqual({ name: 'start', typed: '' })
  })
})

describe('what became of it', () => {
  const after = (outcome: PressOutcome) =>
    walk()
      .scan(card)
      .found(people(person('Ana')))
      .pressed(outcome)
  const nameless = (outcome: PressOutcome) => walk().scan(card).found({ kind: 'unlisted' }).pressed(outcome)

  it('is told as the server said it', () => {
    for (const kind of ['checkedIn', 'repeat', 'askStaff', 'seeDesk'] as const)
      expect(after(said(kind, true, 'Hello.')).screen()).toMatchObject({ kind, sentence: 'Hello.' })
  })

  it('is never more than saved before the server has said so', () => {
    for (const kind of ['checkedIn', 'repeat', 'saved'] as const)
      expect(after(said(kind, false, 'You are verified.')).screen()).toMatchObject({ kind: 'saved', sentence: null })
    expect(after(said('askStaff', false)).screen()).toMatchObject({ kind: 'askStaffUntold' })
    expect(nameless(said('saved', false)).screen()).toMatchObject({ kind: 'savedNameless' })
  })

  it('sounds well or asks to look, and goes after 5 or 20 seconds', () => {
    const good = after(said('checkedIn'))
    expect(good.did('sound')).toEqual([{ do: 'sound', tone: 'good' }])
    expect(good.state().timer!.seconds).toBe(SUCCESS_SECONDS)
    const lost = after(said('lost', false))
    expect(lost.did('sound')).toEqual([{ do: 'sound', tone: 'attention' }])
    expect(lost.state().timer!.seconds).toBe(STEP_SECONDS)
  })

  it('is not prolonged by a touch when it went well', () => {
    const done = after(said('checkedIn'))
    const { timer } = done.state()
    expect(done.send({ type: 'touched' }).state().timer).toBe(timer)
    const desk = after(said('askStaff'))
    const before = desk.state().timer!.id
    expect(desk.send({ type: 'touched' }).state().timer!.id).not.toBe(before)
  })

  it('looks alike for the unknown and the blocked', () => {
    const unknown = walk().scan(card).found({ kind: 'nobody' }).screen()
    expect(unknown).toEqual(after(said('seeDesk')).screen())
  })
})

describe('a card', () => {
  it('of somebody else interrupts what stands there, and takes nothing over', () => {
    for (const begun of [
      walk()
        .type('5')
        .send(submit)
        .found(people(person('Ana', { language: 'es', largeText: true }))),
      walk()
        .scan({ code: 'other' })
        .found(people(person('Ana', { language: 'es' })))
        .pressed(said('checkedIn')),
      walk().type('5').send(submit).found({ kind: 'slow', seconds: 5 }),
    ]) {
      begun.scan(card)
      expect(begun.state()).toMatchObject({ language: 'en', comfort: null })
      expect(begun.screen()).toMatchObject({ name: 'looking', wanted: { credential: card } })
      expect(JSON.stringify(begun.state())).not.toContain('Ana')
    }
  })

  it('keeps the language that was chosen on the way to it', () => {
    expect(walk({ type: 'language', language: 'es' }).scan(card).state().language).toBe('es')
  })

  it('changes nothing while something is under way', () => {
    const looking = walk().type('5').send(submit)
    const checking = walk()
      .scan(card)
      .found(people(person('Ana')))
    const form = walk({ type: 'openWalkIn' })
    for (const busy of [looking, checking, form]) {
      const before = busy.state()
      expect(busy.scan({ code: 'other' }).state()).toBe(before)
    }
  })

  it('that lies on the reader and is said again and again is one', () => {
    const walker = walk()
      .scan(card)
      .found(people(person('Ana')))
      .pressed(said('checkedIn'))
      .scan(card)
      .scan(card)
    expect(walker.did('lookUp')).toHaveLength(1)
    expect(walker.scan({ code: 'KRC-2' }).did('lookUp')).toHaveLength(2)
  })

  it('of somebody else’s shop is told kindly, without a look-up', () => {
    const walker = walk().scan(null)
    expect(walker.screen()).toEqual({ name: 'unreadable', typed: null })
    expect(walker.did('lookUp')).toEqual([])
  })
})

describe('slow', () => {
  it('asks again by itself, and sends to the desk in the end', () => {
    const walker = walk().type('5').send(submit)
    for (let tries = 0; tries < 3; tries++) {
      walker.found({ kind: 'slow', seconds: 4 })
      expect(walker.state().timer!.seconds).toBe(4)
      walker.send({ type: 'touched' }).ring()
      expect(walker.screen().name).toBe('looking')
    }
    expect(walker.found({ kind: 'slow', seconds: 4 }).screen()).toMatchObject({ kind: 'seeDesk' })
    expect(walker.did('lookUp')).toHaveLength(4)
  })

  it('goes back like any step where it would take too long', () => {
    const walker = walk().type('5').send(submit).found({ kind: 'slow', seconds: 55 })
    expect(walker.state().timer!.seconds).toBe(STEP_SECONDS)
    expect(walker.ring().screen()).toEqual({ name: 'start', typed: '' })
  })
})

describe('time', () => {
  it('doesn’t run on an untouched first screen', () => {
    expect(walk().state().timer).toBeNull()
    expect(walk().type('5').state().timer!.seconds).toBe(STEP_SECONDS)
    expect(walk({ type: 'language', language: 'es' }).ring().state().language).toBe('en')
  })

  it('of an earlier screen rings for nobody', () => {
    const walker = walk().type('5')
    const old = walker.state().timer!.id
    walker.type('6').send({ type: 'timeUp', timer: old })
    expect(walker.screen()).toEqual({ name: 'start', typed: '56' })
  })

  it('leaves nothing of anybody in the state', () => {
    const blank = walk().type('5').ring().state()
    const ana = person('Ana', { language: 'es', largeText: true })
    for (const walker of [
      walk().type('5551234567').send(submit),
      walk().type('5551234567').send(submit).found(people(ana)),
      walk()
        .type('5551234567')
        .send(submit)
        .found(people(ana, person('Kai'))),
      walk().scan(card).found(people(ana)),
      walk()
        .scan(card)
        .found(people(ana))
        .pressed(said('checkedIn', true, 'Hello Ana')),
      walk().type('555').send(submit).found({ kind: 'unreadable' }),
    ]) {
      const { screen, language, comfort, timer } = walker.ring().state()
      expect({ screen, language, comfort, timer }).toEqual({
        screen: blank.screen,
        language: 'en',
        comfort: null,
        timer: null,
      })
      expect(walker.did('forget')).not.toEqual([])
    }
  })

  it('makes a late answer nobody’s', () => {
    const walker = walk().type('5').send(submit)
    const { ticket } = walker.state()
    walker.ring().send({ type: 'found', ticket, outcome: people(person('Ana')) })
    expect(walker.screen()).toEqual({ name: 'start', typed: '' })
    walker.type('6').send(submit, { type: 'found', ticket, outcome: people(person('Ana')) })
    expect(walker.screen().name).toBe('looking')
  })
})

describe('a first visit', () => {
  const visitor = { firstName: 'Ana', lastName: 'Q', phone: '', email: '' }

  it('is told once, in the language of the screen', () => {
    const walker = walk({ type: 'language', language: 'es' }, { type: 'openWalkIn' })
    walker.send({ type: 'sendWalkIn', visitor }, { type: 'sendWalkIn', visitor })
    expect(walker.did('walkIn')).toMatchObject([{ visitor: { ...visitor, language: 'es' } }])
    const { ticket } = walker.state()
    walker.send({ type: 'walkInAnswered', ticket, outcome: { kind: 'wrong', fields: { phone: 'No.' } } })
    expect(walker.screen()).toEqual({ name: 'walkIn', sending: false, problems: { phone: 'No.' } })
  })

  it('is not offered where the centre doesn’t want it', () => {
    const walker = walk({ type: 'settings', language: 'en', languages: ['en'], walkIn: false }, { type: 'openWalkIn' })
    expect(walker.screen().name).toBe('start')
  })
})

describe('leaving', () => {
  const exit = { exit: 'krc-exit-abc' }
  const answered = (walker: ReturnType<typeof walk>, right: boolean) =>
    walker.send({ type: 'leaveAnswered', ticket: walker.state().ticket, right })

  it('takes the PIN, one try at a time, without running out of time meanwhile', () => {
    const walker = walk({ type: 'openLeave' }, { type: 'tryLeave', text: '9999' }, { type: 'tryLeave', text: '9998' })
    expect(walker.did('mayLeave')).toHaveLength(1)
    expect(walker.state().timer).toBeNull()
    expect(answered(walker, false).screen()).toEqual({ name: 'leave', trying: false, wrong: true })
    walker.send({ type: 'tryLeave', text: '1234' })
    expect(answered(walker, true).screen()).toEqual({ name: 'unlocked' })
    expect(walker.did('unlock')).toHaveLength(1)
    expect(walker.send({ type: 'close' }).did('close')).toHaveLength(1)
  })

  it('takes the staff’s code on any screen that takes cards, and no member’s card', () => {
    const scanned = walk()
      .type('5')
      .send(submit)
      .found(people(person('Ana')))
      .scan(exit)
    expect(scanned.did('mayLeave')).toMatchObject([{ text: exit.exit }])
    expect(scanned.state().comfort).toBeNull()
    expect(
      walk({ type: 'openLeave' })
        .scan(card)
        .effects.filter(({ do: what }) => what !== 'forget'),
    ).toEqual([])
  })

  it('closes only what was unlocked', () => {
    expect(walk({ type: 'close' }).effects).toEqual([])
    expect(walk({ type: 'openLeave' }, { type: 'close' }).did('close')).toEqual([])
  })

  it('locks again after a while', () => {
    const walker = walk().scan(exit)
    expect(answered(walker, true).ring().screen()).toEqual({ name: 'start', typed: '' })
  })

  it('with the camera gives up where there is none', () => {
    const walker = walk({ type: 'openLeave' }, { type: 'openCamera' })
    expect(walker.screen()).toEqual({ name: 'camera', leaving: true })
    walker.send({ type: 'cameraFailed', refused: true })
    expect(walker.screen()).toEqual({ name: 'noCamera', refused: true, leaving: true })
  })
})

it('speaks the centre’s language while nobody is there', () => {
  const settings: Event = { type: 'settings', language: 'es', languages: ['es', 'en'], walkIn: false }
  expect(walk(settings).state().language).toBe('es')
  // Somebody in the middle of something goes on in theirs.
  expect(walk().type('5').send(settings).state().language).toBe('en')
  expect(walk().type('5').send(settings).ring().state()).toMatchObject({ language: 'es', comfort: null })
})
