import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { SimilarClientsDocument, type SimilarClientsInput, type SimilarClientsQuery } from '@/gql/graphql'
import { execute, toFailure, type Failure } from '@/lib/graphql'

export type Similar = SimilarClientsQuery['similarClients'][number]

/** A pause in typing after which is looked. */
const PAUSE_MS = 250

/** Who on file may be the person that is being typed in, looked up again after each pause in typing. */
export function useSimilar(typed: () => SimilarClientsInput) {
  const found = shallowRef<readonly Similar[]>([])
  const failure = shallowRef<Failure | null>(null)
  const looking = ref(false)
  /** What the present answer is about. */
  const answered = ref('')
  const asked = computed(() => JSON.stringify(typed()))
  const worthwhile = computed(() =>
    Object.values(typed()).some((value) => typeof value === 'string' && value.trim().length > 1),
  )
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | undefined

  async function look(): Promise<void> {
    clearTimeout(timer)
    running?.abort()
    const abort = (running = new AbortController())
    const about = asked.value
    if (!worthwhile.value) {
      found.value = []
      answered.value = about
      looking.value = false
      return
    }
    looking.value = true
    try {
      const { similarClients } = await execute(SimilarClientsDocument, { input: typed() }, { signal: abort.signal })
      if (abort.signal.aborted) return
      found.value = similarClients
      failure.value = null
      answered.value = about
    } catch (error) {
      if (abort.signal.aborted) return
      failure.value = toFailure(error)
    }
    looking.value = false
  }

  watch(
    asked,
    () => {
      clearTimeout(timer)
      timer = setTimeout(() => void look(), PAUSE_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    running?.abort()
  })

  return {
    found,
    failure,
    looking,
    worthwhile,
    again: look,
    /** Sees to it that the answer is about what stands there now. Returns those who were not on show before. */
    async settle(): Promise<readonly Similar[]> {
      const before = new Set(found.value.map(({ client }) => client.id))
      if (answered.value !== asked.value) await look()
      return found.value.filter(({ client }) => !before.has(client.id))
    },
  }
}
