import { describe, expect, it } from 'vitest'
import { everything, fromQuery, toFilter, toQuery, type AuditState } from './auditState'

const STATE: AuditState = {
  from: '2026-11-01',
  to: '2026-11-20',
  who: 'user:VXNlcjox',
  what: 'exports',
  client: 'Q2xpZW50OjE',
  request: '4f1c2d',
}

describe('the address of the audit log', () => {
  it('is empty for everything, and comes back', () => {
    expect(toQuery(everything)).toEqual({})
    expect(fromQuery({})).toEqual(everything)
    expect(fromQuery(toQuery(STATE))).toEqual(STATE)
    expect(fromQuery({ who: 'JOB' }).who).toBe('JOB')
  })

  it('leaves out what makes no sense', () => {
    const strange = { from: '2026-13-01', to: ['x'], who: 'USER', what: 'toString', client: '../x', request: 'a b' }
    expect(fromQuery(strange)).toEqual(everything)
  })
})

describe('what the server is asked', () => {
  const nothing = {
    from: null,
    to: null,
    actorKind: null,
    userId: null,
    apiKeyId: null,
    actions: null,
    clientId: null,
    requestId: null,
  }

  it('takes empty conditions for none', () => expect(toFilter(everything)).toEqual(nothing))

  it('names users, keys and kinds apart', () => {
    expect(toFilter({ ...everything, who: 'user:VXNlcjox' })).toEqual({ ...nothing, userId: 'VXNlcjox' })
    expect(toFilter({ ...everything, who: 'key:QXBpS2V5OjE' })).toEqual({ ...nothing, apiKeyId: 'QXBpS2V5OjE' })
    expect(toFilter({ ...everything, who: 'ANONYMOUS' })).toEqual({ ...nothing, actorKind: 'ANONYMOUS' })
  })

  it('turns a group into beginnings of codes', () =>
    expect(toFilter({ ...everything, what: 'visits' })?.actions).toEqual(['check_in.', 'kiosk_event.']))

  it('asks nothing while the days are the wrong way round', () =>
    expect(toFilter({ ...everything, from: '2026-11-02', to: '2026-11-01' })).toBeNull())
})
