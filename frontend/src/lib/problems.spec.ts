// @vitest-environment happy-dom
import { beforeAll, expect, it } from 'vitest'
import { addWords, language } from './i18n'
import { formErrors, isProblem, problemText } from './problems'

beforeAll(() => {
  addWords('problem', { en: { TEST_CODE: 'In words.' }, es: { TEST_CODE: 'En palabras.' } })
  addWords('problem', { en: { OTHER_CODE: 'Other.' }, es: { OTHER_CODE: 'Otra.' } })
})

const field = (path: string[], code: string, message = 'The server’s sentence.') => ({ path, code, message })
const problem = (...fields: ReturnType<typeof field>[]) => ({
  code: 'VALIDATION_FAILED',
  message: 'Correct it.',
  fields,
})

it('tells a problem from a success', () => {
  expect(isProblem({ __typename: 'NotFound', code: 'NOT_FOUND', message: 'Gone.' })).toBe(true)
  expect(isProblem({ __typename: 'ClientSaved', client: {} })).toBe(false)
})

it('says a code in the reader’s language, and else what the server said', async () => {
  const known = { code: 'TEST_CODE', message: 'Raw.' }
  expect(problemText(known)).toBe('In words.')
  await language.follow('ES', false)
  expect(problemText(known)).toBe('En palabras.')
  expect(problemText({ code: 'OTHER_CODE', message: 'Raw.' })).toBe('Otra.')
  expect(problemText({ code: 'UNHEARD_OF', message: 'Raw.' })).toBe('Raw.')
  await language.follow('EN', false)
})

it('puts each sentence beside its field, the first one of each', () => {
  const deep = field(['input', 'contacts', '0', 'value'], 'C', 'Bad.')
  const errors = formErrors(problem(field(['firstName'], 'TEST_CODE'), field(['firstName'], 'B'), deep))
  expect(errors).toEqual({ fields: { firstName: 'In words.', 'contacts.0.value': 'Bad.' }, rest: null })
})

it('loses nothing that belongs to no field of the form', () => {
  const two = problem(field(['email', 'domain'], 'A', 'One.'), field(['other'], 'B', 'Two.'))
  expect(formErrors(two, ['email'])).toEqual({ fields: { email: 'One.' }, rest: 'Two.' })
  expect(formErrors({ code: 'TEST_CODE', message: 'x' })).toEqual({ fields: {}, rest: 'In words.' })
})
