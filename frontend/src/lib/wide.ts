import { onScopeDispose, readonly, ref, type Ref } from 'vue'

/** True from 64 rem (1,024 px) on, where the desk shows search and feed side by side. */
export function useWide(): Readonly<Ref<boolean>> {
  const query = matchMedia('(min-width: 64rem)')
  const wide = ref(query.matches)
  const follow = (event: MediaQueryListEvent) => (wide.value = event.matches)
  query.addEventListener('change', follow)
  onScopeDispose(() => query.removeEventListener('change', follow))
  return readonly(wide)
}
