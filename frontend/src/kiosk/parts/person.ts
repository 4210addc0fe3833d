import type { Person } from '../engine/types'
import type { Words } from '../words/words'

/** "Ana L."; null where no name is known. */
export function personName({ firstName, initial }: Person): string | null {
  if (!firstName) return null
  return initial ? `${firstName} ${initial.replace(/\.$/, '')}.` : firstName
}

/** "Cat, red": what the mark shows, for who can't see it or its colour. */
export function markName({ colour, picture }: Person, words: Words): string {
  const parts = [picture && words.pictures[picture], colour && words.colours[colour]].filter((part) => part)
  return parts.join(', ') || words.one.noMark
}
