import { computed, shallowRef, watch, type ComputedRef, type Ref } from 'vue'

/**
 * The answer to a question, and where asking it again fails, what was last seen of it: a page that somebody works on must
 * not vanish because it was read again at a bad moment. `question` tells one question from another.
 */
export function lastSeen<Data>(
  answer: Ref<Data | undefined>,
  failed: () => boolean,
  question: () => unknown,
): ComputedRef<Data | undefined> {
  const asked = () => JSON.stringify(question() ?? null)
  const seen = shallowRef<{ of: string; answer: Data }>()
  watch(
    answer,
    (found) => {
      if (found !== undefined) seen.value = { of: asked(), answer: found }
    },
    { immediate: true, flush: 'sync' },
  )
  return computed(() => {
    if (answer.value !== undefined || !failed()) return answer.value
    return seen.value?.of === asked() ? seen.value.answer : undefined
  })
}
