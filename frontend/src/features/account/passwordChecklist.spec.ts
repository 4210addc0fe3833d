import { describe, expect, it } from 'vitest'
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

  it.each(['robin.diaz@example.test', 'ROBIN.DIAZ', 'robindiaz', ' Robin Diaz '])(
    'refuses %s, a name of the owner',
    (name) => {
      expect(met('name', name)).toBe(false)
    },
  )

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

  it('manages without a username', () => {
    expect(
      passwordChecklist({ current: '', next: 'null', repeat: 'null' }, bounds, { ...owner, username: null })[1]!.met,
    ).toBe(true)
  })
})
