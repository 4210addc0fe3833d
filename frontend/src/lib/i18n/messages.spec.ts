import { describe, expect, it } from 'vitest'
type Tree = { [key: string]: string | Tree }

function flat(tree: Tree, path = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${path}${key}`, value] as const] : [...flat(value, `${path}${key}.`)],
    ),
  )
}

// Each file of words and its counterpart in the other language, those of single features included.
const files = import.meta.glob<{ default: Tree }>(['./en.ts', './es.ts', './*.en.ts', './*.es.ts'], { eager: true })

function all(language: 'en' | 'es'): Map<string, string> {
  const named = Object.entries(files).filter(
    ([path]) => path.endsWith(`/${language}.ts`) || path.endsWith(`.${language}.ts`),
  )
  return new Map(named.flatMap(([path, { default: words }]) => [...flat(words, `${path.slice(2, -5)}:`)]))
}

const english = all('en')
const spanish = all('es')
const holes = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()

describe('messages', () => {
  it('exist in both languages', () => {
    expect([...spanish.keys()].sort()).toEqual([...english.keys()].sort())
  })

  it.each([...english])('%s has the same parts in Spanish', (key, text) => {
    const other = spanish.get(key)!
    expect(other.trim()).not.toBe('')
    expect(holes(other)).toEqual(holes(text))
    expect(other.split(' | ').length).toBe(text.split(' | ').length)
  })

  it.each([...english, ...spanish])('%s holds nothing that the message syntax would take for its own', (_key, text) => {
    expect(text).not.toMatch(/@/)
  })
})
