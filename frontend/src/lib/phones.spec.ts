import { expect, it } from 'vitest'
import { phoneText } from './phones'

it.each([
  ['+16615551000', '(661) 555-1000'],
  ['+4930901820', '+4930901820'],
  ['555 1000', '555 1000'],
])('%s is written %s', (phone, text) => expect(phoneText(phone)).toBe(text))
