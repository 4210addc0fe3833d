import { expect, it, vi } from 'vitest'
import { createSounds } from './sounds'

function fakeContext() {
  const started: [number, number][] = []
  const context = {
    state: 'suspended',
    currentTime: 7,
    destination: {},
    resume: vi.fn(async () => {}),
    createGain: () => ({ gain: { setValueAtTime: vi.fn(), linearRampToValueAtTime: vi.fn() }, connect: vi.fn() }),
    createOscillator: () => {
      const frequency = { value: 0 }
      return {
        frequency,
        connect: (next: unknown) => next,
        start: (at: number) => started.push([frequency.value, at]),
        stop: vi.fn(),
      }
    },
  }
  return { context: context as unknown as AudioContext, resume: context.resume, started }
}

it('is silent until a touch allows sound, then plays two notes, upwards for what went well', () => {
  const { context, resume, started } = fakeContext()
  const sounds = createSounds(() => context)
  sounds.play('good')
  expect(started).toEqual([])
  sounds.unlock()
  expect(resume).toHaveBeenCalledOnce()
  sounds.play('good')
  expect(started).toHaveLength(2)
  const [first, second] = started
  expect(second![0]).toBeGreaterThan(first![0])
  expect([first![1], second![1] > first![1]]).toEqual([7, true])
})

it('does without on a device that has no sound', () => {
  const sounds = createSounds(() => {
    throw new Error('none')
  })
  sounds.unlock()
  expect(() => sounds.play('good')).not.toThrow()
})
