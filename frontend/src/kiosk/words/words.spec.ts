import { expect, it } from 'vitest'
import { words } from './words'

function texts(group: object, path = ''): [string, string][] {
  return Object.entries(group).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === 'function') return [[`${path}${key}`, String(value(3))]] as [string, string][]
    return typeof value === 'string' ? [[`${path}${key}`, value]] : texts(value as object, `${path}${key}.`)
  })
}

it('says everything in both languages, and the same in both only where the word is the same', () => {
  const [english, spanish] = [new Map(texts(words.en)), new Map(texts(words.es))]
  expect([...spanish.keys()].sort()).toEqual([...english.keys()].sort())
  const same = [...english].filter(([key, text]) => spanish.get(key) === text).map(([key]) => key)
  expect(same).toEqual(['unlisted.no', 'pictures.robot'])
})

it('never promises what the server has not said', () => {
  for (const language of ['en', 'es'] as const)
    for (const kind of ['saved', 'savedNameless', 'askStaffUntold', 'lost'] as const) {
      const { title, text } = words[language].results[kind]
      expect(`${title} ${text}`).not.toMatch(/verif|is confirmed|checked in|told them|avisamos|registr/i)
    }
})

it('counts in the right number', () => {
  expect(words.es.status.waiting(1)).toBe('1 guardada aquí')
  expect(words.es.status.waiting(3)).toBe('3 guardadas aquí')
  expect(words.en.pairing.left(0.5)).toBe('Good for another minute.')
})
