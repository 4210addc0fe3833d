import { ref } from 'vue'
import { session } from '@/lib/graphql'

/** Each person has an ear of their own, also at a desk that several share. */
const placeOf = () => `krc.kiosk-ring.${session.viewer.value?.user.id ?? ''}`

function stored(): boolean {
  try {
    return localStorage.getItem(placeOf()) !== 'off'
  } catch {
    return true
  }
}

/** Two soft notes, a fourth apart: heard over a room, and alarming nobody. */
const NOTES = [659.3, 880]
const NOTE_S = 0.35
const LOUD = 0.08

let audio: AudioContext | null = null

function play(): void {
  audio ??= new AudioContext()
  void audio.resume()
  NOTES.forEach((pitch, index) => {
    const [from, tone, volume] = [
      audio!.currentTime + index * NOTE_S * 0.6,
      audio!.createOscillator(),
      audio!.createGain(),
    ]
    tone.frequency.value = pitch
    volume.gain.setValueAtTime(0, from)
    volume.gain.linearRampToValueAtTime(LOUD, from + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0001, from + NOTE_S)
    tone.connect(volume).connect(audio!.destination)
    tone.start(from)
    tone.stop(from + NOTE_S)
  })
}

/** Who was told of on this page already. Null until the first look: whoever waits then is no news. */
let told: Set<string> | null = null

/** Whether it is to sound, for all parts of the page. */
const on = ref(true)

/** Rings once for each who was not there at any earlier look. */
export function useRing() {
  on.value = stored()

  function switchTo(wanted: boolean): void {
    on.value = wanted
    try {
      localStorage.setItem(placeOf(), wanted ? 'on' : 'off')
    } catch {
      // The choice then lasts as long as the page.
    }
  }

  /** Returns those of whom it has told now. */
  function hear(ids: readonly string[]): readonly string[] {
    const before = told
    told = new Set([...(before ?? []), ...ids])
    const news = before ? ids.filter((id) => !before.has(id)) : []
    // Browsers let a page make sounds only after somebody has pressed something in it.
    if (news.length === 0 || !on.value || navigator.userActivation?.hasBeenActive === false) return news
    try {
      play()
    } catch {
      // A browser without sound: the page says it as well.
    }
    return news
  }

  return { on, switchTo, hear }
}
