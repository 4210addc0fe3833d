import { expect, it } from 'vitest'
import { i18n } from '.'

type Tree = { [key: string]: string | Tree }

const flat = (tree: Tree, path = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${path}${key}`] : flat(value, `${path}${key}.`),
  )

// The words of features register themselves when they are loaded.
import.meta.glob(['./*.ts', '!./*.e?.ts', '!./e?.ts', '!./*.spec.ts'], { eager: true })

const sources = Object.values(
  import.meta.glob<string>(['/src/**/*.{vue,ts}', '!/src/gql/**', '!/src/lib/i18n/**', '!/src/**/*.spec.ts'], {
    eager: true,
    query: '?raw',
    import: 'default',
  }),
).join('\n')
const named = new Set([...sources.matchAll(/['"`]([\w.]+)['"`]/g)].map(([, key]) => key))

/** Whether a page names it, or makes its name at run time from one of its groups, which it then names with a dot in it. */
function isUsed(key: string): boolean {
  const parts = key.split('.')
  const groups = parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'))
  const isMadeFrom = (group: string) => sources.includes(`\`${group}.\${`) || (group.includes('.') && named.has(group))
  return named.has(key) || groups.some(isMadeFrom)
}

it('has no words that nobody says', () => {
  const keys = flat(i18n.global.getLocaleMessage('en') as Tree)
  expect(keys.length).toBeGreaterThan(500)
  // Which problems and reasons there are, is the server's to say: its own tests compare them.
  expect(keys.filter((key) => !/^(problem|reason)s?\./.test(key) && !isUsed(key))).toEqual([])
})
