import { computed, inject, onScopeDispose, provide, shallowRef, watch, type InjectionKey } from 'vue'
import type { Credential, Engine, Snapshot } from '../engine/types'
import type { Tone } from '../device/sounds'
import { words } from '../words/words'
import { initial, step } from './step'
import type { Effect, Event, ReadScan } from './types'

/** What the steps need of the device. */
export interface KioskDevice {
  play: (tone: Tone) => void
  forgetScan: () => void
  unlock: () => void
  close: () => void
}

export interface KioskParts {
  engine: Engine
  device: KioskDevice
  readScan: (text: string) => ReadScan
}

const browserLanguage = () => (/^es\b/i.test(navigator.language) ? 'es' : 'en')

/** Runs the steps: hands each event to `step`, does what it asks for, and rings when the time is up. */
function createKiosk({ engine, device, readScan }: KioskParts) {
  const snapshot = shallowRef<Snapshot>(engine.snapshot)
  const state = shallowRef(initial(browserLanguage()))
  let running: AbortController | undefined
  let ringing: ReturnType<typeof setTimeout> | undefined

  function send(event: Event): void {
    const next = step(state.value, event)
    state.value = next.state
    for (const effect of next.effects) void perform(effect)
  }

  async function perform(effect: Effect): Promise<void> {
    switch (effect.do) {
      case 'lookUp':
        return lookUp(effect.credential, effect.ticket)
      case 'press':
        return send({ type: 'pressed', ticket: effect.ticket, outcome: await engine.press(effect.target) })
      case 'walkIn':
        return send({ type: 'walkInAnswered', ticket: effect.ticket, outcome: await walkIn(effect) })
      case 'mayLeave':
        return send({ type: 'leaveAnswered', ticket: effect.ticket, right: await mayLeave(effect.text) })
      case 'sound':
        if (snapshot.value.settings?.sound && !state.value.comfort?.noSound) device.play(effect.tone)
        return
      case 'forget':
        running?.abort()
        running = undefined
        return device.forgetScan()
      case 'unlock':
        return device.unlock()
      case 'close':
        return device.close()
    }
  }

  async function lookUp(credential: Credential, ticket: number): Promise<void> {
    running?.abort()
    const mine = (running = new AbortController())
    const outcome = await engine.lookUp(credential, mine.signal).catch(() => null)
    if (running === mine) running = undefined
    // What failed without a word is for the desk, as somebody unknown is.
    send({ type: 'found', ticket, outcome: outcome ?? { kind: 'nobody' } })
  }

  const walkIn = ({ visitor }: Extract<Effect, { do: 'walkIn' }>) =>
    engine.walkIn(visitor).catch(() => ({ kind: 'away' }) as const)
  const mayLeave = (text: string) => engine.mayLeave(text).catch(() => false)

  watch(
    () => state.value.timer,
    (timer) => {
      clearTimeout(ringing)
      if (timer) ringing = setTimeout(() => send({ type: 'timeUp', timer: timer.id }), timer.seconds * 1000)
    },
    { flush: 'sync' },
  )
  watch(
    () => snapshot.value.settings,
    (settings) => {
      if (!settings) return
      const { defaultLanguage, languages, walkIn } = settings
      send({ type: 'settings', language: defaultLanguage, languages, walkIn })
    },
    { immediate: true },
  )
  watch(
    () => snapshot.value.phase,
    () => send({ type: 'startAgain' }),
  )

  const unsubscribe = engine.subscribe((next) => (snapshot.value = next))
  onScopeDispose(() => {
    unsubscribe()
    clearTimeout(ringing)
    running?.abort()
  })

  return {
    snapshot,
    state,
    send,
    words: computed(() => words[state.value.language]),
    /** A card was read, by whichever means. */
    scanned: (text: string) => send({ type: 'scanned', read: readScan(text) }),
    /** A code was typed by hand. */
    typedCode: (text: string) => send({ type: 'typedCode', read: readScan(text) }),
    pairAgain: () => void engine.pairAgain(),
  }
}

export type Kiosk = ReturnType<typeof createKiosk>

const key: InjectionKey<Kiosk> = Symbol('kiosk')

export function provideKiosk(parts: KioskParts): Kiosk {
  const kiosk = createKiosk(parts)
  provide(key, kiosk)
  return kiosk
}

export const useKiosk = (): Kiosk => inject(key)!
