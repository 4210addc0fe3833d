import { expect, it } from 'vitest'
import { whatToFix } from './whatToFix'

it.each([
  ['555-1234', 'noAreaCode'],
  ['555 12 34', 'noAreaCode'],
  ['5551234 ext. 12', 'noAreaCode'],
  ['555-123', 'notAPhone'],
  ['661-555-12345678901', 'notAPhone'],
  ['ask at the desk', 'notAPhone'],
  ['', 'notAPhone'],
])('says of the phone %o: %s', (value, problem) => {
  expect(whatToFix({ kind: 'PHONE', value })).toBe(problem)
})

it('knows the other kinds', () => {
  expect(whatToFix({ kind: 'EMAIL', value: 'ana at home' })).toBe('notAnEmail')
  expect(whatToFix({ kind: 'DISCORD', value: '?' })).toBe('other')
})
