/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** What the regional centre pays for. */
export type AuthorizationUnit =
  | 'DAY'
  | 'HOUR'
  | 'VISIT';

/** A change of one's own password. */
export type ChangePasswordInput = {
  /** The password as it is now. */
  currentPassword: string;
  /** The password as it shall be: 8 to 128 characters, none that others guess first. */
  newPassword: string;
};

/** A check-in. */
export type CheckInInput = {
  /** Who. */
  clientId: string;
  /** A new UUID for each intention; give the same one when you try again. */
  requestId: string;
  /** Where. */
  stationId?: string | null | undefined;
};

/** How a visit came in. */
export type CheckInMethod =
  | 'API'
  | 'IMPORT'
  | 'KIOSK'
  | 'STAFF';

/** What happens when somebody without a good standing checks in. REMIND: say what to do. ASK_STAFF: staff decide. */
export type CheckInPolicy =
  | 'ALLOW'
  | 'ASK_STAFF'
  | 'BLOCK'
  | 'REMIND';

/** Which clients; all conditions hold together. */
export type ClientFilter = {
  /** True: archived ones alone. False: without them. */
  archived?: boolean;
  /** True: only those with a contact method that needs fixing. */
  contactToFix?: boolean;
  /** One of these standings today. */
  standing?: Array<StandingStatus> | null | undefined;
  /** All of these tags. */
  tagIds?: Array<string> | null | undefined;
};

/** How a list of clients is sorted. A search is sorted by how well it fits instead. */
export type ClientOrder =
  | 'CREATED'
  | 'LAST_CHECK_IN'
  | 'NAME';

/** What somebody may agree to. */
export type ConsentKind =
  | 'EMAIL'
  | 'PHOTO'
  | 'SMS'
  | 'TERMS'
  | 'WAIVER';

/** How somebody can be reached. */
export type ContactKind =
  | 'DISCORD'
  | 'EMAIL'
  | 'PHONE';

/** Two clients who are not the same person, in either order. */
export type DismissDuplicateInput = {
  /** One of the two. */
  clientId: string;
  /** The other one. */
  otherId: string;
};

/** A language of the product. */
export type Language =
  | 'EN'
  | 'ES';

/** What somebody types to sign in. */
export type LoginInput = {
  /** Email address or username, in any case. */
  identifier: string;
  /** The password. */
  password: string;
};

/** What became of a row that was not simply copied. CHANGED: it was copied, but a value of it is not as it was. */
export type RemarkOutcome =
  | 'ASIDE'
  | 'CHANGED'
  | 'JOINED';

/** Which pause to end. */
export type ResumeMessagesInput = {
  /** `messagesPausedAt` as it was read: a later pause stays. */
  pausedAt: string;
};

/** Whether a part of the installation works. SILENT: no sign of life from it lately. */
export type SignOfLife =
  | 'DOWN'
  | 'OK'
  | 'SILENT';

/** Which kind of row decided a standing. */
export type StandingSource =
  | 'AUTHORIZATION'
  | 'MEMBERSHIP';

/** What a client's memberships and authorizations add up to. EXPIRING: 30 days or fewer left. */
export type StandingStatus =
  | 'ACTIVE'
  | 'EXPIRED'
  | 'EXPIRING'
  | 'NONE'
  | 'PENDING';

/** The colours that a user prefers; SYSTEM follows the device. */
export type Theme =
  | 'DARK'
  | 'LIGHT'
  | 'SYSTEM';

/** What to change of one's own profile. What is absent stays as it is. */
export type UpdateProfileInput = {
  /** The language to use. Can't be null. */
  language?: Language | null | undefined;
  /** The colours to use. Can't be null. */
  theme?: Theme | null | undefined;
};

/** What a user is. ADMIN may do everything, STAFF works at the desk. */
export type UserRole =
  | 'ADMIN'
  | 'STAFF';

/** A visit to void. */
export type VoidCheckInInput = {
  /** The visit. */
  checkInId: string;
  /** Why; at most 500 characters. */
  reason: string;
};

export type ViewerPartsFragment = { __typename: 'Viewer', permissions: Array<string>, mustChangePassword: boolean, user: { __typename: 'User', id: string, email: string, username: string | null, displayName: string, role: UserRole, theme: Theme, language: Language } };

export type SessionPartsFragment = { __typename: 'SessionStarted', accessToken: string, expiresAt: string, viewer: { __typename: 'Viewer', permissions: Array<string>, mustChangePassword: boolean, user: { __typename: 'User', id: string, email: string, username: string | null, displayName: string, role: UserRole, theme: Theme, language: Language } } };

