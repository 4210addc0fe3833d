// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { AddNoteDocument } from '@/gql/graphql'
import { Failure } from './graphql/failures'
import { useSend } from './send'

const { write, session } = vi.hoisted(() => ({
  write: vi.fn(),
  session: { viewer: { value: { user: { id: 'u1' } } } },
}))
vi.mock('./graphql', async () => ({ ...(await import('./graphql/failures')), write, session }))

const note = { clientId: 'c1', body: 'Likes the corner seat', pinned: false }
const saved = { __typename: 'Mutation', addNote: { __typename: 'ClientSaved', client: { id: 'c1' } } }
const keyOf = (call: number) =>
  (write.mock.calls[call]![1] as { input: { idempotencyKey: string } }).input.idempotencyKey

describe('useSend', () => {
  beforeEach(() => {
    write.mockReset()
    sessionStorage.clear()
    session.viewer.value.user.id = 'u1'
  })

  it('gives what was made', async () => {
    write.mockResolvedValue(saved)
    const { busy, send } = useSend()
    const sending = send(AddNoteDocument, note)
    expect(busy.value).toBe(true)
    expect(await sending).toEqual(saved.addNote)
    expect(busy.value).toBe(false)
    expect(write.mock.calls[0]![1]).toMatchObject({ input: note })
  })

  it('sends the same words under the same key until they are saved', async () => {
    write.mockRejectedValueOnce(new Failure('NETWORK', 'away')).mockResolvedValue(saved)
    const { errors, send } = useSend()
    expect(await send(AddNoteDocument, note)).toBeNull()
    expect(errors.value.rest).toContain('can’t be reached')
    await send(AddNoteDocument, note)
    expect(errors.value.rest).toBeNull()
    await send(AddNoteDocument, note)
    await send(AddNoteDocument, { ...note, body: 'Other words' })
    expect(keyOf(1)).toBe(keyOf(0))
    expect(new Set([0, 2, 3].map(keyOf)).size).toBe(3)
  })

  it('knows the key again after a reload, until it is saved, and for nobody else', async () => {
    write.mockRejectedValue(new Failure('NETWORK', 'away'))
    await useSend().send(AddNoteDocument, note)
    await useSend().send(AddNoteDocument, note)
    expect(keyOf(1)).toBe(keyOf(0))
    session.viewer.value.user.id = 'u2'
    await useSend().send(AddNoteDocument, note)
    expect(keyOf(2)).not.toBe(keyOf(0))
    session.viewer.value.user.id = 'u1'
    write.mockResolvedValue(saved)
    await useSend().send(AddNoteDocument, note)
    await useSend().send(AddNoteDocument, note)
    expect(keyOf(3)).toBe(keyOf(0))
    expect(keyOf(4)).not.toBe(keyOf(0))
  })

  it('says what is wrong beside its field', async () => {
    const fields = [
      { path: ['body'], code: 'TOO_LONG', message: 'x' },
      { path: ['elsewhere'], code: 'BRAND_NEW', message: 'The server says so.' },
    ]
    write.mockResolvedValue({ addNote: { __typename: 'ValidationProblem', code: 'V', message: 'm', fields } })
    const { errors, send } = useSend(['body'])
    expect(await send(AddNoteDocument, note)).toBeNull()
    expect(errors.value).toEqual({ fields: { body: 'This is too long. Shorten it.' }, rest: 'The server says so.' })
  })

  it('sends nothing while an answer is awaited', async () => {
    write.mockReturnValue(new Promise(() => {}))
    const { send } = useSend()
    void send(AddNoteDocument, note)
    expect(await send(AddNoteDocument, note)).toBeNull()
    expect(write).toHaveBeenCalledTimes(1)
  })
})
