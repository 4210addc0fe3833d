import { describe, expect, it } from 'vitest'
import { readPhone, readScan } from './scanned'

describe('readScan', () => {
  it.each([
    ['KRC-0042', 'KRC-0042'],
    ['6615551002', '6615551002'],
    ['Niño 7', 'Niño 7'],
    ['MARKET-2.5', 'MARKET-2.5'],
    ['  A1\r\n', 'A1'],
    ['x'.repeat(64), 'x'.repeat(64)],
  ])('takes %j for a member code', (text, code) => expect(readScan(text)).toEqual({ code }))

  it.each([
    '',
    '   ',
    'x'.repeat(65),
    'https://example.org/a',
    'HTTP:example.org',
    'ggleap://session/1',
    'www.example.org',
    'ana@example.org',
    'mailto:ana@example.org',
    'WIFI:S:centre;T:WPA;P:secret;;',
    'BEGIN:VCARD\nFN:Ana\nEND:VCARD',
    'MECARD:N:Ana;;',
    'A1\u0000B2',
    'A1\u200bB2',
    'one\ntwo',
    'tel:555-1002',
  ])('reads nothing in %j', (text) => expect(readScan(text)).toBeNull())

  it('knows the staff’s code to leave', () => {
    expect(readScan('krc-exit-AbC_12-\n')).toEqual({ exit: 'krc-exit-AbC_12-' })
    expect(readScan('krc-exit-' + 'x'.repeat(100))).toEqual({ exit: 'krc-exit-' + 'x'.repeat(100) })
  })

  it('takes a phone only where the card says so', () => {
    expect(readScan('tel:+1-661-555-1002')).toEqual({ phone: '+16615551002' })
    expect(readScan('TEL:(661) 555-1002')).toEqual({ phone: '+16615551002' })
  })
})

describe('readPhone', () => {
  it.each([
    ['6615551002', '+16615551002'],
    ['16615551002', '+16615551002'],
    ['+16615551002', '+16615551002'],
    ['0016615551002', '+16615551002'],
    ['(661) 555-1002', '+16615551002'],
    ['+525512345678', '+525512345678'],
    ['00525512345678', '+525512345678'],
    ['011525512345678', '+525512345678'],
  ])('%s is whole', (typed, phone) => expect(readPhone(typed)).toEqual({ state: 'whole', phone }))

  it.each(['', '+', '0', '01', '00', '011', '1', '+1', '6', '661555100', '1661555100', '+5255', '011525'])(
    '%j is not finished',
    (typed) => expect(readPhone(typed)).toEqual({ state: 'unfinished', phone: null }),
  )

  it.each([
    '66155510021',
    '166155510021',
    '0661',
    '02',
    '1161',
    '6611551002',
    '+0',
    '+5255123456789012',
    'abc',
    '66a',
    '6+6',
  ])('%j can’t become a number', (typed) => expect(readPhone(typed)).toEqual({ state: 'wrong', phone: null }))

  it('never goes back from wrong when more digits come', () => {
    for (const whole of ['6615551002', '16615551002', '+525512345678', '0115255123456'])
      for (let length = 0; length < whole.length; length++)
        expect(readPhone(whole.slice(0, length)).state, whole.slice(0, length)).not.toBe('wrong')
  })
})
