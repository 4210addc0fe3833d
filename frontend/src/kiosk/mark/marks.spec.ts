import { describe, expect, it } from 'vitest'
import { contrast } from '@/lib/contrast'
import css from './colours.css?raw'
import { pictures } from './pictures'

const colours = Object.fromEntries(
  [...css.matchAll(/--mark-(\w+): (#\w{6})/g)].map(([, name, value]) => [name, value!]),
)
const NAMES = ['red', 'orange', 'amber', 'green', 'teal', 'blue', 'violet', 'pink', 'none']

describe('the marks', () => {
  it('carry dark letters that can be read, whatever the theme', () => {
    for (const name of NAMES) expect(contrast(colours.ink!, colours[name]!), name).toBeGreaterThanOrEqual(7)
  })

  it('are sixteen different pictures', () => {
    expect(new Set(Object.values(pictures).map(({ shape }) => shape)).size).toBe(16)
  })
})
