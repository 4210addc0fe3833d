import { expect, it } from 'vitest'
import { blankClient, inputOf, similarInputOf } from './newClient'

it('sends only what was typed; empty fields never fail', () => {
  expect(inputOf({ ...blankClient(), firstName: 'Ana', email: '  ', dateOfBirth: '' }, true)).toEqual({
    firstName: 'Ana',
    language: 'EN',
  })
  expect(inputOf({ ...blankClient(), firstName: 'Ana', tagIds: ['t1'] }, true)).toEqual({
    firstName: 'Ana',
    language: 'EN',
    tagIds: ['t1'],
  })
})

it('sends a UCI number with the authorization that it belongs to, and what is missing of that as missing', () => {
  const form = { ...blankClient(), firstName: 'Ana', uciNumber: ' 7100001 ' }
  expect(inputOf(form, true)).toEqual({
    firstName: 'Ana',
    language: 'EN',
    authorization: {
      uciNumber: '7100001',
      authorizationNumber: null,
      startsOn: null,
      endsOn: null,
      unitsPerMonth: null,
    },
  })
  const whole = {
    ...form,
    authorizationNumber: '88',
    authorizationStartsOn: '2026-12-01',
    authorizationEndsOn: '2027-11-30',
    authorizationVisits: 12,
  }
  expect(inputOf(whole, true).authorization).toEqual({
    uciNumber: '7100001',
    authorizationNumber: '88',
    startsOn: '2026-12-01',
    endsOn: '2027-11-30',
    unitsPerMonth: 12,
  })
  expect(inputOf(whole, false)).toEqual({ firstName: 'Ana', language: 'EN' })
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
