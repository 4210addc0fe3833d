// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { i18n } from '@/lib/i18n'
import '@/lib/i18n/person'
import ClientTimeline from './ClientTimeline.vue'

const { execute } = vi.hoisted(() => ({ execute: vi.fn() }))
vi.mock('@/lib/graphql', async () => ({ ...(await import('@/lib/graphql/failures')), execute }))

const entry = (id: string, changes: [string, string | null, string | null][], byName = 'Ana') => ({
  id,
  at: '2026-11-24T02:41:00Z',
  byName,
  byKind: 'KIOSK',
  action: 'client.updated',
  subject: 'client',
  summary: `Entry ${id}`,
  changes: changes.map(([name, before, after]) => ({ path: [name], before, after })),
})
const page = (nodes: ReturnType<typeof entry>[], endCursor: string | null) => ({
  client: {
    timeline: { edges: nodes.map((node) => ({ node })), pageInfo: { hasNextPage: endCursor !== null, endCursor } },
  },
})
const show = (seen: unknown = 1) => mount(ClientTimeline, { props: { id: 'c1', seen }, global: { plugins: [i18n] } })

describe('ClientTimeline', () => {
  beforeEach(() => {
    execute.mockReset()
  })

  it('says what changed, from what and to what, in words', async () => {
    const changes: [string, string | null, string | null][] = [
      ['dateOfBirth', null, '2001-02-03'],
      ['language', 'EN', 'ES'],
      ['optedOut', 'false', 'true'],
      ['preferredName', 'Annie', null],
      ['brandNew', null, 'x'],
    ]
    execute.mockResolvedValue(page([entry('1', changes)], null))
    const shown = show()
    await flushPromises()
    const lines = shown.findAll('dl > div').map((line) => line.element.textContent?.replace(/\s+/g, ' ').trim())
    expect(lines).toEqual([
      'Born: 3 Feb 2001',
      'Language: from English to Español',
      'No messages: from No to Yes',
      'Goes by: from Annie to empty',
      'brandNew: x',
    ])
  })

  it('names who did it, or what kind of thing', async () => {
    execute.mockResolvedValue(page([entry('1', []), entry('2', [], '')], null))
    const shown = show()
    await flushPromises()
    expect(shown.findAll('li').map((line) => line.text())).toEqual([
      expect.stringContaining('Ana'),
      expect.stringContaining('A kiosk'),
    ])
  })

  it('loads more, and begins anew when the client changed', async () => {
    execute
      .mockResolvedValueOnce(page([entry('2', [])], 'next'))
      .mockResolvedValueOnce(page([entry('1', [])], null))
      .mockResolvedValueOnce(page([entry('3', [])], null))
    const shown = show()
    await flushPromises()
    await shown.get('button').trigger('click')
    await flushPromises()
    expect(execute.mock.calls[1]![1]).toMatchObject({ after: 'next' })
    expect(shown.findAll('li')).toHaveLength(2)
    expect(shown.find('button').exists()).toBe(false)
    await shown.setProps({ seen: 2 })
    await flushPromises()
    expect(shown.findAll('li').map((line) => line.text())).toEqual([expect.stringContaining('Entry 3')])
  })
})
