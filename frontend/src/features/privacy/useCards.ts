import { ref } from 'vue'
import { download, DownloadError } from '@/lib/download'
import { failureText } from '@/lib/problems'

export const PAPERS = ['LETTER', 'A4', 'CARD'] as const
export type Paper = (typeof PAPERS)[number]

/** Which clients: some by their ids, or those whom the table's search and filter find. */
export interface CardWish {
  clientIds?: readonly string[] | null
  search?: string | null
  filter?: object | null
}

// Each device has its own printer.
const KEY = 'krc.card-paper'

function remembered(): Paper {
  try {
    const stored = localStorage.getItem(KEY)
    return PAPERS.find((each) => each === stored) ?? 'LETTER'
  } catch {
    return 'LETTER'
  }
}

const paper = ref<Paper>(remembered())

/** Makes member cards as PDF. `problem` says why there is none. */
export function useCards() {
  const busy = ref(false)
  const problem = ref<string | null>(null)

  async function make(wish: CardWish): Promise<boolean> {
    try {
      localStorage.setItem(KEY, paper.value)
    } catch {
      // The choice then lasts as long as the page.
    }
    busy.value = true
    problem.value = null
    try {
      await download('/api/v1/cards.pdf', { name: 'member-cards.pdf', body: { ...wish, paper: paper.value } })
    } catch (error) {
      problem.value = error instanceof DownloadError ? error.message : failureText(error)
    }
    busy.value = false
    return problem.value === null
  }

  return { paper, busy, problem, make }
}
