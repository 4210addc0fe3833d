import { computed, nextTick, ref, shallowRef, watch, type Ref } from 'vue'
import { i18n } from '@/lib/i18n'
import type { Failure } from '@/lib/graphql/failures'
import type { Standing } from '@/lib/standing'
import type { Person } from './draft'

interface Found extends Person {
  memberCode: string | null
  standing: Standing
}

interface CodeProblem {
  code: string
  kind: string
  client: { displayName: string } | null
}

/** The desk's search, scanner and keys, which the page hands in. */
export interface PickerParts {
  search: {
    text: Ref<string>
    rows: Readonly<Ref<readonly Found[]>>
    hasMore: Readonly<Ref<boolean>>
    settled: Readonly<Ref<boolean>>
    failure: Readonly<Ref<Failure | null>>
    refresh: () => unknown
  }
  listen: (heard: { found: (person: Person) => void; erase: (typed: string) => void }) => {
    problem: Readonly<Ref<CodeProblem | null>>
    lookUp: (code: string) => Promise<void>
    dismiss: () => unknown
  }
  keyMeans: (
    key: string,
    at: {
      text: string
      chosen: number
      count: number
      settled: boolean
      hasMore: boolean
      bandShown: boolean
      caretAtEnd: boolean
    },
  ) => { kind: string; row?: number }
  /** Somebody is chosen: the next field is due. */
  chosen: () => void
  /** What a scanner typed is to be taken out of whichever other field it went to. */
  erase: (typed: string) => void
}

/** As many as are seen at a glance; of more of them, more is typed. */
const MOST = 5

/** Whose visit it was: a scanned or typed code, or a name that is searched as at the desk. Enter never takes a guess. */
export function usePicker({ search, listen, keyMeans, chosen, erase }: PickerParts) {
  const { t } = i18n.global
  const { text, settled, failure } = search
  const rows = computed(() => search.rows.value.slice(0, MOST))
  const hasMore = computed(() => search.hasMore.value || search.rows.value.length > MOST)
  const person = shallowRef<Person | null>(null)
  const reached = ref(-1)
  const open = ref(false)
  const several = ref(false)
  /** Somebody types faster than the answer comes; Enter then counts for the text that it was pressed for. */
  const enterWaitsFor = ref<string | null>(null)

  const scans = listen({
    found: take,
    erase: (typed) => {
      if (text.value.endsWith(typed)) text.value = text.value.slice(0, -typed.length)
      erase(typed)
    },
  })

  function take({ id, displayName }: Person): void {
    person.value = { id, displayName }
    text.value = ''
    open.value = several.value = false
    scans.dismiss()
    chosen()
  }

  function type(value: string): void {
    person.value = null
    text.value = value
    open.value = true
  }

  watch(text, (now) => {
    if (now) scans.dismiss()
    several.value = false
    if (now !== enterWaitsFor.value) enterWaitsFor.value = null
  })
  watch(rows, () => (reached.value = -1))
  watch(settled, (isSettled) => {
    if (!isSettled || enterWaitsFor.value === null) return
    enterWaitsFor.value = null
    void nextTick(() => press('Enter'))
  })

  /** Does what the key means; false where it means nothing here, as Enter does once somebody is chosen. */
  function press(key: string): boolean {
    const [count, bandShown] = [rows.value.length, scans.problem.value !== null]
    const at = { text: text.value, chosen: reached.value, count, settled: settled.value, hasMore: hasMore.value }
    const { kind, row = -1 } = keyMeans(key, { ...at, bandShown, caretAtEnd: false })
    if (kind === 'checkIn') take(rows.value[row]!)
    else if (kind === 'choose') {
      open.value = true
      several.value = key === 'Enter'
      reached.value = row
    } else if (kind === 'waitForRows') {
      enterWaitsFor.value = text.value
      void search.refresh()
    } else if (kind === 'closeBand') scans.dismiss()
    else if (kind === 'clear') text.value = ''
    // No name, so it may be a code.
    else if (key === 'Enter' && text.value.trim() && !failure.value) void scans.lookUp(text.value.trim())
    else return false
    return true
  }

  /** What is wrong, in a sentence; null where nothing is. */
  const problem = computed(() => {
    if (scans.problem.value) {
      const { code, kind, client } = scans.problem.value
      return t(`keyin.code.${kind}`, { code, name: client?.displayName ?? '' })
    }
    if (failure.value) return t(`failure.${failure.value.code}`)
    return several.value ? t('keyin.several') : null
  })
  /** Whether the list of who was found is shown. */
  const listed = computed(() => open.value && text.value.trim() !== '' && settled.value)

  const put = (someone: Person | null) => (person.value = someone)
  const reach = (row: number) => (reached.value = row)
  const close = () => (open.value = false)

  return { person, text, rows, reached, listed, problem, take, type, press, put, reach, close }
}

export type Picker = ReturnType<typeof usePicker>
