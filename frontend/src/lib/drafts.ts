import { computed, ref, watch, type Ref } from 'vue'
import { session } from './graphql'

const PREFIX = 'krc.draft.'
const KEPT_MS = 24 * 3_600_000

interface Kept {
  value: unknown
  /** What the form began with, and the version of the record it came from. */
  from?: unknown
  version?: number | null
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

function read(key: string): Kept | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Kept | null
    return kept && Date.now() - kept.at < KEPT_MS ? kept : null
  } catch {
    return null
  }
}

function write(key: string, kept: Omit<Kept, 'at'>): void {
  try {
    sessionStorage.setItem(key, JSON.stringify({ ...kept, at: Date.now() } satisfies Kept))
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

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** A draft on top of what the form would begin with now: fields that nobody typed into follow the record. */
function merge<Value extends object>(initial: Value, kept: Kept): { value: Value; contested: boolean } {
  const typed = kept.value as Partial<Value>
  const from = (kept.from ?? {}) as Partial<Value>
  const value = copy(initial)
  let contested = false
  for (const name of Object.keys(initial) as (keyof Value)[]) {
    if (!(name in typed) || (name in from && same(typed[name], from[name]))) continue
    contested ||= name in from && !same(initial[name], from[name]) && !same(initial[name], typed[name])
    value[name] = typed[name]!
  }
  return { value, contested }
}

/**
 * What somebody types, kept in this tab through a reload and the end of a session: `value` is for v-model and holds plain
 * data. Call `clear` when it is saved. `restored` says that it came back from an earlier page.
 *
 * A form that changes a record gives the record's version, and saves on top of `version`: the one that typing began on,
 * where somebody has changed the same fields since then, so that the server refuses to overwrite them unseen.
 */
export function useDraft<Value extends object>(key: string, initial: Value, present: number | null = null) {
  const place = keyOf(key)
  const before = read(place)
  const merged = before && merge(initial, before)
  const restored = ref(before !== null)
  const value = ref(merged?.value ?? copy(initial)) as Ref<Value>
  const plain = ref(JSON.stringify(initial))
  const dirty = computed(() => JSON.stringify(value.value) !== plain.value)
  const contested = merged?.contested && typeof before?.version === 'number'
  const version = ref(contested ? before.version! : present)
  let from: unknown = contested ? before.from : copy(initial)

  watch(
    value,
    (typed) => {
      if (dirty.value) write(place, { value: typed, from, version: version.value })
      else forget([place])
    },
    { deep: true, flush: 'sync' },
  )
  /** Forgets what was typed and begins again, from `next` where it is given. */
  function clear(next: Value = initial): void {
    plain.value = JSON.stringify(next)
    from = copy(next)
    value.value = copy(next)
    restored.value = false
    forget([place])
  }

  return { value, dirty, restored, version, clear }
}
