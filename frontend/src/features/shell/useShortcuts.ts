import { onScopeDispose, ref } from 'vue'

/** Keys that work on every page. `?` is left alone while somebody types. */
export function useShortcuts() {
  const palette = ref(false)
  const help = ref(false)

  function pressed(event: KeyboardEvent): void {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
      event.preventDefault()
      help.value = false
      palette.value = !palette.value
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
