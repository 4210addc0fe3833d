import { cacheExchange, Client } from '@urql/core'
import { describe, expect, it, vi } from 'vitest'
import { ClientPageDocument, StationsDocument, VoidCheckInDocument } from '@/gql/graphql'
import { trustedDocumentsExchange } from './exchange'
import { Failure } from './failures'
import type { TrustedDocument } from './trusted'
import { trust } from './trusted'

function client(execute: ReturnType<typeof vi.fn>) {
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    exchanges: [cacheExchange, trustedDocumentsExchange(execute as never)],
  })
}

describe('trustedDocumentsExchange', () => {
  it('runs queries and mutations by their id, through the cache', async () => {
    const execute = vi.fn(async (document: TrustedDocument) => ({ ran: document.documentId }))
    const urql = client(execute)
    const query = await urql.query(trust(StationsDocument), {}).toPromise()
    const input = { checkInId: '1', reason: 'undone' }
    const mutation = await urql.mutation(trust(VoidCheckInDocument), { input }).toPromise()
    expect(query.data).toEqual({ ran: trust(StationsDocument).documentId })
    expect(mutation.data).toEqual({ ran: trust(VoidCheckInDocument).documentId })
    await urql.query(trust(StationsDocument), {}).toPromise()
    expect(execute).toHaveBeenCalledTimes(2)
  })

  it('keeps documents and variables apart in the cache', async () => {
    const execute = vi.fn(async (_document: unknown, variables: { id?: string }) => ({ id: variables.id ?? null }))
    const urql = client(execute)
    const [one, two, stations] = await Promise.all([
      urql.query(trust(ClientPageDocument), { id: '1' }).toPromise(),
      urql.query(trust(ClientPageDocument), { id: '2' }).toPromise(),
      urql.query(trust(StationsDocument), {}).toPromise(),
    ])
    expect([one.data, two.data, stations.data]).toEqual([{ id: '1' }, { id: '2' }, { id: null }])
  })

  it('hands a failure on as it is', async () => {
    const failure = new Failure('NOT_ALLOWED', 'no', 'r1')
    const result = await client(vi.fn().mockRejectedValue(failure)).query(trust(StationsDocument), {}).toPromise()
    expect(result.error?.networkError).toBe(failure)
    expect(result.data).toBeUndefined()
  })

  it('aborts the request that nobody waits for any more', async () => {
    let signal: AbortSignal | undefined
    const execute = vi.fn((_document: unknown, _variables: unknown, options: { signal: AbortSignal }) => {
      signal = options.signal
      return new Promise(() => {})
    })
    const { unsubscribe } = client(execute)
      .query(trust(StationsDocument), {})
      .subscribe(() => {})
    expect(signal?.aborted).toBe(false)
    unsubscribe()
    await vi.waitFor(() => expect(signal?.aborted).toBe(true))
  })
})
