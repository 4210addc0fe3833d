import { nextTick, ref } from 'vue'
import { describe, expect, it } from 'vitest'
import { useSelection } from './useSelection'

const people = (...ids: string[]) => ids.map((id) => ({ id }))

describe('choosing rows', () => {
  it('chooses one, all that are shown, and everybody', () => {
    const selection = useSelection(ref(people('a', 'b', 'c')), ref('key'))
    selection.toggle('b')
    expect([...selection.ids.value]).toEqual(['b'])
    expect(selection.some.value).toBe(true)
    selection.toggleAll()
    expect(selection.all.value).toBe(true)
    selection.takeEverybody()
    expect(selection.has('someone on a later page')).toBe(true)
    // Taking one out of everybody leaves those who are shown: the others were never seen.
    selection.toggle('a')
    expect([...selection.ids.value]).toEqual(['b', 'c'])
    expect(selection.everybody.value).toBe(false)
    selection.clear()
    expect(selection.any.value).toBe(false)
  })

  it('forgets who is no longer shown, and everything when the filter changes', async () => {
    const rows = ref(people('a', 'b'))
    const key = ref('one')
    const selection = useSelection(rows, key)
    selection.toggleAll()
    rows.value = people('b')
    await nextTick()
    expect([...selection.ids.value]).toEqual(['b'])
    selection.takeEverybody()
    key.value = 'two'
    await nextTick()
    expect(selection.any.value).toBe(false)
  })
})
