/** Without accents and case, as people type: "Nuñez" finds "Núñez". */
export const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Whether every word of `typed` is somewhere in `text`, in any order. */
export function matches(text: string, typed: string): boolean {
  const within = plain(text)
  return plain(typed)
    .split(/\s+/)
    .every((word) => within.includes(word))
}
