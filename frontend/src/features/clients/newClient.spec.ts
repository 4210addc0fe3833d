import { expect, it } from 'vitest'
import { blankClient, inputOf, similarInputOf } from './newClient'

it('sends only what was typed; empty fields never fail', () => {
  expect(inputOf({ ...blankClient(), firstName: 'Ana', email: '  ', dateOfBirth: '' })).toEqual({
    firstName: 'Ana',
    language: 'EN',
  })
  expect(inputOf({ ...blankClient(), firstName: 'Ana', uciNumber: '71', tagIds: ['t1'] })).toEqual({
    firstName: 'Ana',
    language: 'EN',
    tagIds: ['t1'],
  })
})

it('looks people up by what tells them apart, half a date left out', () => {
  const form = { ...blankClient(), firstName: 'Ana', phone: '661 555 1000', uciNumber: '7100001', note: 'x' }
  expect(similarInputOf(form)).toEqual({
    firstName: 'Ana',
    lastName: '',
    phone: '661 555 1000',
    email: '',
    uciNumber: '7100001',
    dateOfBirth: null,
  })
})
