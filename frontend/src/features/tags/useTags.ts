import { ref, shallowRef } from 'vue'
import { TagsDocument, type TagDetailsFragment } from '@/gql/graphql'
import { execute } from '@/lib/graphql'
import { failureText } from '@/lib/problems'

/** The colours of tags, in the order in which they are offered. */
export const TAG_COLOURS = ['slate', 'red', 'orange', 'amber', 'green', 'teal', 'blue', 'violet', 'pink'] as const

/** The colour that fewest tags have: what a tag gets that is made by typing its name alone. */
export function rarestColour(tags: readonly { colour: string }[]): string {
  const uses = (colour: string) => tags.filter((tag) => tag.colour === colour).length
  // Grey is what a tag without a colour has, so it comes last.
  const offered = [...TAG_COLOURS.slice(1), TAG_COLOURS[0]]
  return offered.reduce((rarest, colour) => (uses(colour) < uses(rarest) ? colour : rarest))
}

/** All tags, read when they are asked for. */
export function useTags() {
  const tags = shallowRef<readonly TagDetailsFragment[]>([])
  const loaded = ref(false)
  const problem = ref<string | null>(null)

  async function load(): Promise<void> {
    try {
      tags.value = (await execute(TagsDocument, {})).tags
      loaded.value = true
      problem.value = null
    } catch (error) {
      problem.value = failureText(error)
    }
  }

  return { tags, loaded, problem, load }
}
