import { onScopeDispose, ref } from 'vue'
import { useRouter } from 'vue-router'
import { session } from '@/lib/graphql'
import { usePlaces } from '@/lib/places'

/** Keys that work on every page. `?` is left alone while somebody types. */
export function useShortcuts() {
  const router = useRouter()
  const { main } = usePlaces()
  const palette = ref(false)
  const help = ref(false)

  /** Alt and a digit: by the key's place, since Option writes other characters on a Mac. */
  function goes(event: KeyboardEvent): string | null {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null
    if (event.code === 'KeyN' && session.can('clients:write')) return '/clients/new'
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1]
    return digit ? (main.value[Number(digit) - 1]?.path ?? null) : null
  }

  function pressed(event: KeyboardEvent): void {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
      event.preventDefault()
      help.value = false
      palette.value = !palette.value
      return
    }
    const target = session.state.value === 'signedIn' ? goes(event) : null
    if (target) {
      event.preventDefault()
      palette.value = help.value = false
      void router.push(target)
      return
    }
    const field = (event.target as HTMLElement).closest<HTMLInputElement>('input, textarea, select, [contenteditable]')
    // An empty search field holds the focus at the desk nearly always; `?` can't be meant for it.
    const typing = field && !(field.getAttribute('role') === 'combobox' && field.value === '')
    if (event.key !== '?' || typing || palette.value) return
    event.preventDefault()
    help.value = !help.value
  }

  window.addEventListener('keydown', pressed)
  onScopeDispose(() => window.removeEventListener('keydown', pressed))
  return { palette, help }
}
