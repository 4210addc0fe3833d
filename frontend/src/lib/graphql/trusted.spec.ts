import { describe, expect, it } from 'vitest'
import * as generated from '@/gql/graphql'
import persisted from '@/gql/persisted-documents.json'
import { trust, type TrustedDocument } from './trusted'

// The kiosk and the lobby have documents of their own.
const sources = import.meta.glob<string>(['/src/**/*.graphql', '!/src/kiosk/**', '!/src/lobby/**'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
const written = Object.values(sources)
  .flatMap((source) => [...source.matchAll(/^(?:query|mutation|subscription) (\w+)/gm)].map((match) => match[1]!))
  .sort()
const documents = Object.entries(generated).filter(([name]) => name.endsWith('Document'))
const texts = new Map(Object.entries(persisted))

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

describe('trusted documents', () => {
  it('exist for every operation that is written, and for no other', () => {
    expect(documents.map(([name]) => name.replace(/Document$/, '')).sort()).toEqual(written)
    expect(texts.size).toBe(written.length)
  })

  it.each(documents)('%s has a hash that the server knows, and the right one', async (name, document) => {
    const { documentId, operationName } = trust(document as never) as TrustedDocument
    const text = texts.get(documentId)
    expect(text).toContain(` ${operationName}`)
    expect(`${operationName}Document`).toBe(name)
    expect(documentId).toBe(`sha256:${await sha256(text!)}`)
  })

  it('refuses a document that was not generated', () => {
    expect(() => trust({ kind: 'Document', definitions: [] } as never)).toThrow('Not a trusted document')
  })
})
