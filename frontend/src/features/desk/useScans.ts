import { onScopeDispose, shallowRef } from 'vue'
import { ClientByCodeDocument, type ClientByCodeQuery } from '@/gql/graphql'
import { scannerSetup } from '@/lib/device'
import { execute, toFailure } from '@/lib/graphql'
import { createScanner, type Scan } from '@/lib/scanner'

type Found = NonNullable<ClientByCodeQuery['clientByCode']['client']>

/** A code that led to nobody who can be checked in: why, as a message key, and whom it names. */
export interface ScanProblem {
  code: string
  kind: 'UNKNOWN' | 'ARCHIVED' | 'AMBIGUOUS' | 'FAILED'
  client: Found | null
}

interface ScanParts {
  /** Checks in whoever the code belongs to. */
  found: (client: Found) => void
  /** Takes the scanner's characters out of the field that they were typed into. */
  erase: (typed: string) => void
}

/**
 * Listens for a hand scanner on the whole page and looks its codes up. Each scan stands for itself: a wrong one, or one whose
 * answer is late, never holds up the next. Inside a dialog the keys are the dialog's.
 */
export function useScans({ found, erase }: ScanParts) {
  const problem = shallowRef<ScanProblem | null>(null)
  const scanner = createScanner(() => scannerSetup.value)
  let timer: ReturnType<typeof setTimeout> | undefined
  let newest = 0

  async function lookUp(code: string): Promise<void> {
    const mine = ++newest
    problem.value = null
    try {
      const { state, client } = (await execute(ClientByCodeDocument, { code })).clientByCode
      if (state === 'FOUND' && client) found(client)
      // An older answer must not cover what was scanned since.
      else if (mine === newest) problem.value = { code, kind: state === 'FOUND' ? 'UNKNOWN' : state, client }
    } catch (error) {
      toFailure(error)
      if (mine === newest) problem.value = { code, kind: 'FAILED', client: null }
    }
  }

  function scanned({ code, typed }: Scan): void {
    erase(typed)
    void lookUp(code)
  }

  function pressed(event: KeyboardEvent): void {
    if ((event.target as HTMLElement | null)?.closest?.('[role=dialog]')) return
    const scan = scanner.press(event)
    clearTimeout(timer)
    if (scan) {
      event.preventDefault()
      event.stopImmediatePropagation()
      scanned(scan)
    } else if (scannerSetup.value.suffix === 'None') {
      timer = setTimeout(() => {
        const silent = scanner.flush()
        if (silent) scanned(silent)
      }, scanner.waitMs)
    }
  }

  // Before anything else on the page: the Enter of a scanner must press no button and start no search.
  window.addEventListener('keydown', pressed, { capture: true })
  onScopeDispose(() => {
    clearTimeout(timer)
    window.removeEventListener('keydown', pressed, { capture: true })
  })

  return { problem, lookUp, dismiss: () => (problem.value = null) }
}
