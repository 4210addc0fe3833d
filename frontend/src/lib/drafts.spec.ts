// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'

const session = { state: ref('signedIn'), viewer: ref<{ user: { id: string } } | null>({ user: { id: 'u1' } }) }
vi.doMock('./graphql', () => ({ session }))
const { useDraft } = await import('./drafts')

const initial = { name: '', tags: [] as string[] }
/** A page that is opened: its scope ends with it. */
function open(key = 'new-client', from = initial, version: number | null = null) {
  const scope = effectScope()
  return { ...scope.run(() => useDraft(key, from, version))!, close: () => scope.stop() }
}

beforeEach(() => {
  sessionStorage.clear()
  session.state.value = 'signedIn'
  session.viewer.value = { user: { id: 'u1' } }
})

describe('useDraft', () => {
  it('keeps what is typed through a reload', () => {
    const first = open()
    expect([first.dirty.value, first.restored.value]).toEqual([false, false])
    first.value.value.name = 'Ana'
    first.value.value.tags.push('t1')
    expect(first.dirty.value).toBe(true)
    first.close()
    const second = open()
    expect(second.value.value).toEqual({ name: 'Ana', tags: ['t1'] })
    expect([second.dirty.value, second.restored.value]).toEqual([true, true])
  })

  it('is gone once it is saved, or typed back to what it was', () => {
    const first = open()
    first.value.value.name = 'Ana'
    first.clear()
    expect([first.value.value, first.dirty.value]).toEqual([initial, false])
    expect(open().restored.value).toBe(false)
    const second = open()
    second.value.value.name = 'Ana'
    second.value.value.name = ''
    expect(open().restored.value).toBe(false)
    expect(sessionStorage).toHaveLength(0)
  })

  it('takes on fields that the form has gained meanwhile', () => {
    open().value.value.name = 'Ana'
    const later = open('new-client', { ...initial, phone: '+1' } as typeof initial)
    expect(later.value.value).toEqual({ name: 'Ana', tags: [], phone: '+1' })
  })

  it('lets fields that nobody typed into follow the record', () => {
    open('c1', { name: 'Ana', tags: ['t1'] }, 3).value.value.name = 'Anna'
    const later = open('c1', { name: 'Ana', tags: ['t2'] }, 4)
    expect(later.value.value).toEqual({ name: 'Anna', tags: ['t2'] })
    expect(later.version.value).toBe(4)
  })

  it('keeps the version that typing began on where somebody changed the same field, through every reload', () => {
    open('c1', { name: 'Ana', tags: [] }, 3).value.value.name = 'Anna'
    const later = open('c1', { name: 'Anne', tags: [] }, 4)
    expect([later.value.value.name, later.version.value]).toEqual(['Anna', 3])
    later.value.value.tags.push('t1')
    const latest = open('c1', { name: 'Anne', tags: [] }, 5)
    expect([latest.value.value.name, latest.version.value]).toEqual(['Anna', 3])
  })

  it('never hands the form’s own initial values around', () => {
    const first = open()
    first.value.value.tags.push('t1')
    first.clear()
    first.value.value.tags.push('t2')
    expect(initial.tags).toEqual([])
  })

  it('survives a page that is loaded without a session, and goes at sign-out', async () => {
    open().value.value.name = 'Ana'
    session.state.value = 'ended'
    await nextTick()
    session.state.value = 'starting'
    await nextTick()
    session.state.value = 'signedOut'
    await nextTick()
    expect(sessionStorage).toHaveLength(1)
    session.state.value = 'signedIn'
    await nextTick()
    session.state.value = 'signedOut'
    await nextTick()
    expect(sessionStorage).toHaveLength(0)
  })

  it('is never shown to somebody else who signs in on this tab', async () => {
    open().value.value.name = 'Ana'
    session.viewer.value = { user: { id: 'u2' } }
    await nextTick()
    expect(open().value.value).toEqual(initial)
    expect(sessionStorage).toHaveLength(0)
  })

  it('does not bring back what is older than a day', () => {
    open().value.value.name = 'Ana'
    vi.useFakeTimers({ now: Date.now() + 25 * 3_600_000 })
    expect(open().restored.value).toBe(false)
    vi.useRealTimers()
  })
})
