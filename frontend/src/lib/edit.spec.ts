// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useEdit, type SaveOutcome } from './edit'
import { Failure } from './graphql/failures'
import { useToasts } from './toasts'

type Field = 'firstName' | 'lastName'
const { toasts, clear } = useToasts()
const saved = (version: number) => ({ __typename: 'ClientSaved', client: { version } })
const stale = (version: number, ...paths: string[]) => ({
  __typename: 'Conflict',
  code: 'STALE_VERSION',
  message: 'Somebody was faster.',
  version,
  changes: paths.map((path) => ({ path: [path], value: 'Theirs', byName: 'Robin', at: '2026-11-23T10:00:00Z' })),
})

function editing(...answers: (object | Error)[]) {
  const record = { version: 3, firstName: 'Ana', lastName: null as string | null }
  const send = vi.fn<(version: number, changes: object) => Promise<object>>(() => {
    const answer = answers.shift()!
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  })
  const reload = vi.fn()
  const edit = useEdit<Field>({
    record: () => record,
    send,
    reload,
    label: (field) => (field === 'firstName' ? 'First name' : 'Last name'),
  })
  return { record, send, reload, ...edit }
}

beforeEach(() => clear())

describe('useEdit', () => {
  it('shows the new value at once and saves it on top of the version that was read', async () => {
    const { record, send, shown, save, reload } = editing(saved(4))
    const saving = save('firstName', 'Anna')
    expect(shown('firstName')).toBe('Anna')
    expect(await saving).toEqual({ kind: 'saved' })
    expect(send).toHaveBeenCalledExactlyOnceWith(3, { firstName: 'Anna' })
    expect(reload).toHaveBeenCalledOnce()
    // Until the page has read the new version, the old value must not come back to the eye.
    expect(shown('firstName')).toBe('Anna')
    Object.assign(record, { version: 4, firstName: 'Anna K.' })
    expect(shown('firstName')).toBe('Anna K.')
  })

  it('builds each change on the version that the one before has made', async () => {
    const { send, save } = editing(saved(4), saved(5))
    await Promise.all([save('firstName', 'Anna'), save('lastName', 'Ávila')])
    expect(send.mock.calls).toEqual([
      [3, { firstName: 'Anna' }],
      [4, { lastName: 'Ávila' }],
    ])
  })

  it('takes the version of what was changed, where the answer tells it apart from its client’s', async () => {
    const { send, save } = editing({ changedVersion: 9, client: { version: 40 } }, saved(10))
    await save('firstName', 'Anna')
    await save('lastName', 'Ávila')
    expect(send.mock.calls.map(([version]) => version)).toEqual([3, 9])
  })

  it('keeps both changes when somebody else changed another field', async () => {
    const { send, save } = editing(stale(7, 'lastName'), saved(8))
    expect(await save('firstName', 'Anna')).toEqual({ kind: 'saved' })
    expect(send.mock.calls.map(([version]) => version)).toEqual([3, 7])
    expect(toasts.value[0]!.text).toContain('Robin changed something else')
  })

  it('asks when somebody else changed the same field, and keeps mine on top of theirs', async () => {
    const { send, save, shown, reload } = editing(stale(7, 'firstName'), saved(8))
    const outcome = (await save('firstName', 'Anna')) as SaveOutcome & { kind: 'conflict' }
    expect(outcome.conflict).toMatchObject({ byName: 'Robin', theirs: 'Theirs', mine: 'Anna' })
    expect(shown('firstName')).toBe('Ana')
    expect(reload).toHaveBeenCalledOnce()
    expect(await outcome.conflict.keepMine()).toEqual({ kind: 'saved' })
    expect(send.mock.calls.at(-1)).toEqual([7, { firstName: 'Anna' }])
  })

  it('does not overwrite what it knows nothing about', async () => {
    const { send, save } = editing(stale(7))
    const outcome = (await save('firstName', 'Anna')) as SaveOutcome & { kind: 'conflict' }
    expect(outcome.conflict.theirs).toBeUndefined()
    expect(send).toHaveBeenCalledOnce()
  })

  it('builds on the version that typing began on where the field has changed since, and then overwrites nothing', async () => {
    const { record, send, save } = editing(stale(7, 'lastName'), saved(8))
    record.version = 6
    const outcome = (await save('firstName', 'Anna', 3)) as SaveOutcome & { kind: 'conflict' }
    expect(send).toHaveBeenCalledExactlyOnceWith(3, { firstName: 'Anna' })
    expect(await outcome.conflict.keepMine()).toEqual({ kind: 'saved' })
    expect(send.mock.calls.at(-1)).toEqual([7, { firstName: 'Anna' }])
  })

  it('gives up merging with somebody who never stops', async () => {
    const { send, save } = editing(...Array.from({ length: 9 }, (_, n) => stale(10 + n, 'lastName')))
    expect((await save('firstName', 'Anna')).kind).toBe('problem')
    expect(send).toHaveBeenCalledTimes(5)
  })

  it('says what is wrong with the value, and that the server was not reached', async () => {
    const wrong = {
      code: 'VALIDATION_FAILED',
      message: 'x',
      fields: [{ path: ['firstName'], code: 'UNHEARD_OF', message: 'Too odd.' }],
    }
    const { save, shown } = editing(wrong, new Failure('NETWORK', ''))
    expect(await save('firstName', '?')).toEqual({ kind: 'problem', sentence: 'Too odd.' })
    const outcome = await save('firstName', '?')
    expect(outcome).toMatchObject({
      kind: 'problem',
      outage: true,
      sentence: expect.stringContaining('can’t be reached') as string,
    })
    expect(shown('firstName')).toBe('Ana')
  })

  it('offers to undo, which puts the old value back once', async () => {
    const { send, save, record } = editing(saved(4), saved(5))
    await save('firstName', null)
    expect(toasts.value[0]!.text).toBe('First name cleared')
    Object.assign(record, { version: 4, firstName: null })
    await toasts.value[0]!.action!.run()
    expect(send.mock.calls.at(-1)).toEqual([4, { firstName: 'Ana' }])
    expect(toasts.value.at(-1)!.action).toBeNull()
  })

  it('says why an undo did not work', async () => {
    const { save } = editing(saved(4), { code: 'NOT_ALLOWED_NOW', message: 'Not now.' })
    await save('firstName', 'Anna')
    await toasts.value[0]!.action!.run()
    expect(toasts.value.at(-1)).toMatchObject({ tone: 'problem', text: 'That could not be undone. Not now.' })
  })
})
