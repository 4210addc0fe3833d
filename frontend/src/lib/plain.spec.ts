import { expect, it } from 'vitest'
import { matches, plain } from './plain'

it('compares as people type: without accents and case, words in any order', () => {
  expect(plain('Núñez ÅSE')).toBe('nunez ase')
  expect(matches('José Núñez, coordinator', 'coord jose')).toBe(true)
  expect(matches('José Núñez', 'jose ortega')).toBe(false)
  expect(matches('anything', '  ')).toBe(true)
})
