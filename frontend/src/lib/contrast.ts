/** The least contrast of text, by WCAG 2.2 (1.4.3); the server holds colours to the same. */
export const LEAST = 4.5

/** The backgrounds of both themes, as styles/tokens.css has them: paper, raised, sunken. */
export const BACKGROUNDS = {
  light: ['#fbfbfa', '#ffffff', '#f3f3f0'],
  dark: ['#0f1115', '#171a20', '#0a0c0f'],
} as const

export type ThemeName = keyof typeof BACKGROUNDS

export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/.test(text)

const channels = (colour: string): number[] => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16))

function luminance(colour: string): number {
  const [red, green, blue] = channels(colour).map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

/** The ratio of two colours (`#rrggbb`), from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter! + 0.05) / (darker! + 0.05)
}

/** The lowest ratio that a colour has in a theme. */
export const worst = (colour: string, theme: ThemeName): number =>
  Math.min(...BACKGROUNDS[theme].map((background) => contrast(colour, background)))

/** The colour itself where it can be read, or else the nearest shade that can: darker on light, lighter on dark. */
export function readable(colour: string, theme: ThemeName): string {
  const towards = theme === 'light' ? 0 : 255
  for (let step = 0; step <= 100; step++) {
    const mixed = channels(colour).map((channel) => Math.round(channel + ((towards - channel) * step) / 100))
    const shade = `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
    if (worst(shade, theme) >= LEAST) return shade
  }
  return theme === 'light' ? '#000000' : '#ffffff'
}
