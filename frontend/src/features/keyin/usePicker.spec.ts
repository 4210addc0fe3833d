import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick, ref, shallowRef } from 'vue'
import type { Failure } from '@/lib/graphql/failures'
import { i18n } from '@/lib/i18n'
import '@/lib/i18n/keyin'
import { usePicker, type PickerParts } from './usePicker'

const standing = { status: 'NONE', source: null, startsOn: null, endsOn: null, daysLeft: null, tierName: null } as const
const person = (id: string, displayName: string) => ({ id, displayName, memberCode: null, standing })

/** The desk's keys, as far as they matter here. */
const keyMeans: PickerParts['keyMeans'] = (key, at) => {
  if (key === 'ArrowDown') return { kind: 'choose', row: at.chosen + 1 }
  if (key === 'Escape') return { kind: at.bandShown ? 'closeBand' : 'clear' }
  if (key !== 'Enter' || !at.text) return { kind: 'none' }
  if (!at.settled) return { kind: 'waitForRows' }
  if (at.chosen >= 0) return { kind: 'checkIn', row: at.chosen }
  if (at.count === 1 && !at.hasMore) return { kind: 'checkIn', row: 0 }
  return at.count ? { kind: 'choose', row: 0 } : { kind: 'none' }
}

function build() {
  const rows = shallowRef<ReturnType<typeof person>[]>([])
  const search = {
    text: ref(''),
    rows,
    hasMore: ref(false),
    settled: ref(true),
    failure: shallowRef<Failure | null>(null),
    refresh: vi.fn(),
  }
  const scans = {
    problem: shallowRef<{ code: string; kind: string; client: { displayName: string } | null } | null>(null),
    lookUp: vi.fn(async () => {}),
    dismiss: vi.fn(() => (scans.problem.value = null)),
  }
  let heard!: Parameters<PickerParts['listen']>[0]
  const [chosen, erase] = [vi.fn(), vi.fn()]
  const listen: PickerParts['listen'] = (parts) => ((heard = parts), scans)
  return { search, scans, chosen, erase, ...usePicker({ search, listen, keyMeans, chosen, erase }), heard: () => heard }
}

describe('whose visit it was', () => {
  beforeEach(() => (i18n.global.locale.value = 'en'))

  it('is whoever alone fits what was typed; then the next field is due', () => {
    const picker = build()
    picker.type('bell')
    picker.search.rows.value = [person('c1', 'Ana Bell')]
    expect(picker.press('Enter')).toBe(true)
    expect(picker.person.value).toEqual({ id: 'c1', displayName: 'Ana Bell' })
    expect([picker.text.value, picker.listed.value]).toEqual(['', false])
    expect(picker.chosen).toHaveBeenCalledOnce()
    // From now on Enter is the form's.
    expect(picker.press('Enter')).toBe(false)
    picker.type('Ana Bel')
    expect(picker.person.value).toBeNull()
  })

  it('is never guessed among several', async () => {
    const picker = build()
    picker.type('bell')
    picker.search.rows.value = [person('c1', 'Ana Bell'), person('c2', 'Bo Bell')]
    await nextTick()
    picker.press('Enter')
    expect(picker.person.value).toBeNull()
    expect([picker.problem.value, picker.reached.value]).toEqual([
      'Several people fit. Type more, or choose with the arrow keys and Enter.',
      0,
    ])
    picker.press('ArrowDown')
    expect(picker.problem.value).toBeNull()
    picker.press('Enter')
    expect(picker.person.value?.id).toBe('c2')
  })

  it('is decided by the rows for the text, not by those of an older one', async () => {
    const picker = build()
    picker.type('be')
    picker.search.rows.value = [person('c9', 'Bea')]
    picker.type('bell')
    picker.search.settled.value = false
    await nextTick()
    picker.press('Enter')
    expect(picker.person.value).toBeNull()
    expect(picker.search.refresh).toHaveBeenCalledOnce()
    picker.search.rows.value = [person('c1', 'Ana Bell')]
    picker.search.settled.value = true
    await nextTick()
    await nextTick()
    expect(picker.person.value?.id).toBe('c1')
  })

  it('is nobody when the text was changed after Enter', async () => {
    const picker = build()
    picker.type('bell')
    picker.search.settled.value = false
    await nextTick()
    picker.press('Enter')
    picker.type('bella')
    await nextTick()
    picker.search.rows.value = [person('c1', 'Bella')]
    picker.search.settled.value = true
    await nextTick()
    await nextTick()
    expect(picker.person.value).toBeNull()
  })

  it('is looked up as a code where nobody has such a name', async () => {
    const picker = build()
    picker.type(' KRC-AA01 ')
    picker.press('Enter')
    expect(picker.scans.lookUp).toHaveBeenCalledWith('KRC-AA01')
    await nextTick()
    for (const [kind, said] of [
      ['UNKNOWN', 'Nobody has the name or code “KRC-AA01”.'],
      ['AMBIGUOUS', 'Several clients have the code “KRC-AA01”. Type the name instead.'],
      ['ARCHIVED', 'This is the code of Ana Bell, who is archived. Restore them on their page first.'],
    ] as const) {
      picker.scans.problem.value = { code: 'KRC-AA01', kind, client: { displayName: 'Ana Bell' } }
      expect(picker.problem.value).toBe(said)
    }
    picker.type('b')
    await nextTick()
    expect(picker.problem.value).toBeNull()
  })

  it('is whom a scanner says, whose keys are taken out of every field', () => {
    const picker = build()
    picker.type('beKRC-AA01')
    picker.heard().erase('KRC-AA01')
    expect(picker.text.value).toBe('be')
    expect(picker.erase).toHaveBeenCalledWith('KRC-AA01')
    picker.heard().found(person('c3', 'Cy'))
    expect(picker.person.value).toEqual({ id: 'c3', displayName: 'Cy' })
    expect(picker.chosen).toHaveBeenCalledOnce()
  })
})
