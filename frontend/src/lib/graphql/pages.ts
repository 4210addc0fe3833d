import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { connection } from '../connection'
import { toFailure, type Failure } from './failures'

export interface Page<Node> {
  nodes: readonly Node[]
  hasMore: boolean
  cursor: string | null
}

/** A list that grows page by page. When `key` changes it begins anew, and an answer to the older question is dropped. */
export function usePages<Node>(
  load: (after: string | null, signal: AbortSignal) => Promise<Page<Node>>,
  key: () => unknown = () => null,
) {
  const pages = shallowRef<readonly Page<Node>[]>([])
  const failure = shallowRef<Failure | null>(null)
  const busy = ref(false)
  const waiting = ref(false)
  let running: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  async function ask(before: readonly Page<Node>[]): Promise<void> {
    running?.abort()
    const abort = (running = new AbortController())
    busy.value = true
    clearTimeout(timer)
    timer = setTimeout(() => (waiting.value = pages.value.length === 0), 150)
    try {
      const page = await load(before.at(-1)?.cursor ?? null, abort.signal)
      if (abort.signal.aborted) return
      pages.value = [...before, page]
      failure.value = null
    } catch (error) {
      if (abort.signal.aborted) return
      failure.value = toFailure(error)
    }
    clearTimeout(timer)
    busy.value = waiting.value = false
  }

  const reload = () => ask([])
  watch(
    key,
    () => {
      pages.value = []
      void reload()
    },
    { immediate: true },
  )
  const stop = connection.onRestored(() => {
    if (failure.value) void reload()
  })
  onScopeDispose(() => {
    running?.abort()
    clearTimeout(timer)
    stop()
  })

  return {
    nodes: computed(() => pages.value.flatMap(({ nodes }) => nodes)),
    loaded: computed(() => pages.value.length > 0),
    hasMore: computed(() => pages.value.at(-1)?.hasMore ?? false),
    failure,
    busy,
    waiting,
    more: () => ask(pages.value),
    reload,
  }
}