export type CentreFactsQueryVariables = Exact<{ [key: string]: never; }>;


export type CentreFactsQuery = { __typename: 'Query', centre: { __typename: 'Centre', name: string, timeZone: string, passwordMinLength: number, passwordMaxLength: number } };

export type RefreshSessionMutationVariables = Exact<{ [key: string]: never; }>;


export type RefreshSessionMutation = { __typename: 'Mutation', refreshSession:
    | { __typename: 'SessionEnded', code: string, message: string }
    | { __typename: 'SessionStarted', accessToken: string, expiresAt: string, viewer: { __typename: 'Viewer', permissions: Array<string>, mustChangePassword: boolean, user: { __typename: 'User', id: string, email: string, username: string | null, displayName: string, role: UserRole, theme: Theme, language: Language } } }
   };

export type LoginMutationVariables = Exact<{
  input: LoginInput;
}>;


export type LoginMutation = { __typename: 'Mutation', login:
    | { __typename: 'LoginRefused', code: string, message: string, retryAfterSeconds: number | null }
    | { __typename: 'SessionStarted', accessToken: string, expiresAt: string, viewer: { __typename: 'Viewer', permissions: Array<string>, mustChangePassword: boolean, user: { __typename: 'User', id: string, email: string, username: string | null, displayName: string, role: UserRole, theme: Theme, language: Language } } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type LogoutMutationVariables = Exact<{ [key: string]: never; }>;


export type LogoutMutation = { __typename: 'Mutation', logout: { __typename: 'LogoutDone', ok: boolean } };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { __typename: 'Mutation', changePassword:
    | { __typename: 'LoginRefused', code: string, message: string, retryAfterSeconds: number | null }
    | { __typename: 'SessionStarted', accessToken: string, expiresAt: string, viewer: { __typename: 'Viewer', permissions: Array<string>, mustChangePassword: boolean, user: { __typename: 'User', id: string, email: string, username: string | null, displayName: string, role: UserRole, theme: Theme, language: Language } } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type UpdateProfileMutationVariables = Exact<{
  input: UpdateProfileInput;
}>;


export type UpdateProfileMutation = { __typename: 'Mutation', updateProfile:
    | { __typename: 'User', id: string, theme: Theme, language: Language }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type FieldProblemsFragment = { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> };

export type StandingPartsFragment = { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null };

export type FeedItemFragment = { __typename: 'CheckIn', id: string, happenedAt: string, method: CheckInMethod, byName: string | null, voided: boolean, undoableUntil: string, standingStatus: StandingStatus, station: { __typename: 'Station', id: string, name: string } | null, client: { __typename: 'Client', id: string, displayName: string } };

export type LiveFeedQueryVariables = Exact<{ [key: string]: never; }>;


export type LiveFeedQuery = { __typename: 'Query', checkIns: { __typename: 'CheckInConnection', edges: Array<{ __typename: 'CheckInEdge', node: { __typename: 'CheckIn', id: string, happenedAt: string, method: CheckInMethod, byName: string | null, voided: boolean, undoableUntil: string, standingStatus: StandingStatus, station: { __typename: 'Station', id: string, name: string } | null, client: { __typename: 'Client', id: string, displayName: string } } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean } }, visitsToday: { __typename: 'VisitsToday', count: number, lastHour: number } };

export type CheckInAddedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type CheckInAddedSubscription = { checkInAdded: { __typename: 'CheckIn', id: string, happenedAt: string, method: CheckInMethod, byName: string | null, voided: boolean, undoableUntil: string, standingStatus: StandingStatus, station: { __typename: 'Station', id: string, name: string } | null, client: { __typename: 'Client', id: string, displayName: string } } };

export type StationsQueryVariables = Exact<{ [key: string]: never; }>;


export type StationsQuery = { __typename: 'Query', stations: Array<{ __typename: 'Station', id: string, name: string }> };

export type CheckInMutationVariables = Exact<{
  input: CheckInInput;
}>;


export type CheckInMutation = { __typename: 'Mutation', checkIn:
    | { __typename: 'CheckInRecorded', repeat: boolean, replayed: boolean, sentence: string, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null }, checkIn: { __typename: 'CheckIn', id: string, happenedAt: string, method: CheckInMethod, byName: string | null, voided: boolean, undoableUntil: string, standingStatus: StandingStatus, station: { __typename: 'Station', id: string, name: string } | null, client: { __typename: 'Client', id: string, displayName: string } } }
    | { __typename: 'CheckInRefused', code: string, message: string, sentence: string, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null } }
    | { __typename: 'Conflict', code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string }
   };

export type VoidCheckInMutationVariables = Exact<{
  input: VoidCheckInInput;
}>;


export type VoidCheckInMutation = { __typename: 'Mutation', voidCheckIn:
    | { __typename: 'CheckInVoided', checkIn: { __typename: 'CheckIn', id: string, voided: boolean, voidReason: string | null } }
    | { __typename: 'Conflict', code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string }
   };

export type ClientTableQueryVariables = Exact<{
  search?: string | null | undefined;
  filter?: ClientFilter | null | undefined;
  orderBy: ClientOrder;
  first: number;
  after?: string | null | undefined;
}>;


export type ClientTableQuery = { __typename: 'Query', clients: { __typename: 'ClientConnection', totalCount: number, totalIsExact: boolean, edges: Array<{ __typename: 'ClientEdge', node: { __typename: 'Client', id: string, displayName: string, lastCheckInAt: string | null, archived: boolean, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null }, tags: Array<{ __typename: 'Tag', id: string, name: string, colour: string }>, alerts: Array<{ __typename: 'Note', id: string }>, contactMethods: Array<{ __typename: 'ContactMethod', id: string, kind: ContactKind, display: string, primary: boolean }> } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type ClientRowFragment = { __typename: 'Client', id: string, displayName: string, lastCheckInAt: string | null, archived: boolean, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null }, tags: Array<{ __typename: 'Tag', id: string, name: string, colour: string }>, alerts: Array<{ __typename: 'Note', id: string }>, contactMethods: Array<{ __typename: 'ContactMethod', id: string, kind: ContactKind, display: string, primary: boolean }> };

export type TagPartsFragment = { __typename: 'Tag', id: string, name: string, colour: string };

export type NotePartsFragment = { __typename: 'Note', id: string, body: string, pinned: boolean, createdAt: string, authorName: string | null };

export type ClientPageQueryVariables = Exact<{
  id: string;
}>;


export type ClientPageQuery = { __typename: 'Query', client: { __typename: 'Client', id: string, firstName: string, lastName: string, displayName: string, preferredName: string | null, dateOfBirth: string | null, guardianName: string | null, serviceCoordinator: string | null, memberCode: string | null, language: Language, archived: boolean, createdAt: string, lastCheckInAt: string | null, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null }, tags: Array<{ __typename: 'Tag', id: string, name: string, colour: string }>, contactMethods: Array<{ __typename: 'ContactMethod', id: string, kind: ContactKind, value: string, display: string, primary: boolean, verified: boolean, optedOut: boolean, needsFixing: boolean }>, possibleDuplicates: Array<{ __typename: 'PossibleDuplicate', reason: string, other: { __typename: 'Client', id: string, displayName: string } }>, notes: Array<{ __typename: 'Note', id: string, body: string, pinned: boolean, createdAt: string, authorName: string | null }>, memberships: Array<{ __typename: 'Membership', id: string, startsOn: string, endsOn: string, tier: { __typename: 'MembershipTier', id: string, name: string, policy: CheckInPolicy } }>, authorizations: Array<{ __typename: 'Authorization', id: string, uciNumber: string | null, authorizationNumber: string | null, serviceCoordinator: string | null, startsOn: string, endsOn: string, unitsPerMonth: number | null, unit: AuthorizationUnit }>, consents: Array<{ __typename: 'Consent', kind: ConsentKind, granted: boolean, at: string, source: string, byName: string | null }> } | null };

export type ClientVisitsQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
}>;


export type ClientVisitsQuery = { __typename: 'Query', client: { __typename: 'Client', id: string, checkIns: { __typename: 'CheckInConnection', edges: Array<{ __typename: 'CheckInEdge', node: { __typename: 'CheckIn', id: string, happenedAt: string, method: CheckInMethod, byName: string | null, standingStatus: StandingStatus, voided: boolean, voidReason: string | null, undoableUntil: string, station: { __typename: 'Station', id: string, name: string } | null } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } } | null };

export type VisitFragment = { __typename: 'CheckIn', id: string, happenedAt: string, method: CheckInMethod, byName: string | null, standingStatus: StandingStatus, voided: boolean, voidReason: string | null, undoableUntil: string, station: { __typename: 'Station', id: string, name: string } | null };

export type FindClientQueryVariables = Exact<{
  search: string;
}>;


export type FindClientQuery = { __typename: 'Query', clients: { __typename: 'ClientConnection', edges: Array<{ __typename: 'ClientEdge', node: { __typename: 'Client', id: string, displayName: string, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null } } }> } };

export type DeskSearchQueryVariables = Exact<{
  search: string;
}>;


export type DeskSearchQuery = { __typename: 'Query', clients: { __typename: 'ClientConnection', edges: Array<{ __typename: 'ClientEdge', node: { __typename: 'Client', id: string, displayName: string, memberCode: string | null, lastCheckInAt: string | null, contactMethods: Array<{ __typename: 'ContactMethod', id: string, kind: ContactKind, display: string, primary: boolean }>, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null }, alerts: Array<{ __typename: 'Note', id: string, body: string }> } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean } } };

export type FoundClientFragment = { __typename: 'Client', id: string, displayName: string, memberCode: string | null, lastCheckInAt: string | null, contactMethods: Array<{ __typename: 'ContactMethod', id: string, kind: ContactKind, display: string, primary: boolean }>, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null }, alerts: Array<{ __typename: 'Note', id: string, body: string }> };

