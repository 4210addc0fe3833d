import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { ref, shallowRef } from 'vue'
import { write } from '@/lib/graphql'
import { failureText, formErrors, isProblem, noErrors, type FormErrors, type Problem } from '@/lib/problems'
import { createWishes } from '@/lib/wishes'
import type { Period } from './periods'

export interface Overlap {
  otherName: string
  other: Period
  proposed: Period
}

/** The member of a result that is no problem. */
export type Success<Data> = Exclude<Data[Exclude<keyof Data, '__typename'>], { code: string }>

/**
 * Sends a form about a membership, an authorization or a tier, and keeps what stood in its way: wrong fields, days that are
 * taken, somebody who was faster. With `once` a second try of the same words after a lost answer makes nothing twice.
 */
export function useChange(known?: readonly string[]) {
  const busy = ref(false)
  const errors = ref<FormErrors>(noErrors())
  const overlap = shallowRef<Overlap | null>(null)
  const stale = shallowRef<Problem | null>(null)
  const wishes = createWishes()

  /** Shows why it was refused. */
  function refuse(problem: Problem & { proposed?: Period }): void {
    overlap.value = problem.proposed ? (problem as Problem & Overlap) : null
    stale.value = problem.code === 'STALE_VERSION' ? problem : null
    errors.value = overlap.value || stale.value ? noErrors() : formErrors(problem, known)
  }

  /** What was saved, or null: then `errors`, `overlap` or `stale` say why. Never rejects. */
  async function send<Data extends object, Input extends object>(
    document: TypedDocumentNode<Data, { input: Input }>,
    input: Omit<Input, 'idempotencyKey'>,
    { once = false } = {},
  ): Promise<Success<Data> | null> {
    if (busy.value) return null
    busy.value = true
    errors.value = noErrors()
    overlap.value = stale.value = null
    try {
      const whole = once ? { ...input, idempotencyKey: wishes.keyFor(document as never, input) } : input
      const data = await write(document, { input: whole as unknown as Input })
      const answer = Object.values(data).find((value) => typeof value === 'object') as object
      if (!isProblem(answer)) {
        if (once) wishes.fulfil(document as never)
        return answer as Success<Data>
      }
      refuse(answer)
    } catch (error) {
      errors.value = { fields: {}, rest: failureText(error) }
    } finally {
      busy.value = false
    }
    return null
  }

  return { busy, errors, overlap, stale, send, refuse }
}
