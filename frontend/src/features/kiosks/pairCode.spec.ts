import { describe, expect, it } from 'vitest'
import { codeOf, isWhole, shownCode } from './pairCode'

describe('the code of a device', () => {
  it.each(['ABCD-EFGH', 'abcdefgh', ' abcd efgh ', 'abcd–efgh'])('is the same however it is typed: %j', (typed) => {
    expect(codeOf(typed)).toBe('ABCDEFGH')
    expect(isWhole(typed)).toBe(true)
    expect(shownCode(typed)).toBe('ABCD-EFGH')
  })

  it.each(['', 'ABCD-EFG', 'ABCD-EFGHJ', 'ABCD-EF?H'])('is not whole: %j', (typed) =>
    expect(isWhole(typed)).toBe(false),
  )

  it('stands as it was typed until it is whole', () => expect(shownCode('abcd-e')).toBe('abcd-e'))
})
