import { describe, expect, it } from 'vitest'
import { contrast, isColour, LEAST, readable, worst } from './contrast'

describe('contrast', () => {
  it('reckons as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBe(21)
    expect(contrast('#123456', '#123456')).toBe(1)
    // The figures of LOOK: the brand's colour misses, its darker shade does not.
    expect(contrast('#ec194d', '#ffffff')).toBeCloseTo(4.4, 1)
    expect(contrast('#d01040', '#ffffff')).toBeCloseTo(5.5, 1)
  })

  it('counts the worst background of a theme', () => {
    expect(worst('#d01040', 'light')).toBeLessThan(contrast('#d01040', '#ffffff'))
    expect(worst('#ff7391', 'dark')).toBeGreaterThan(LEAST)
    expect(worst('#d01040', 'dark')).toBeLessThan(LEAST)
  })

  it.each(['#ec194d', '#ffff00', '#000000', '#ffffff', '#0000ff'])('finds a shade of %s for both themes', (colour) => {
    expect(worst(readable(colour, 'light'), 'light')).toBeGreaterThanOrEqual(LEAST)
    expect(worst(readable(colour, 'dark'), 'dark')).toBeGreaterThanOrEqual(LEAST)
  })

  it('leaves alone what can be read', () => {
    expect(readable('#d01040', 'light')).toBe('#d01040')
    expect(readable('#ff7391', 'dark')).toBe('#ff7391')
  })

  it('knows a colour when it sees one', () => {
    expect(['#d01040', '#D01040', 'd01040', '#d0104', 'red'].map(isColour)).toEqual([true, false, false, false, false])
  })
})
