import { COMMON } from './commonPasswords'

export interface PasswordDraft {
  /** Where the password of before is asked for as well. */
  current?: string
  next: string
  repeat: string
}

export interface PasswordBounds {
  passwordMinLength: number
  passwordMaxLength: number
}

export interface PasswordOwner {
  email: string
  username: string | null
  displayName: string
}

export type PasswordRule = 'length' | 'common' | 'name' | 'different' | 'repeat'

const FEWEST_SIGNS = 3
const SHORTEST_NAME = 3

const normal = (text: string) => text.normalize('NFC')
const folded = (text: string) => text.normalize('NFKC').toLowerCase().normalize('NFKC')
/** The text without the digits and signs around it. */
const core = (text: string) => text.replace(/^[^\p{L}]+(?=.*\p{L})|(?<=\p{L})[^\p{L}]+$/gsu, '')

function namesOf({ email, username, displayName }: PasswordOwner): Set<string> {
  const names = new Set<string>()
  for (const value of [email, username, displayName]) {
    if (!value) continue
    const text = folded(value)
    const local = text.split('@')[0]!
    const words = text.split(/\s+/)
    for (const each of [text, local, core(text), core(local), words.join(''), ...words]) names.add(each)
  }
  return new Set([...names].filter((name) => [...name].length >= SHORTEST_NAME))
}

/** The server's rules, in the order in which they are shown. Length counts characters as a person does: an emoji is one. */
export function passwordChecklist(
  draft: PasswordDraft,
  bounds: PasswordBounds,
  owner: PasswordOwner,
): { rule: PasswordRule; met: boolean }[] {
  const typed = draft.next.length > 0
  const length = [...normal(draft.next)].length
  const text = folded(draft.next)
  const names = namesOf(owner)
  const rules: { rule: PasswordRule; met: boolean }[] = [
    { rule: 'length', met: length >= bounds.passwordMinLength && length <= bounds.passwordMaxLength },
    { rule: 'common', met: typed && new Set(text).size >= FEWEST_SIGNS && !COMMON.has(text) },
    { rule: 'name', met: typed && !names.has(text) && !names.has(core(text)) },
  ]
  if (draft.current !== undefined)
    rules.push({ rule: 'different', met: typed && normal(draft.next) !== normal(draft.current) })
  rules.push({ rule: 'repeat', met: typed && draft.next === draft.repeat })
  return rules
}
