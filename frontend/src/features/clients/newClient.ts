import type { CreateClientInput, FirstAuthorizationInput, Language, SimilarClientsInput } from '@/gql/graphql'

/** The form of a new client as it is typed. */
export const blankClient = (language: Language = 'EN') => ({
  firstName: '',
  lastName: '',
  preferredName: '',
  dateOfBirth: '',
  language,
  phone: '',
  email: '',
  uciNumber: '',
  authorizationNumber: '',
  authorizationStartsOn: '',
  authorizationEndsOn: '',
  authorizationVisits: null as number | null,
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

/** Where the server says what is wrong with the authorization. */
export const AUTHORIZATION_PATHS = ['uciNumber', 'authorizationNumber', 'startsOn', 'endsOn', 'unitsPerMonth'].map(
  (field) => `authorization.${field}`,
)

/** The authorization as it was typed so far; null where nothing of it was. A UCI number is kept nowhere else. */
export function authorizationOf(form: NewClient): FirstAuthorizationInput | null {
  const typed = {
    uciNumber: form.uciNumber.trim() || null,
    authorizationNumber: form.authorizationNumber.trim() || null,
    startsOn: form.authorizationStartsOn || null,
    endsOn: form.authorizationEndsOn || null,
    unitsPerMonth: form.authorizationVisits,
  }
  return Object.values(typed).some((value) => value !== null) ? typed : null
}

const OF_AUTHORIZATION = new Set(['uciNumber', 'authorizationNumber', 'authorizationStartsOn', 'authorizationEndsOn'])

/** What is sent: empty fields are no values. Who may not keep authorizations only looks a UCI number up. */
export function inputOf(form: NewClient, mayAuthorize: boolean): CreateClientInput {
  const given = Object.entries(form).filter(
    ([name, value]) => typeof value === 'string' && value.trim() !== '' && !OF_AUTHORIZATION.has(name),
  )
  const authorization = mayAuthorize ? authorizationOf(form) : null
  const { tagIds } = form
  return {
    ...Object.fromEntries(given),
    ...(tagIds.length ? { tagIds: [...tagIds] } : {}),
    ...(authorization ? { authorization } : {}),
  }
}

/** What is asked to find out whether they are on file already. */
export function similarInputOf(form: NewClient): SimilarClientsInput {
  const { firstName, lastName, phone, email, uciNumber } = form
  return { firstName, lastName, phone, email, uciNumber, dateOfBirth: form.dateOfBirth || null }
}
