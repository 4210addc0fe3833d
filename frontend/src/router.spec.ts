// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'

vi.mock('vue-router/auto-routes', () => ({ routes: [] }))

it('follows a way back only within the app', async () => {
  const { safeTarget } = await import('./router')
  expect(safeTarget('/clients?q=ana')).toBe('/clients?q=ana')
  for (const bad of [
    '//evil.test',
    '/\\evil.test',
    'https://evil.test',
    'javascript:alert(1)',
    '/login?to=/login',
    undefined,
    ['/a'],
  ]) {
    expect(safeTarget(bad)).toBe('/')
  }
})
