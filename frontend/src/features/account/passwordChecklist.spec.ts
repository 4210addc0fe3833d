import { describe, expect, it } from 'vitest'
import { COMMON } from './commonPasswords'
import { passwordChecklist, type PasswordRule } from './passwordChecklist'

const bounds = { passwordMinLength: 8, passwordMaxLength: 128 }
const owner = { email: 'robin.diaz@example.test', username: 'robindiaz', displayName: 'Robin Diaz' }

function met(rule: PasswordRule, next: string, current = 'old secret', repeat = next): boolean {
  return passwordChecklist({ current, next, repeat }, bounds, owner).find((each) => each.rule === rule)!.met
}

describe('passwordChecklist', () => {
  it('meets nothing while nothing is typed', () => {
    expect(passwordChecklist({ current: '', next: '', repeat: '' }, bounds, owner).every((each) => !each.met)).toBe(
      true,
    )
  })

  it('counts characters, not bytes or halves of an emoji', () => {
    expect(met('length', '1234567')).toBe(false)
    expect(met('length', '12345678')).toBe(true)
    expect(met('length', '🦦🦦🦦🦦')).toBe(false)
    expect(met('length', '🦦'.repeat(8))).toBe(true)
    expect(met('length', 'x'.repeat(128))).toBe(true)
    expect(met('length', 'x'.repeat(129))).toBe(false)
  })

  it.each([
    'robin.diaz@example.test',
    'ROBIN.DIAZ',
    'robindiaz',
    'Robin Diaz',
    '2026!robin!2026',
    '..robin.diaz..',
    'ｒｏｂｉｎ',
  ])('refuses %s, a name of the owner', (name) => {
    expect(met('name', name)).toBe(false)
  })

  it('takes a passphrase', () => {
    expect(
      passwordChecklist(
        { current: 'old', next: 'quiet otters swim', repeat: 'quiet otters swim' },
        bounds,
        owner,
      ).every((each) => each.met),
    ).toBe(true)
  })

  it('wants a different one, twice the same', () => {
    expect(met('different', 'old secret')).toBe(false)
    expect(met('repeat', 'quiet otters swim', 'old', 'quiet otters')).toBe(false)
  })

  it.each(['password123', 'PASSWORD2026', 'qwertyui', '12341234', 'monkeymonkey', 'aaaaaaaaab', '98765432'])(
    'refuses %s, which others guess first',
    (password) => {
      expect(met('common', password)).toBe(false)
    },
  )

  it('asks for a different one only where there is one', () => {
    const rules = passwordChecklist({ next: 'quiet otters', repeat: 'quiet otters' }, bounds, owner)
    expect(rules.map(({ rule }) => rule)).toEqual(['length', 'common', 'name', 'repeat'])
    expect(rules.every((each) => each.met)).toBe(true)
  })

  it('knows as many common ones as the server', () => {
    // tests/accounts/test_checklist.py counts those of the server.
    expect(COMMON.size).toBe(3730)
  })

  it('manages without a username', () => {
    expect(
      passwordChecklist({ current: '', next: 'null', repeat: 'null' }, bounds, { ...owner, username: null }).find(
        ({ rule }) => rule === 'name',
      )!.met,
    ).toBe(true)
  })
})
