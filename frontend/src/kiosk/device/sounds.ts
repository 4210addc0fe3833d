export type Tone = 'good' | 'attention'

/** Two short notes each, in hertz: upwards for what went well, level for "look here". */
const NOTES: Record<Tone, readonly [number, number]> = { good: [659, 988], attention: [440, 440] }
const NOTE_SECONDS = 0.14
const GAP_SECONDS = 0.04
const LOUDNESS = 0.2

/** Browsers play nothing before somebody has touched the page: `unlock` belongs to the first touch. */
export function createSounds(make: () => AudioContext = () => new AudioContext()) {
  let context: AudioContext | null = null

  function unlock(): void {
    try {
      context ??= make()
      if (context.state === 'suspended') void context.resume().catch(() => {})
    } catch {
      // A device without sound shows the same.
    }
  }

  function note(at: AudioContext, hertz: number, from: number): void {
    const oscillator = at.createOscillator()
    const volume = at.createGain()
    oscillator.frequency.value = hertz
    // In and out softly: a tone that is cut off clicks.
    volume.gain.setValueAtTime(0, from)
    volume.gain.linearRampToValueAtTime(LOUDNESS, from + 0.01)
    volume.gain.linearRampToValueAtTime(0, from + NOTE_SECONDS)
    oscillator.connect(volume).connect(at.destination)
    oscillator.start(from)
    oscillator.stop(from + NOTE_SECONDS)
  }

  function play(tone: Tone): void {
    if (!context) return
    const begin = context.currentTime
    for (const [index, hertz] of NOTES[tone].entries())
      note(context, hertz, begin + index * (NOTE_SECONDS + GAP_SECONDS))
  }

  return { unlock, play }
}

export type Sounds = ReturnType<typeof createSounds>
