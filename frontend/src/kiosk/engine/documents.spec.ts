import { describe, expect, it } from 'vitest'
import ofTheSpa from '@/gql/persisted-documents.json'
import * as generated from '../gql/graphql'
import persisted from '../gql/persisted-documents.json'
import { sha256 } from './bytes'

const sources = import.meta.glob<string>('/src/{kiosk,lobby}/**/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const written = Object.values(sources)
  .flatMap((source) => [...source.matchAll(/^(?:query|mutation|subscription) (\w+)/gm)].map((match) => match[1]!))
  .sort()

const OF_A_KIOSK = ['AskToPair', 'CheckInBatch', 'KioskRoster', 'LookUp', 'ReportKiosk', 'WalkIn']

describe('what a paired device may run', () => {
  it('is six operations of a kiosk and one of a lobby’s screen, and no more', () => {
    expect(written).toEqual([...OF_A_KIOSK, 'Lobby'].sort())
    const names = Object.keys(generated).map((name) => name.replace(/Document$/, ''))
    expect(names.sort()).toEqual(written)
  })

  it('is generated apart from the SPA’s, with the right hashes', async () => {
    for (const [hash, text] of Object.entries(persisted)) {
      expect(hash).toBe(`sha256:${await sha256(text)}`)
      expect(Object.keys(ofTheSpa)).not.toContain(hash)
    }
    expect(Object.keys(persisted)).toHaveLength(written.length)
  })
})
