import { computed, onScopeDispose, shallowRef, type Component } from 'vue'

/** Something that the command palette offers to do. */
export interface Command {
  id: string
  label: string
  icon: Component
  /** A second line of words, such as a client's standing. */
  detail?: string
  run: () => unknown
}

const offered = shallowRef<readonly (() => readonly Command[])[]>([])

/** Offers what the page can do, such as renewing the membership on show, for as long as the page is open. */
export function offerCommands(commands: () => readonly Command[]): void {
  offered.value = [...offered.value, commands]
  onScopeDispose(() => (offered.value = offered.value.filter((each) => each !== commands)))
}

/** What the pages that are open offer. */
export const pageCommands = computed(() => offered.value.flatMap((commands) => commands()))