export type DuplicatesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type DuplicatesQuery = { __typename: 'Query', duplicates: { __typename: 'PossibleDuplicateConnection', edges: Array<{ __typename: 'PossibleDuplicateEdge', node: { __typename: 'PossibleDuplicate', reason: string, foundAt: string, client: { __typename: 'Client', id: string, displayName: string, dateOfBirth: string | null, archived: boolean, createdAt: string, lastCheckInAt: string | null, memberCode: string | null, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null }, contactMethods: Array<{ __typename: 'ContactMethod', id: string, kind: ContactKind, display: string }> }, other: { __typename: 'Client', id: string, displayName: string, dateOfBirth: string | null, archived: boolean, createdAt: string, lastCheckInAt: string | null, memberCode: string | null, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null }, contactMethods: Array<{ __typename: 'ContactMethod', id: string, kind: ContactKind, display: string }> } } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type DuplicatePairFragment = { __typename: 'PossibleDuplicate', reason: string, foundAt: string, client: { __typename: 'Client', id: string, displayName: string, dateOfBirth: string | null, archived: boolean, createdAt: string, lastCheckInAt: string | null, memberCode: string | null, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null }, contactMethods: Array<{ __typename: 'ContactMethod', id: string, kind: ContactKind, display: string }> }, other: { __typename: 'Client', id: string, displayName: string, dateOfBirth: string | null, archived: boolean, createdAt: string, lastCheckInAt: string | null, memberCode: string | null, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null }, contactMethods: Array<{ __typename: 'ContactMethod', id: string, kind: ContactKind, display: string }> } };

