import { describe, expect, it, vi } from 'vitest'
import { effectScope, onScopeDispose } from 'vue'
import { shared } from './shared'

describe('what is shared', () => {
  it('is one for all at the same time, and ends with the last of them', () => {
    const ended = vi.fn()
    let made = 0
    const use = shared(() => (onScopeDispose(ended), ++made))
    const [first, second] = [effectScope(), effectScope()]
    expect([first.run(use), second.run(use)]).toEqual([1, 1])
    first.stop()
    expect(ended).not.toHaveBeenCalled()
    second.stop()
    expect(ended).toHaveBeenCalledOnce()
    expect(effectScope().run(use)).toBe(2)
  })
})
