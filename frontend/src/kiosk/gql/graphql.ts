/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** A device that wants to be paired. */
export type AskToPairInput = {
  /** What it is for. */
  kind: KioskKind;
};

/** 1 to 50 presses, and what the device's clocks say while it sends them. */
export type CheckInBatchInput = {
  /** Now, by its steady counter. */
  monotonicMs: number;
  /** 1 to 50. */
  presses: Array<KioskPressInput>;
  /** Now, by the device's clock. */
  sentAt: string;
  /** The present run of the page. */
  session: string;
};

/** What a paired device is for. */
export type KioskKind =
  /** Members check in at it. */
  | 'CHECK_IN'
  /** It shows in the lobby who is here. */
  | 'LOBBY';

/** What came of a press. */
export type KioskOutcome =
  /** They are to see the desk, which knows. */
  | 'ASK_STAFF'
  /** The visit is recorded. */
  | 'CHECKED_IN'
  /** It is kept, and staff decide. */
  | 'FOR_STAFF'
  /** There was a visit just before: it is that one. */
  | 'REPEAT'
  /** They are to see the desk; nothing is kept for it to decide. */
  | 'SEE_DESK'
  /** Nothing came of it yet: send it again. */
  | 'TRY_AGAIN';

/** One press: who (one of handle, phone and code) and when, by the device's clocks. */
export type KioskPressInput = {
  /** How far the server's clock was ahead of the device's, as known at the press. */
  clockOffsetMs?: number | null | undefined;
  /** What was held up, likewise. */
  code?: string | null | undefined;
  /** Who, as a look-up or the roster named them. */
  handle?: string | null | undefined;
  /** When, by its steady counter. */
  monotonicMs: number;
  /** When, by the device's clock. */
  occurredAt: string;
  /** Whether the device decided by itself what to show. */
  offline: boolean;
  /** What was typed, where nobody could be looked up. */
  phone?: string | null | undefined;
  /** Made by the device before anything was shown; sent again, it gets the first answer. */
  requestId: string;
  /** Counts the presses of the device. */
  sequence: number;
  /** In which run of the page that counter counts. */
  session: string;
};

/** A language of the product. */
export type Language =
  /** English. */
  | 'EN'
  /** Spanish. */
  | 'ES';

/** What somebody typed or held up: one of both. */
export type LookUpInput = {
  /** The code on a member's card. */
  code?: string | null | undefined;
  /** A whole phone number. */
  phone?: string | null | undefined;
};

/** How a kiosk is. */
export type ReportKioskInput = {
  /** The version of its page. */
  appVersion: string;
  /** Whether its browser promised to keep them. */
  persisted: boolean;
  /** How many presses wait on it. */
  queued: number;
};

/** What a first-time visitor tells. */
export type WalkInInput = {
  /** An email address. */
  email?: string | null | undefined;
  /** Their first name. */
  firstName: string;
  /** The language that they chose at the kiosk. */
  language: Language;
  /** Their last name. */
  lastName: string;
  /** A phone. */
  phone?: string | null | undefined;
  /** Made by the device; sent again, nobody waits twice. */
  requestId: string;
};

export type AskToPairMutationVariables = Exact<{
  input: AskToPairInput;
}>;


export type AskToPairMutation = { __typename: 'Mutation', askToPair:
    | { __typename: 'LoginRefused', code: string, retryAfterSeconds: number | null }
    | { __typename: 'PairingAsked', code: string, token: string, expiresInSeconds: number }
   };

export type ReportKioskMutationVariables = Exact<{
  input: ReportKioskInput;
}>;


export type ReportKioskMutation = { __typename: 'Mutation', reportKiosk:
    | { __typename: 'KioskState', name: string, station: string | null, centreName: string, languages: Array<Language>, defaultLanguage: Language, sound: boolean, walkIn: boolean, accentLight: string | null, accentDark: string | null, logo: string | null, exitCodeHash: string, now: string, appVersion: string, exitPin: { __typename: 'KioskExitPin', salt: string, iterations: number, hash: string } | null }
    | { __typename: 'ValidationProblem', code: string }
   };

export type LookUpMutationVariables = Exact<{
  input: LookUpInput;
}>;


