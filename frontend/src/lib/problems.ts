import { toFailure } from './graphql/failures'
import { i18n } from './i18n'
import './i18n/problems'

export interface FieldProblem {
  path: readonly string[]
  code: string
  message: string
}

/** What somebody else changed since the version that was read; `value` is as people read it, null where it is empty now. */
export interface FieldChange {
  path: readonly string[]
  value: string | null
  byName: string
  at: string
}

/** A member of a result's union that is not the success: `code` is stable, `message` an English sentence. */
export interface Problem {
  __typename?: string
  code: string
  message: string
  fields?: readonly FieldProblem[]
  version?: number | null
  changes?: readonly FieldChange[]
}

export function isProblem(answer: object): answer is Problem {
  return 'code' in answer && typeof answer.code === 'string' && 'message' in answer
}

/** The sentence for a code in the reader's language; the server's own sentence where there is none. */
export function problemText(problem: { code: string; message: string }): string {
  const { t, te } = i18n.global
  const key = `problem.${problem.code}`
  return te(key) || te(key, 'en') ? t(key) : problem.message
}

/** Why a request brought nothing, as a sentence. */
export function failureText(error: unknown): string {
  return i18n.global.t(`failure.${toFailure(error).code}`)
}

export interface FormErrors {
  /** Sentences by field, such as `firstName` or `contacts.0.value`. */
  fields: Record<string, string>
  /** What belongs to no field of the form; null when there is nothing. */
  rest: string | null
}

export const noErrors = (): FormErrors => ({ fields: {}, rest: null })

/** A problem as sentences beside the fields of a form. `known` are the fields that the form has; without it, all are taken. */
export function formErrors(problem: Problem, known?: readonly string[]): FormErrors {
  const errors = noErrors()
  const rest: string[] = []
  for (const field of problem.fields ?? []) {
    const path = (field.path[0] === 'input' ? field.path.slice(1) : field.path).join('.')
    const name = known ? known.find((each) => path === each || path.startsWith(`${each}.`)) : path
    if (name) errors.fields[name] ??= problemText(field)
    else rest.push(problemText(field))
  }
  if (rest.length) errors.rest = [...new Set(rest)].join(' ')
  else if (!problem.fields?.length) errors.rest = problemText(problem)
  return errors
}
