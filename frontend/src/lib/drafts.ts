import { computed, ref, watch, type Ref } from 'vue'
import { session } from './graphql'

const PREFIX = 'krc.draft.'
const KEPT_MS = 24 * 3_600_000

interface Kept {
  value: unknown
  at: number
}

/** Drafts carry the id of whoever typed them: somebody else who signs in on this tab never meets them. */
const keyOf = (key: string) => `${PREFIX}${session.viewer.value?.user.id ?? ''}.${key}`

function stored(): string[] {
  try {
    return Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX))
  } catch {
    return []
  }
}

function read(key: string): unknown {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Kept | null
    return kept && Date.now() - kept.at < KEPT_MS ? kept.value : null
  } catch {
    return null
  }
}

function write(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(key, JSON.stringify({ value, at: Date.now() } satisfies Kept))
  } catch {
    // Storage is off or full: the draft then lasts as long as the page.
  }
}

function forget(keys: readonly string[]): void {
  for (const key of keys) {
    try {
      sessionStorage.removeItem(key)
    } catch {
      return
    }
  }
}

/** Drops all drafts of this tab. */
export const clearDrafts = (): void => forget(stored())

// At sign-out nothing typed stays. A page that is loaded without a session keeps them: it may have just ended.
watch(session.state, (state, before) => {
  if (state === 'signedOut' && before !== 'starting') clearDrafts()
})
watch(
  () => session.viewer.value?.user.id,
  (user) => {
    if (user) forget(stored().filter((key) => !key.startsWith(`${PREFIX}${user}.`)))
  },
  { immediate: true },
)

/** Whether something that was typed earlier waits under a key, so that its form can be opened again. */
export const hasDraft = (key: string): boolean => read(keyOf(key)) !== null

const copy = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value

/**
 * What somebody types, kept in this tab through a reload and the end of a session: `value` is for v-model and holds plain
 * data. Call `clear` when it is saved. `restored` says that it came back from an earlier page.
 */
export function useDraft<Value extends object>(key: string, initial: Value) {
  const place = keyOf(key)
  const before = read(place)
  const restored = ref(before !== null)
  const value = ref({ ...copy(initial), ...(before as Partial<Value> | null) }) as Ref<Value>
  const plain = ref(JSON.stringify(initial))
  const dirty = computed(() => JSON.stringify(value.value) !== plain.value)

  watch(
    value,
    (typed) => {
      if (dirty.value) write(place, typed)
      else forget([place])
    },
    { deep: true, flush: 'sync' },
  )
  /** Forgets what was typed and begins again, from `next` where it is given. */
  function clear(next: Value = initial): void {
    plain.value = JSON.stringify(next)
    value.value = copy(next)
    restored.value = false
    forget([place])
  }

  return { value, dirty, restored, clear }
}
