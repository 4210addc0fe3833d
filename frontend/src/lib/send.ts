import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { ref } from 'vue'
import { write } from './graphql'
import { failureText, formErrors, isProblem, noErrors, type FormErrors } from './problems'
import { createWishes } from './wishes'

/** The member of a result that is no problem. */
type Success<Data> = Exclude<Data[Exclude<keyof Data, '__typename'>], { code: string }>

/**
 * Sends forms that make something. The same words are sent under the same key, so that a second try after a lost answer
 * makes nothing twice, not even after a reload; other words are another wish. `known` are the fields of the form: what is
 * wrong elsewhere is in `rest`.
 */
export function useSend(known?: readonly string[]) {
  const busy = ref(false)
  const errors = ref<FormErrors>(noErrors())
  const wishes = createWishes()

  /** What was made, or null: then `errors` say why. Never rejects. */
  async function send<Data extends object, Input extends object>(
    document: TypedDocumentNode<Data, { input: Input }>,
    input: Omit<Input, 'idempotencyKey'>,
  ): Promise<Success<Data> | null> {
    if (busy.value) return null
    busy.value = true
    errors.value = noErrors()
    try {
      const idempotencyKey = wishes.keyFor(document as never, input)
      const variables = { input: { ...input, idempotencyKey } as unknown as Input }
      const data = await write(document, variables)
      const answer = Object.values(data).find((value) => typeof value === 'object') as object
      if (!isProblem(answer)) {
        wishes.fulfil(document as never)
        return answer as Success<Data>
      }
      errors.value = formErrors(answer, known)
    } catch (error) {
      errors.value = { fields: {}, rest: failureText(error) }
    } finally {
      busy.value = false
    }
    return null
  }

  return { busy, errors, send }
}
