import { onScopeDispose, readonly, ref, type Ref } from 'vue'

/** True where a table has no room: below 48 rem (768 px). */
export function useCards(): Readonly<Ref<boolean>> {
  const query = matchMedia('(min-width: 48rem)')
  const narrow = ref(!query.matches)
  const follow = (event: MediaQueryListEvent) => (narrow.value = !event.matches)
  query.addEventListener('change', follow)
  onScopeDispose(() => query.removeEventListener('change', follow))
  return readonly(narrow)
}
