import { expect, it, vi } from 'vitest'
import { rarestColour, TAG_COLOURS } from './useTags'

vi.mock('@/lib/graphql', () => ({ execute: vi.fn() }))

it('gives a new tag the colour that fewest have, grey last', () => {
  expect(rarestColour([])).toBe('red')
  expect(rarestColour([{ colour: 'red' }, { colour: 'orange' }])).toBe('amber')
  expect(rarestColour(TAG_COLOURS.slice(1).map((colour) => ({ colour })))).toBe('slate')
  expect(rarestColour(TAG_COLOURS.map((colour) => ({ colour })))).toBe('red')
})
