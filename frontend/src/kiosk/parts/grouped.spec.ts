import { expect, it } from 'vitest'
import { grouped } from './grouped'

it('groups digits while they are typed, as numbers here are written', () => {
  const shown = (typed: string) => grouped(typed).join(' ')
  expect(['', '5', '555', '5551', '5551234', '5551234567'].map(shown)).toEqual([
    '',
    '5',
    '555',
    '555 1',
    '555 123 4',
    '555 123 4567',
  ])
  expect(shown('15551234567')).toBe('1 555 123 4567')
  expect(shown('+15551234567')).toBe('+1 555 123 4567')
  expect(shown('+')).toBe('+')
  expect(shown('+525512345678')).toBe('+525 512 345 678')
})

it('never loses or adds a digit', () => {
  for (const typed of ['1', '+1', '+49', '0115255123456', '+123456789012345', '5551234567890'])
    for (let length = 1; length <= typed.length; length++)
      expect(grouped(typed.slice(0, length)).join('')).toBe(typed.slice(0, length))
})