export type LookUpMutation = { __typename: 'Mutation', lookUp:
    | { __typename: 'LookedUp', waitSeconds: number, people: Array<{ __typename: 'KioskPerson', handle: string, firstName: string, initial: string, colour: string | null, picture: string | null, comfort: { __typename: 'KioskComfort', language: Language, largeText: boolean, noSound: boolean, noMotion: boolean } }> }
    | { __typename: 'ValidationProblem', code: string }
   };

export type CheckInBatchMutationVariables = Exact<{
  input: CheckInBatchInput;
}>;


export type CheckInBatchMutation = { __typename: 'Mutation', checkInBatch:
    | { __typename: 'CheckInBatchAnswered', now: string, answers: Array<{ __typename: 'KioskAnswer', requestId: string, outcome: KioskOutcome, sentence: string }> }
    | { __typename: 'ValidationProblem', code: string }
   };

export type WalkInMutationVariables = Exact<{
  input: WalkInInput;
}>;


export type WalkInMutation = { __typename: 'Mutation', walkIn:
    | { __typename: 'NotAllowed', code: string }
    | { __typename: 'ValidationProblem', fields: Array<{ __typename: 'FieldProblem', path: Array<string>, message: string }> }
    | { __typename: 'WalkInTaken', sentence: string }
   };

export type KioskRosterQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type KioskRosterQuery = { __typename: 'Query', kioskRoster: { __typename: 'KioskRoster', key: string, entries: Array<string>, next: string | null, madeAt: string } };

export type LobbyQueryVariables = Exact<{ [key: string]: never; }>;


export type LobbyQuery = { __typename: 'Query', lobby: { __typename: 'Lobby', centreName: string, here: number, tags: Array<string>, opensAt: string | null, closesAt: string | null, now: string, accentLight: string | null, accentDark: string | null, logo: string | null, languages: Array<Language>, defaultLanguage: Language, timeZone: string } };


export const AskToPairDocument = {"__meta__":{"operation":"mutation","operationName":"AskToPair","hash":"sha256:11ace2fa5c5816d405cc63dfb4d897e0d5bb5afba0df5edd2085166f21570929"}} as unknown as DocumentNode<AskToPairMutation, AskToPairMutationVariables>;
export const ReportKioskDocument = {"__meta__":{"operation":"mutation","operationName":"ReportKiosk","hash":"sha256:65fac7fd1662120b4e1e0add04eec2cce9e7dbe634d2c960b875ceeb25f01631"}} as unknown as DocumentNode<ReportKioskMutation, ReportKioskMutationVariables>;
export const LookUpDocument = {"__meta__":{"operation":"mutation","operationName":"LookUp","hash":"sha256:82301b3089d4c11c0b30751cee63143e20211abbe5f44ee481e09016a281875c"}} as unknown as DocumentNode<LookUpMutation, LookUpMutationVariables>;
export const CheckInBatchDocument = {"__meta__":{"operation":"mutation","operationName":"CheckInBatch","hash":"sha256:8d84633947ecece353e3263a42f549cfba3c96511c199c362edf1877fe5a37c8"}} as unknown as DocumentNode<CheckInBatchMutation, CheckInBatchMutationVariables>;
export const WalkInDocument = {"__meta__":{"operation":"mutation","operationName":"WalkIn","hash":"sha256:6cefc3d58f981b0816c1e2d1e40e34be1ca483bd581210be3fe7ea79c1e2aaa7"}} as unknown as DocumentNode<WalkInMutation, WalkInMutationVariables>;
export const KioskRosterDocument = {"__meta__":{"operation":"query","operationName":"KioskRoster","hash":"sha256:38fe48e6e02389a352b24347e4dc6471ebba73aadaa23ae2bcc39538d2f80f19"}} as unknown as DocumentNode<KioskRosterQuery, KioskRosterQueryVariables>;
export const LobbyDocument = {"__meta__":{"operation":"query","operationName":"Lobby","hash":"sha256:ee114547aca3236b4af826656b57bef42d5beb70b48e93e05c78c8c159f06ccd"}} as unknown as DocumentNode<LobbyQuery, LobbyQueryVariables>;