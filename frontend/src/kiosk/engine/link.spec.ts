import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLink, type Link } from './link'
import { advance, createBrowser, createServer, fakeTime, tidyUp } from './scripted'

let browser: ReturnType<typeof createBrowser>
let server: ReturnType<typeof createServer>
let said: boolean[]
let link: Link

function open(): void {
  said = []
  link = createLink((online) => said.push(online))
  link.start()
}

beforeEach(() => {
  fakeTime()
  browser = createBrowser()
  server = createServer()
  open()
})
afterEach(async () => {
  link.stop()
  await tidyUp()
})

describe('link', () => {
  it('stays through one failure, and falls at the second in a row', () => {
    link.failed(false)
    link.answered()
    link.failed(false)
    expect(link.online).toBe(true)
    link.failed(false)
    expect([link.online, said]).toEqual([false, [false]])
  })

  it('falls at once when somebody waited in vain', () => {
    link.failed(true)
    expect(link.online).toBe(false)
  })

  it('returns after two good probes, and not within ten seconds', async () => {
    link.failed(true)
    browser.fire('online')
    await advance(1)
    browser.fire('online')
    await advance(6_000)
    expect(server.probes).toBeGreaterThanOrEqual(2)
    expect(link.online).toBe(false)
    await advance(6_000)
    expect([link.online, said]).toEqual([true, [false, true]])
  })

  it('wants two good probes in a row', async () => {
    server.ready = false
    link.failed(true)
    await advance(15_500)
    server.ready = true
    await advance(5_000)
    server.network = 'away'
    await advance(5_000)
    server.network = 'good'
    await advance(5_000)
    expect(link.online).toBe(false)
    await advance(5_000)
    expect(link.online).toBe(true)
  })

  it('takes a slow probe for a bad one', async () => {
    server.network = 'hangs'
    link.failed(true)
    await advance(30_000)
    expect(link.online).toBe(false)
    // Five seconds, two until it gives up.
    expect(server.probes).toBe(4)
  })

  it('goes by the browser when it says that there is no network, and asks when it says that there is one', async () => {
    browser.fire('offline')
    expect(link.online).toBe(false)
    browser.fire('online')
    await advance(100)
    expect([link.online, server.probes]).toEqual([false, 1])
    link.stop()
    browser.onLine = false
    open()
    expect(link.online).toBe(false)
    await advance(11_000)
    expect(link.online).toBe(true)
  })

  it('doesn’t flap: each fall soon after a return holds twice as long', async () => {
    const away: number[] = []
    for (let round = 0; round < 5; round++) {
      link.failed(true)
      const since = performance.now()
      while (!link.online) await advance(1_000)
      away.push(Math.round((performance.now() - since) / 1_000))
    }
    expect(away).toEqual([10, 20, 40, 60, 60])
    await advance(61_000)
    link.failed(true)
    await advance(10_500)
    expect(link.online).toBe(true)
  })

  it('asks nobody while all is well, and nobody once it is stopped', async () => {
    await advance(20_000)
    expect(server.probes).toBe(0)
    link.failed(true)
    link.stop()
    await advance(20_000)
    expect(server.probes).toBe(0)
  })
})
