import { computed, nextTick, ref, toValue, useId, watch, type MaybeRefOrGetter } from 'vue'
import { matches } from '@/lib/plain'

export interface Option<Value extends string = string> {
  value: Value
  label: string
  /** A second line of words, found by typing as well. */
  detail?: string
  /** One of the tags' colours, shown as a dot. */
  colour?: string
}

interface ChoiceParts<Value extends string> {
  options: MaybeRefOrGetter<readonly Option<Value>[]>
  /** False where the options are already those that the server found for the typed text. */
  filtered: MaybeRefOrGetter<boolean>
  /** True where "make …" stands below the options. */
  offersNew: (typed: string) => boolean
  choose: (option: Option<Value>) => void
  make: (typed: string) => void
}

/** The list below a field in which one types to filter: which options it shows, which one the arrow keys have reached. */
export function useChoice<Value extends string>({ options, filtered, offersNew, choose, make }: ChoiceParts<Value>) {
  const id = useId()
  const text = ref('')
  const open = ref(false)
  const reached = ref(0)

  const shown = computed(() => {
    const all = toValue(options)
    const typed = text.value.trim()
    if (!typed || !toValue(filtered)) return all
    return all.filter(({ label, detail }) => matches(`${label} ${detail ?? ''}`, typed))
  })
  const makes = computed(() => {
    const typed = text.value.trim()
    return typed !== '' && offersNew(typed) ? typed : null
  })
  const count = computed(() => shown.value.length + (makes.value ? 1 : 0))

  watch([shown, open], () => (reached.value = 0))
  watch(reached, async (row) => {
    await nextTick()
    document.getElementById(`${id}-${row}`)?.scrollIntoView({ block: 'nearest' })
  })

  function take(row: number): void {
    const option = shown.value[row]
    if (option) choose(option)
    else if (makes.value && row === shown.value.length) make(makes.value)
  }

  function move(by: 1 | -1): void {
    if (!open.value) open.value = true
    else if (count.value) reached.value = (reached.value + by + count.value) % count.value
  }

  /** Handles the keys of the list. Returns whether the key was one of them. */
  function pressed(event: KeyboardEvent): boolean {
    if (event.isComposing) return false
    if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(-1)
    else if (event.key === 'Enter' && open.value && count.value) take(reached.value)
    else if (event.key === 'Escape' && open.value) open.value = false
    else return false
    event.preventDefault()
    // A dialog around the field would close on the same Escape.
    event.stopPropagation()
    return true
  }

  /** What the input takes with v-bind. */
  const input = computed(() => ({
    role: 'combobox',
    autocomplete: 'off',
    spellcheck: false,
    'aria-autocomplete': 'list' as const,
    'aria-expanded': open.value,
    'aria-controls': `${id}-list`,
    'aria-activedescendant': open.value && count.value ? `${id}-${reached.value}` : undefined,
  }))

  return { id, text, open, reached, shown, makes, count, take, pressed, input }
}
