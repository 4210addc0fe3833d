import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBrowser, createServer, fakeTime, goOffline, startPaired, tidyUp } from './scripted'
import type { Engine, Visitor } from './types'

let browser: ReturnType<typeof createBrowser>
let server: ReturnType<typeof createServer>
let engine: Engine

const visitor: Visitor = { firstName: ' Ana ', lastName: 'Paz', phone: '', email: 'a@example.org', language: 'es' }

beforeEach(async () => {
  fakeTime()
  browser = createBrowser()
  server = createServer()
  engine = await startPaired()
})
afterEach(tidyUp)

describe('a walk-in', () => {
  it('is told to the server, blank fields left out', async () => {
    expect(await engine.walkIn(visitor)).toEqual({ kind: 'taken', sentence: 'Thank you!' })
    expect(server.asked('WalkIn')[0]!.variables.input).toEqual({
      requestId: expect.any(String),
      firstName: 'Ana',
      lastName: 'Paz',
      phone: null,
      email: 'a@example.org',
      language: 'ES',
    })
  })

  it('that is sent again after a lost answer is the same request; a new one is another', async () => {
    server.handlers.WalkIn = () => {
      throw new TypeError('connection reset')
    }
    expect(await engine.walkIn(visitor)).toEqual({ kind: 'away' })
    server.handlers = {}
    for (const next of [visitor, visitor, { ...visitor, firstName: 'Bo' }]) await engine.walkIn(next)
    const ids = server.asked('WalkIn').map(({ variables }) => variables.input!.requestId)
    expect(ids[1]).toBe(ids[0])
    expect(new Set(ids).size).toBe(3)
  })

  it('says what is wrong with which field, and where it can’t be done now', async () => {
    server.handlers.WalkIn = () => ({
      walkIn: { __typename: 'ValidationProblem', fields: [{ path: ['phone'], message: 'lacks the area code.' }] },
    })
    expect(await engine.walkIn(visitor)).toEqual({ kind: 'wrong', fields: { phone: 'lacks the area code.' } })
    server.handlers.WalkIn = () => ({ walkIn: { __typename: 'NotAllowed', code: 'NOT_ALLOWED' } })
    expect(await engine.walkIn(visitor)).toEqual({ kind: 'away' })
    await goOffline(server, browser)
    const asked = server.calls.length
    expect(await engine.walkIn(visitor)).toEqual({ kind: 'away' })
    expect(server.calls.length).toBe(asked)
  })
})
