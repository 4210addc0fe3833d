// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Failure } from '@/lib/graphql/failures'
import { i18n } from '@/lib/i18n'
import '@/lib/i18n/person'
import { useToasts } from '@/lib/toasts'
import NoteComposer from './NoteComposer.vue'
import NoteItem from './NoteItem.vue'

const { write, session } = vi.hoisted(() => ({
  write: vi.fn(),
  session: { viewer: { value: { user: { id: 'u1' } } }, state: () => 'signedIn', can: () => true },
}))
vi.mock('@/lib/graphql', async () => ({ ...(await import('@/lib/graphql/failures')), write, session }))

const toasts = useToasts()
const saved = {
  __typename: 'ClientSaved',
  changedId: 'n1',
  changedVersion: 4,
  client: { id: 'c1', version: 40, displayName: 'Ana' },
}
const stale = (changes: object[]) => ({
  __typename: 'Conflict',
  code: 'STALE_VERSION',
  message: '',
  version: 5,
  changes,
})
const theirs = { path: ['body'], value: 'Their words', byName: 'Ana', at: '2026-11-24T02:41:00Z' }
const inputs = () => write.mock.calls.map(([, { input }]) => input as Record<string, unknown>)

const note = {
  __typename: 'Note' as const,
  id: 'n1',
  version: 3,
  body: 'Old words',
  pinned: false,
  createdAt: '2026-11-20T18:00:00Z',
  authorName: 'Bea',
  editedAt: null,
  editedByName: null,
}

beforeEach(() => {
  write.mockReset()
  toasts.clear()
  sessionStorage.clear()
})

describe('NoteComposer', () => {
  const show = () =>
    mount(NoteComposer, { props: { clientId: 'c1' }, global: { plugins: [i18n] }, attachTo: document.body })

  it('adds a note with Ctrl Enter and empties the field', async () => {
    write.mockResolvedValue({ addNote: saved })
    const form = show()
    await form.get('textarea').setValue('Likes the corner seat')
    await form.get('[type=checkbox]').setValue(true)
    await form.get('textarea').trigger('keydown', { key: 'Enter', ctrlKey: true })
    await flushPromises()
    expect(inputs()[0]).toMatchObject({ clientId: 'c1', body: 'Likes the corner seat', pinned: true })
    expect(form.get('textarea').element.value).toBe('')
    expect(form.emitted('added')).toHaveLength(1)
  })

  it('keeps what was typed when it was not saved, through a reload too', async () => {
    write.mockRejectedValue(new Failure('NETWORK', 'away'))
    const form = show()
    await form.get('textarea').setValue('Likes the corner seat')
    await form.get('form').trigger('submit')
    await flushPromises()
    expect(form.text()).toContain('can’t be reached')
    expect(form.get('textarea').element.value).toBe('Likes the corner seat')
    form.unmount()
    expect(show().get('textarea').element.value).toBe('Likes the corner seat')
  })

  it('sends nothing that is blank', async () => {
    const form = show()
    await form.get('textarea').setValue('   ')
    await form.get('form').trigger('submit')
    expect(write).not.toHaveBeenCalled()
  })
})

describe('NoteItem', () => {
  const show = (may = true) =>
    mount(NoteItem, { props: { note, may }, global: { plugins: [i18n] }, attachTo: document.body })
  const press = (shown: ReturnType<typeof show>, start: string) =>
    shown
      .findAll('button')
      .find((button) => button.attributes('aria-label')?.startsWith(start))!
      .trigger('click')

  async function edit(words: string) {
    const shown = show()
    await press(shown, 'Edit')
    await shown.get('textarea').setValue(words)
    await shown.get('textarea').trigger('keydown', { key: 'Enter', ctrlKey: true })
    await flushPromises()
    return shown
  }

  it('saves on its own version, whatever the version of the client', async () => {
    write.mockResolvedValue({ updateNote: saved })
    const shown = await edit('New words')
    expect(inputs()[0]).toEqual({ id: 'n1', version: 3, body: 'New words' })
    expect(shown.find('textarea').exists()).toBe(false)
    await press(shown, 'Show')
    await flushPromises()
    expect(inputs()[1]).toEqual({ id: 'n1', version: 4, pinned: true })
  })

  it('shows what somebody else made of it, and keeps mine if I say so', async () => {
    write.mockResolvedValueOnce({ updateNote: stale([theirs]) }).mockResolvedValue({ updateNote: saved })
    const shown = await edit('My words')
    expect(shown.text()).toContain('Their words')
    expect(shown.text()).toContain('Ana')
    expect(shown.get('textarea').element.value).toBe('My words')
    await shown
      .findAll('button')
      .find((button) => button.text() === 'Keep mine')!
      .trigger('click')
    await flushPromises()
    expect(inputs()[1]).toEqual({ id: 'n1', version: 5, body: 'My words' })
  })

  it('is deleted, and brought back by Undo', async () => {
    write.mockResolvedValueOnce({ deleteNote: saved }).mockResolvedValue({ restoreNote: saved })
    const shown = show()
    await press(shown, 'Delete')
    await flushPromises()
    expect(inputs()[0]).toEqual({ id: 'n1', version: 3 })
    expect(shown.emitted('changed')).toHaveLength(1)
    toasts.toasts.value.at(-1)!.action!.run()
    await flushPromises()
    expect(inputs()[1]).toEqual({ id: 'n1', version: 4 })
    expect(shown.emitted('changed')).toHaveLength(2)
  })

  it('gives up an edit with Escape', async () => {
    const shown = show()
    await press(shown, 'Edit')
    await shown.get('textarea').setValue('x')
    await shown.get('textarea').trigger('keydown', { key: 'Escape' })
    expect(shown.text()).toContain('Old words')
    expect(write).not.toHaveBeenCalled()
  })

  it('offers nothing to those who may only read', () => {
    expect(show(false).findAll('button')).toHaveLength(0)
  })
})