export type DuplicateSideFragment = { __typename: 'Client', id: string, displayName: string, dateOfBirth: string | null, archived: boolean, createdAt: string, lastCheckInAt: string | null, memberCode: string | null, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null }, contactMethods: Array<{ __typename: 'ContactMethod', id: string, kind: ContactKind, display: string }> };

export type DismissDuplicateMutationVariables = Exact<{
  input: DismissDuplicateInput;
}>;


export type DismissDuplicateMutation = { __typename: 'Mutation', dismissDuplicate:
    | { __typename: 'DuplicateDismissed', duplicate: { __typename: 'PossibleDuplicate', reason: string } }
    | { __typename: 'NotFound', code: string, message: string }
   };

export type SystemOverviewQueryVariables = Exact<{ [key: string]: never; }>;


export type SystemOverviewQuery = { __typename: 'Query', system: { __typename: 'System', lastProvenBackupAt: string | null, nextBackupAt: string | null, installation: { __typename: 'Installation', createdAt: string, restoredAt: string | null, restoredFrom: string | null, messagesPausedAt: string | null } | null, health: { __typename: 'Health', database: SignOfLife, revision: string | null, redis: SignOfLife, worker: SignOfLife, scheduler: SignOfLife, version: string }, counts: { __typename: 'ToLookAt', possibleDuplicates: number, contactMethodsToFix: number } } };

export type BackupsQueryVariables = Exact<{ [key: string]: never; }>;


export type BackupsQuery = { __typename: 'Query', system: { __typename: 'System', lastProvenBackupAt: string | null, nextBackupAt: string | null, backupUnderWaySince: string | null, backups: Array<{ __typename: 'Backup', id: string, fileName: string, why: string, madeAt: string, sizeBytes: number, totalRows: number, provenAt: string | null, problem: string | null }> } };

