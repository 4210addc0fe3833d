import type { Credential } from './types'

const LONGEST_CODE = 64
/** What the staff's QR to leave begins with. */
const EXIT = /^krc-exit-\S{1,200}$/
/** Things that people also carry as QR codes: addresses, networks, business cards, payments. */
const OF_OTHERS =
  /:\/\/|^(?:www\.|(?:https?|mailto|wifi|begin|mecard|bizcard|matmsg|sms|smsto|mmsto|geo|data|javascript|otpauth|market|bitcoin|urn):)/iu
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u
const SIGNS = /^[^\p{C}\p{Zl}\p{Zp}]+$/u

/** What a scanned text is: somebody's code or phone, the staff's code to leave, or nothing that a kiosk reads. */
export function readScan(text: string): Credential | { exit: string } | null {
  // Hand scanners end a code with Enter or Tab.
  const plain = text.trim()
  if (EXIT.test(plain)) return { exit: plain }
  if (/^tel:/i.test(plain)) {
    const { state, phone } = readPhone(plain.slice(4))
    return state === 'whole' ? { phone } : null
  }
  if (OF_OTHERS.test(plain) || EMAIL.test(plain)) return null
  return isCode(plain) ? { code: plain } : null
}

/** A member code: 1 to 64 visible signs. */
export const isCode = (text: string): boolean =>
  SIGNS.test(text) && /\S/u.test(text) && [...text].length <= LONGEST_CODE

export type ReadPhone = { state: 'unfinished' | 'wrong'; phone: null } | { state: 'whole'; phone: string }

const UNFINISHED: ReadPhone = { state: 'unfinished', phone: null }
const WRONG: ReadPhone = { state: 'wrong', phone: null }

/** The beginning of a North American number, without its 1: no area code and no exchange begins with 0 or 1. */
const NORTH = /^(?:[2-9](?:\d{1,2}(?:[2-9]\d{0,6})?)?)?$/
/** From the country's code on; E.164 has 15 digits at most. */
const ABROAD = /^[2-9]\d{0,14}$/
const SHORTEST_ABROAD = 8

/** What was typed so far: half a number, a whole one (in E.164), or nothing that could become one. */
export function readPhone(typed: string): ReadPhone {
  const signs = typed.replace(/[\s().\-/\u2010\u2011\u2013]/gu, '')
  if (!/^\+?\d*$/.test(signs)) return WRONG
  const abroad = /^(?:\+|011|00)(.*)$/.exec(signs)
  if (abroad) return readAbroad(abroad[1]!)
  // The beginning of 00 or 011.
  if (signs === '0' || signs === '01') return UNFINISHED
  return readNorth(signs.startsWith('1') ? signs.slice(1) : signs)
}

function readAbroad(digits: string): ReadPhone {
  if (digits === '') return UNFINISHED
  if (digits.startsWith('1')) return readNorth(digits.slice(1))
  if (!ABROAD.test(digits)) return WRONG
  return digits.length < SHORTEST_ABROAD ? UNFINISHED : { state: 'whole', phone: `+${digits}` }
}

function readNorth(digits: string): ReadPhone {
  if (!NORTH.test(digits)) return WRONG
  return digits.length < 10 ? UNFINISHED : { state: 'whole', phone: `+1${digits}` }
}
