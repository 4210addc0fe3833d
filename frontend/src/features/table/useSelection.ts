import { computed, shallowRef, watch, type Ref } from 'vue'

/** As many as can be chosen one by one; a filter has no such limit. */
export const MOST_CHOSEN = 1000

/**
 * Which rows are chosen: some of those on screen, or everybody whom the filter finds. It is forgotten when the filter
 * changes, since nobody may be changed who is not looked at.
 */
export function useSelection(rows: Readonly<Ref<readonly { id: string }[]>>, key: Readonly<Ref<string>>) {
  const ids = shallowRef<ReadonlySet<string>>(new Set())
  const everybody = shallowRef(false)

  function clear(): void {
    ids.value = new Set()
    everybody.value = false
  }
  watch(key, clear)
  watch(rows, (shown) => {
    const there = new Set(shown.map(({ id }) => id))
    if ([...ids.value].some((id) => !there.has(id))) ids.value = new Set([...ids.value].filter((id) => there.has(id)))
  })

  function toggle(id: string): void {
    const next = new Set(everybody.value ? rows.value.map((row) => row.id) : ids.value)
    if (!next.delete(id)) next.add(id)
    everybody.value = false
    ids.value = next
  }

  const shown = computed(() => rows.value.length)
  const all = computed(() => shown.value > 0 && (everybody.value || ids.value.size === shown.value))
  return {
    ids,
    everybody,
    count: computed(() => ids.value.size),
    any: computed(() => everybody.value || ids.value.size > 0),
    all,
    some: computed(() => ids.value.size > 0 && !all.value),
    has: (id: string) => everybody.value || ids.value.has(id),
    toggle,
    toggleAll: () => {
      if (all.value) clear()
      else ids.value = new Set(rows.value.slice(0, MOST_CHOSEN).map(({ id }) => id))
    },
    takeEverybody: () => (everybody.value = true),
    clear,
  }
}

export type Selection = ReturnType<typeof useSelection>