export type BackupRowFragment = { __typename: 'Backup', id: string, fileName: string, why: string, madeAt: string, sizeBytes: number, totalRows: number, provenAt: string | null, problem: string | null };

export type BackUpNowMutationVariables = Exact<{ [key: string]: never; }>;


export type BackUpNowMutation = { __typename: 'Mutation', backUpNow:
    | { __typename: 'BackupRequested', requestedAt: string }
    | { __typename: 'Conflict', code: string, message: string }
   };

export type AdoptionReportQueryVariables = Exact<{ [key: string]: never; }>;


export type AdoptionReportQuery = { __typename: 'Query', system: { __typename: 'System', adoptions: Array<{ __typename: 'Adoption', id: string, shape: string, origin: string, startedAt: string, finishedAt: string, lines: Array<{ __typename: 'AdoptionLine', part: string, read: number, copied: number, joined: number, already: number, aside: number }>, reasons: Array<{ __typename: 'AdoptionReason', part: string, outcome: RemarkOutcome, reason: string, count: number }> }> } };

export type AdoptionLinePartsFragment = { __typename: 'AdoptionLine', part: string, read: number, copied: number, joined: number, already: number, aside: number };

export type AdoptionReasonPartsFragment = { __typename: 'AdoptionReason', part: string, outcome: RemarkOutcome, reason: string, count: number };

export type AdoptionRowsQueryVariables = Exact<{
  id: string;
  part: string;
  reason: string;
  first: number;
  after?: string | null | undefined;
}>;


export type AdoptionRowsQuery = { __typename: 'Query', system: { __typename: 'System', adoption: { __typename: 'Adoption', id: string, remarks: { __typename: 'AdoptionRemarkConnection', edges: Array<{ __typename: 'AdoptionRemarkEdge', node: { __typename: 'AdoptionRemark', id: string, outcome: RemarkOutcome, sourceId: string | null, client: { __typename: 'Client', id: string, displayName: string, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null } } | null } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } } | null } };

export type AdoptionRowFragment = { __typename: 'AdoptionRemark', id: string, outcome: RemarkOutcome, sourceId: string | null, client: { __typename: 'Client', id: string, displayName: string, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null } } | null };

export type RootCertificateQueryVariables = Exact<{ [key: string]: never; }>;


export type RootCertificateQuery = { __typename: 'Query', system: { __typename: 'System', rootCertificateUrl: string | null } };

export type MessagesPauseQueryVariables = Exact<{ [key: string]: never; }>;


export type MessagesPauseQuery = { __typename: 'Query', system: { __typename: 'System', installation: { __typename: 'Installation', restoredFrom: string | null, messagesPausedAt: string | null, messagesPausedBecause: string | null } | null } };

export type ResumeMessagesMutationVariables = Exact<{
  input: ResumeMessagesInput;
}>;


export type ResumeMessagesMutation = { __typename: 'Mutation', resumeMessages:
    | { __typename: 'Conflict', code: string, message: string }
    | { __typename: 'MessagesResumed', installation: { __typename: 'Installation', messagesPausedAt: string | null, messagesPausedBecause: string | null } }
   };

