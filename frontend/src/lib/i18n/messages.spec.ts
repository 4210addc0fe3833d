import { describe, expect, it } from 'vitest'
import en from './en'
import es from './es'
import settingsEn from './settings.en'
import settingsEs from './settings.es'

type Tree = { [key: string]: string | Tree }

function flat(tree: Tree, path = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${path}${key}`, value] as const] : [...flat(value, `${path}${key}.`)],
    ),
  )
}

const english = flat({ ...en, settings: settingsEn })
const spanish = flat({ ...es, settings: settingsEs })
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
