import { ref } from 'vue'
import { describe, expect, it } from 'vitest'
import { lastSeen } from './lastSeen'

function asking() {
  const answer = ref<string>()
  const failed = ref(false)
  const question = ref<{ id: number }>({ id: 1 })
  const shown = lastSeen(
    answer,
    () => failed.value,
    () => question.value,
  )
  return { answer, failed, question, shown }
}

describe('what was last seen', () => {
  it('stays when it can’t be read again', () => {
    const { answer, failed, shown } = asking()
    answer.value = 'Ana'
    answer.value = undefined
    failed.value = true
    expect(shown.value).toBe('Ana')
    failed.value = false
    answer.value = 'Ana, newer'
    expect(shown.value).toBe('Ana, newer')
  })

  it('is nothing while nothing was seen', () => {
    const { failed, shown } = asking()
    failed.value = true
    expect(shown.value).toBeUndefined()
  })

  it('is not shown for another question', () => {
    const { answer, failed, question, shown } = asking()
    answer.value = 'Ana'
    question.value = { id: 2 }
    answer.value = undefined
    failed.value = true
    expect(shown.value).toBeUndefined()
    question.value = { id: 1 }
    expect(shown.value).toBe('Ana')
  })

  it('gives way while another answer is waited for', () => {
    const { answer, shown } = asking()
    answer.value = 'Ana'
    answer.value = undefined
    expect(shown.value).toBeUndefined()
  })
})
