import { describe, expect, it, vi } from 'vitest'
import { StationsDocument } from '@/gql/graphql'
import { createExecute } from './execute'
import { Failure } from './failures'

function parts(send: (...args: never[]) => Promise<unknown>) {
  const session = { token: vi.fn(async () => 'tok'), recover: vi.fn(async () => {}) }
  const connection = { report: vi.fn(), restored: vi.fn() }
  const execute = createExecute({ send: send as never, session, connection, language: () => 'en' })
  return { execute, session, connection }
}

describe('execute', () => {
  it('renews a refused token and sends once more', async () => {
    const send = vi
      .fn()
      .mockRejectedValueOnce(new Failure('UNAUTHENTICATED', ''))
      .mockResolvedValueOnce({ stations: [] })
    const { execute, session, connection } = parts(send)
    expect(await execute(StationsDocument, {})).toEqual({ stations: [] })
    expect(session.recover).toHaveBeenCalledExactlyOnceWith('tok')
    expect(connection.restored).toHaveBeenCalled()
  })

  it('gives up when every token is refused', async () => {
    const send = vi.fn().mockRejectedValue(new Failure('UNAUTHENTICATED', ''))
    const { execute } = parts(send)
    await expect(execute(StationsDocument, {})).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(send).toHaveBeenCalledTimes(3)
  })

  it('reports an outage and leaves the retry to the caller', async () => {
    const send = vi.fn().mockRejectedValue(new Failure('NETWORK', ''))
    const { execute, connection } = parts(send)
    await expect(execute(StationsDocument, {})).rejects.toMatchObject({ code: 'NETWORK' })
    expect(send).toHaveBeenCalledTimes(1)
    expect(connection.report).toHaveBeenCalledOnce()
  })

  it('looks once a minute whether somebody may do less than before', async () => {
    const send = vi.fn().mockRejectedValue(new Failure('NOT_ALLOWED', ''))
    const { execute, session } = parts(send)
    for (let count = 0; count < 3; count++)
      await expect(execute(StationsDocument, {})).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    expect(send).toHaveBeenCalledTimes(3)
    expect(session.recover).toHaveBeenCalledExactlyOnceWith('tok')
  })

  it('asks for no token where none is needed', async () => {
    const send = vi.fn().mockResolvedValue({ stations: [] })
    const { execute, session } = parts(send)
    await execute(StationsDocument, {}, { anonymous: true })
    expect(session.token).not.toHaveBeenCalled()
    expect(send.mock.calls[0]![2]).toMatchObject({ token: null })
  })
})