export const ViewerPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ViewerParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Viewer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"theme"}},{"kind":"Field","name":{"kind":"Name","value":"language"}}]}},{"kind":"Field","name":{"kind":"Name","value":"permissions"}},{"kind":"Field","name":{"kind":"Name","value":"mustChangePassword"}}]}}]} as unknown as DocumentNode<ViewerPartsFragment, unknown>;
export const SessionPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SessionStarted"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ViewerParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ViewerParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Viewer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"theme"}},{"kind":"Field","name":{"kind":"Name","value":"language"}}]}},{"kind":"Field","name":{"kind":"Name","value":"permissions"}},{"kind":"Field","name":{"kind":"Name","value":"mustChangePassword"}}]}}]} as unknown as DocumentNode<SessionPartsFragment, unknown>;
export const FieldProblemsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FieldProblems"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ValidationProblem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"fields"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]} as unknown as DocumentNode<FieldProblemsFragment, unknown>;
export const FeedItemFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FeedItem"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CheckIn"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"happenedAt"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"byName"}},{"kind":"Field","name":{"kind":"Name","value":"voided"}},{"kind":"Field","name":{"kind":"Name","value":"undoableUntil"}},{"kind":"Field","name":{"kind":"Name","value":"standingStatus"}},{"kind":"Field","name":{"kind":"Name","value":"station"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<FeedItemFragment, unknown>;
export const StandingPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StandingParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Standing"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"daysLeft"}},{"kind":"Field","name":{"kind":"Name","value":"tierName"}}]}}]} as unknown as DocumentNode<StandingPartsFragment, unknown>;
export const TagPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TagParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tag"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"colour"}}]}}]} as unknown as DocumentNode<TagPartsFragment, unknown>;
export const ClientRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ClientRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Client"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"lastCheckInAt"}},{"kind":"Field","name":{"kind":"Name","value":"archived"}},{"kind":"Field","name":{"kind":"Name","value":"standing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"StandingParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tags"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"TagParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"alerts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"contactMethods"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"display"}},{"kind":"Field","name":{"kind":"Name","value":"primary"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StandingParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Standing"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"daysLeft"}},{"kind":"Field","name":{"kind":"Name","value":"tierName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TagParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tag"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"colour"}}]}}]} as unknown as DocumentNode<ClientRowFragment, unknown>;
export const NotePartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"NoteParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Note"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"pinned"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"authorName"}}]}}]} as unknown as DocumentNode<NotePartsFragment, unknown>;
export const VisitFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Visit"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CheckIn"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"happenedAt"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"byName"}},{"kind":"Field","name":{"kind":"Name","value":"standingStatus"}},{"kind":"Field","name":{"kind":"Name","value":"voided"}},{"kind":"Field","name":{"kind":"Name","value":"voidReason"}},{"kind":"Field","name":{"kind":"Name","value":"undoableUntil"}},{"kind":"Field","name":{"kind":"Name","value":"station"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<VisitFragment, unknown>;
export const FoundClientFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FoundClient"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Client"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"memberCode"}},{"kind":"Field","name":{"kind":"Name","value":"contactMethods"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"display"}},{"kind":"Field","name":{"kind":"Name","value":"primary"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lastCheckInAt"}},{"kind":"Field","name":{"kind":"Name","value":"standing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"StandingParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"alerts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"body"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StandingParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Standing"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"daysLeft"}},{"kind":"Field","name":{"kind":"Name","value":"tierName"}}]}}]} as unknown as DocumentNode<FoundClientFragment, unknown>;
export const DuplicateSideFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DuplicateSide"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Client"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"dateOfBirth"}},{"kind":"Field","name":{"kind":"Name","value":"archived"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastCheckInAt"}},{"kind":"Field","name":{"kind":"Name","value":"memberCode"}},{"kind":"Field","name":{"kind":"Name","value":"standing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"StandingParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"contactMethods"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"display"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StandingParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Standing"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"daysLeft"}},{"kind":"Field","name":{"kind":"Name","value":"tierName"}}]}}]} as unknown as DocumentNode<DuplicateSideFragment, unknown>;
export const DuplicatePairFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DuplicatePair"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PossibleDuplicate"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"foundAt"}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"DuplicateSide"}}]}},{"kind":"Field","name":{"kind":"Name","value":"other"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"DuplicateSide"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StandingParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Standing"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"daysLeft"}},{"kind":"Field","name":{"kind":"Name","value":"tierName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DuplicateSide"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Client"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"dateOfBirth"}},{"kind":"Field","name":{"kind":"Name","value":"archived"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastCheckInAt"}},{"kind":"Field","name":{"kind":"Name","value":"memberCode"}},{"kind":"Field","name":{"kind":"Name","value":"standing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"StandingParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"contactMethods"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"display"}}]}}]}}]} as unknown as DocumentNode<DuplicatePairFragment, unknown>;
export const BackupRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BackupRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Backup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"why"}},{"kind":"Field","name":{"kind":"Name","value":"madeAt"}},{"kind":"Field","name":{"kind":"Name","value":"sizeBytes"}},{"kind":"Field","name":{"kind":"Name","value":"totalRows"}},{"kind":"Field","name":{"kind":"Name","value":"provenAt"}},{"kind":"Field","name":{"kind":"Name","value":"problem"}}]}}]} as unknown as DocumentNode<BackupRowFragment, unknown>;
export const AdoptionLinePartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AdoptionLineParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AdoptionLine"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"part"}},{"kind":"Field","name":{"kind":"Name","value":"read"}},{"kind":"Field","name":{"kind":"Name","value":"copied"}},{"kind":"Field","name":{"kind":"Name","value":"joined"}},{"kind":"Field","name":{"kind":"Name","value":"already"}},{"kind":"Field","name":{"kind":"Name","value":"aside"}}]}}]} as unknown as DocumentNode<AdoptionLinePartsFragment, unknown>;
export const AdoptionReasonPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AdoptionReasonParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AdoptionReason"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"part"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}}]} as unknown as DocumentNode<AdoptionReasonPartsFragment, unknown>;
export const AdoptionRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AdoptionRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AdoptionRemark"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"sourceId"}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"standing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"StandingParts"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StandingParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Standing"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"daysLeft"}},{"kind":"Field","name":{"kind":"Name","value":"tierName"}}]}}]} as unknown as DocumentNode<AdoptionRowFragment, unknown>;
export const CentreFactsDocument = {"__meta__":{"operation":"query","operationName":"CentreFacts","hash":"sha256:a90f6bb27c65253eca4b5bd6c378915aed36239f952aa8a82d4e2f75867df842"}} as unknown as DocumentNode<CentreFactsQuery, CentreFactsQueryVariables>;
export const RefreshSessionDocument = {"__meta__":{"operation":"mutation","operationName":"RefreshSession","hash":"sha256:ca114b9cd89a1e09988a056f178fce9fa838b0f9792412e0b93fe61f82c437bb"}} as unknown as DocumentNode<RefreshSessionMutation, RefreshSessionMutationVariables>;
export const LoginDocument = {"__meta__":{"operation":"mutation","operationName":"Login","hash":"sha256:45351019f13c6767f3449b0a2bc009878c81815d4b93b3a3c67d337bb8793957"}} as unknown as DocumentNode<LoginMutation, LoginMutationVariables>;
export const LogoutDocument = {"__meta__":{"operation":"mutation","operationName":"Logout","hash":"sha256:5f93c86d3501c079425a13987b732592a2ee1d9b92e85bb701e48d6c753142cb"}} as unknown as DocumentNode<LogoutMutation, LogoutMutationVariables>;
export const ChangePasswordDocument = {"__meta__":{"operation":"mutation","operationName":"ChangePassword","hash":"sha256:4c29bc34f82713a6edf5611bcbcd4133352fdb229261b60be3e50d8104dc280d"}} as unknown as DocumentNode<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const UpdateProfileDocument = {"__meta__":{"operation":"mutation","operationName":"UpdateProfile","hash":"sha256:a44bd321ba268e6b8beb74f7305992ddbb597dcf8b8a680cb88e3b87f23e1e33"}} as unknown as DocumentNode<UpdateProfileMutation, UpdateProfileMutationVariables>;
export const LiveFeedDocument = {"__meta__":{"operation":"query","operationName":"LiveFeed","hash":"sha256:b0a82e8a9fc07fc1d572051a01b5e4e0bedf23d0607a4cf9f46eddb5536aef6d"}} as unknown as DocumentNode<LiveFeedQuery, LiveFeedQueryVariables>;
export const CheckInAddedDocument = {"__meta__":{"operation":"subscription","operationName":"CheckInAdded","hash":"sha256:d06af7405dfdd504e76d1db33103876c113ba499cb0152aea1e7d0afdbe8d54f"}} as unknown as DocumentNode<CheckInAddedSubscription, CheckInAddedSubscriptionVariables>;
export const StationsDocument = {"__meta__":{"operation":"query","operationName":"Stations","hash":"sha256:0a75d32fc052491bcd8f09cbd3307e4217cebb30f63b6815e74f23c08e8b4046"}} as unknown as DocumentNode<StationsQuery, StationsQueryVariables>;
export const CheckInDocument = {"__meta__":{"operation":"mutation","operationName":"CheckIn","hash":"sha256:12f09ced4a80a4c22f0cf8d19739e33baefac4efc684c4aeb47d63b470527035"}} as unknown as DocumentNode<CheckInMutation, CheckInMutationVariables>;
export const VoidCheckInDocument = {"__meta__":{"operation":"mutation","operationName":"VoidCheckIn","hash":"sha256:7cc7b6117085a52baa28c306b70b584d8c56550590d531dbce5f39e0ace19e09"}} as unknown as DocumentNode<VoidCheckInMutation, VoidCheckInMutationVariables>;
export const ClientTableDocument = {"__meta__":{"operation":"query","operationName":"ClientTable","hash":"sha256:2df88b9949d55b06ccf667d285df4fd02c03590e5bc0f5937c38a1473f03017c"}} as unknown as DocumentNode<ClientTableQuery, ClientTableQueryVariables>;
export const ClientPageDocument = {"__meta__":{"operation":"query","operationName":"ClientPage","hash":"sha256:6f953c001feeac490d1acee0fbc2f72c50228effb82cfcb5a62e09358f963a28"}} as unknown as DocumentNode<ClientPageQuery, ClientPageQueryVariables>;
export const ClientVisitsDocument = {"__meta__":{"operation":"query","operationName":"ClientVisits","hash":"sha256:0bb60324cc29b06f970a0b8b3baec8bc0fe1ddb72a0aaab9695a37da97e7c438"}} as unknown as DocumentNode<ClientVisitsQuery, ClientVisitsQueryVariables>;
export const FindClientDocument = {"__meta__":{"operation":"query","operationName":"FindClient","hash":"sha256:9cce1346ca572c7a625eccc2849a8c0e30772242cc323cb3d03800f6198af301"}} as unknown as DocumentNode<FindClientQuery, FindClientQueryVariables>;
export const DeskSearchDocument = {"__meta__":{"operation":"query","operationName":"DeskSearch","hash":"sha256:fd0ac9646733cf7d4c03bf8e0a468b407751e1a13c486353624679e8344495c3"}} as unknown as DocumentNode<DeskSearchQuery, DeskSearchQueryVariables>;
export const DuplicatesDocument = {"__meta__":{"operation":"query","operationName":"Duplicates","hash":"sha256:4d879e408d5d244724b470df70f037695f6955cd7c900a59170b92bb9cd232a0"}} as unknown as DocumentNode<DuplicatesQuery, DuplicatesQueryVariables>;
export const DismissDuplicateDocument = {"__meta__":{"operation":"mutation","operationName":"DismissDuplicate","hash":"sha256:7a43288a9d2de408e60c370bf5d83bd8d52861fda35788b9d39f432ec2792881"}} as unknown as DocumentNode<DismissDuplicateMutation, DismissDuplicateMutationVariables>;
export const SystemOverviewDocument = {"__meta__":{"operation":"query","operationName":"SystemOverview","hash":"sha256:16b374332d387567ca7a77399d378f7ecc829cd4ce7ca78aef6a627a8fe2ffad"}} as unknown as DocumentNode<SystemOverviewQuery, SystemOverviewQueryVariables>;
export const BackupsDocument = {"__meta__":{"operation":"query","operationName":"Backups","hash":"sha256:d95b07d369017ab3238e5c85c6b7c74bd2ee2fd31def4cb41e90ae7025dfd776"}} as unknown as DocumentNode<BackupsQuery, BackupsQueryVariables>;
export const BackUpNowDocument = {"__meta__":{"operation":"mutation","operationName":"BackUpNow","hash":"sha256:a720d187398f640f914d3ddb5faa74ee508febdf2961cbb2c729ad0c2985025d"}} as unknown as DocumentNode<BackUpNowMutation, BackUpNowMutationVariables>;
export const AdoptionReportDocument = {"__meta__":{"operation":"query","operationName":"AdoptionReport","hash":"sha256:ebf46a7b6d45d8701dbb9abc21384d4a5261f952b884af8b3591c15f82492b91"}} as unknown as DocumentNode<AdoptionReportQuery, AdoptionReportQueryVariables>;
export const AdoptionRowsDocument = {"__meta__":{"operation":"query","operationName":"AdoptionRows","hash":"sha256:5f8b4b06d51e74098744d863323611ccb4f3db7979f362f725520205ee5600e5"}} as unknown as DocumentNode<AdoptionRowsQuery, AdoptionRowsQueryVariables>;
export const RootCertificateDocument = {"__meta__":{"operation":"query","operationName":"RootCertificate","hash":"sha256:c7a9b2a6358eee0859fb96bce46af64916ecec7fe2c8349e9b3a4824e456d20d"}} as unknown as DocumentNode<RootCertificateQuery, RootCertificateQueryVariables>;
export const MessagesPauseDocument = {"__meta__":{"operation":"query","operationName":"MessagesPause","hash":"sha256:6c813bbf29704a6c1cd18e0951d618b4bdad715771527998934f723d2f77d925"}} as unknown as DocumentNode<MessagesPauseQuery, MessagesPauseQueryVariables>;
export const ResumeMessagesDocument = {"__meta__":{"operation":"mutation","operationName":"ResumeMessages","hash":"sha256:642206c6177e7c3f65f3e0efcf4e30b2384966f1f16698962afbdce7e98cddc0"}} as unknown as DocumentNode<ResumeMessagesMutation, ResumeMessagesMutationVariables>;