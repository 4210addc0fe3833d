import { expect, it } from 'vitest'
import { numberFrom, textOfNumber } from './numbers'

it.each([
  ['12', 12],
  [' 12,50 ', 12.5],
  ['-3.25', -3.25],
  ['007', 7],
  ['', null],
  ['-', null],
  [',', null],
  ['12a', null],
])('reads %j as %j', (text, value) => expect(numberFrom(text)).toBe(value))

it('writes numbers as they are typed, and nothing for none', () => {
  expect(textOfNumber(12345.5, 'en')).toBe('12345.5')
  expect(textOfNumber(12345.5, 'es')).toBe('12345,5')
  expect(textOfNumber(null, 'en')).toBe('')
  expect(numberFrom(textOfNumber(0.125, 'es'))).toBe(0.125)
})
