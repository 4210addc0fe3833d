import { expect, it } from 'vitest'
import { words } from './words'

function texts(group: object, path = ''): [string, string][] {
  return Object.entries(group).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === 'function') return [[`${path}${key}`, String(value('3', 3))]] as [string, string][]
    return typeof value === 'string' ? [[`${path}${key}`, value]] : texts(value as object, `${path}${key}.`)
  })
}

it('says everything in both languages, and nothing of a kiosk', () => {
  const [english, spanish] = [new Map(texts(words.en)), new Map(texts(words.es))]
  expect([...spanish.keys()].sort()).toEqual([...english.keys()].sort())
  expect([...english].filter(([key, text]) => spanish.get(key) === text)).toEqual([])
  for (const text of [...english.values(), ...spanish.values()]) expect(text).not.toMatch(/(this|a) kiosk|quiosco /i)
})

it('counts in the right number', () => {
  expect([1, 2].map(words.en.here)).toEqual(['is here now', 'are here now'])
  expect([1, 2].map(words.es.here)).toEqual(['persona está aquí ahora', 'personas están aquí ahora'])
})
