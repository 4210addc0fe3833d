import { expect, it } from 'vitest'
import { countOf, sizeOf } from './sizes'

it.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1_000, '1 kB'],
  [1_540, '1.5 kB'],
  [999_999, '1 MB'],
  [123_456_789, '123 MB'],
  [3_200_000_000, '3.2 GB'],
  [5_000_000_000_000_000, '5,000 TB'],
])('says %i bytes as %s', (bytes, words) => {
  expect(sizeOf(bytes, 'en')).toBe(words)
})

it('speaks Spanish', () => {
  expect(sizeOf(1_540, 'es')).toBe('1,5 kB')
  expect(countOf(1_234_567, 'es')).toBe('1.234.567')
  expect(countOf(1_234_567, 'en')).toBe('1,234,567')
})
