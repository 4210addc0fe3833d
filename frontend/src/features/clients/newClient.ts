import type { CreateClientInput, Language, SimilarClientsInput } from '@/gql/graphql'

/** The form of a new client as it is typed: every field a text. */
export const blankClient = () => ({
  firstName: '',
  lastName: '',
  preferredName: '',
  dateOfBirth: '',
  language: 'EN' as Language,
  phone: '',
  email: '',
  uciNumber: '',
  guardianName: '',
  guardianRelation: '',
  guardianPhone: '',
  serviceCoordinator: '',
  serviceCoordinatorPhone: '',
  serviceCoordinatorEmail: '',
  memberCode: '',
  note: '',
  tagIds: [] as readonly string[],
})

export type NewClient = ReturnType<typeof blankClient>

/** What is sent: empty fields are no values. The UCI number belongs to an authorization, which a new client has not yet. */
export function inputOf({ tagIds, ...form }: NewClient): CreateClientInput {
  const given = Object.entries(form).filter(([name, value]) => name !== 'uciNumber' && value.trim() !== '')
  return { ...Object.fromEntries(given), ...(tagIds.length ? { tagIds: [...tagIds] } : {}) }
}

/** What is asked to find out whether they are on file already. */
export function similarInputOf(form: NewClient): SimilarClientsInput {
  const { firstName, lastName, phone, email, uciNumber } = form
  return { firstName, lastName, phone, email, uciNumber, dateOfBirth: form.dateOfBirth || null }
}
