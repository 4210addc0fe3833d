import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { session } from './graphql'
import { trust } from './graphql/trusted'
import { newId } from './ids'

type Document = TypedDocumentNode<object, never>

/** Less than the seven days for which the server knows a key; a draft is kept as long. */
const KEPT_MS = 24 * 3_600_000

interface Wish {
  words: string
  key: string
  at: number
}

/** Beside the drafts, which hold the same words, so that it goes with them at sign-out. */
const placeOf = (document: Document) =>
  `krc.draft.${session.viewer.value?.user.id ?? ''}.sent.${trust(document).operationName}`

/**
 * Gives the same words the same key until they are saved, through a reload of the tab as well: a second try after a lost
 * answer makes nothing twice. Other words are another wish.
 */
export function createWishes() {
  let last: Wish = { words: '', key: '', at: 0 }

  function kept(document: Document): Wish | null {
    try {
      const wish = JSON.parse(sessionStorage.getItem(placeOf(document)) ?? 'null') as Wish | null
      return wish && Date.now() - wish.at < KEPT_MS ? wish : null
    } catch {
      return null
    }
  }

  /** The key to send these words under. */
  function keyFor(document: Document, input: object): string {
    const words = JSON.stringify(input)
    if (last.words === words) return last.key
    const before = kept(document)
    last = before?.words === words ? before : { words, key: newId(), at: Date.now() }
    try {
      sessionStorage.setItem(placeOf(document), JSON.stringify(last))
    } catch {
      // Storage is off or full: the key then lasts as long as the page.
    }
    return last.key
  }

  /** The words are saved: said again, they are a new wish. */
  function fulfil(document: Document): void {
    last = { words: '', key: '', at: 0 }
    try {
      sessionStorage.removeItem(placeOf(document))
    } catch {
      // Then it was never kept.
    }
  }

  return { keyFor, fulfil }
}
