/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "mutation AskToPair($input: AskToPairInput!) {\n  askToPair(input: $input) {\n    ... on PairingAsked {\n      code\n      token\n      expiresInSeconds\n    }\n    ... on LoginRefused {\n      code\n      retryAfterSeconds\n    }\n  }\n}\n\nmutation ReportKiosk($input: ReportKioskInput!) {\n  reportKiosk(input: $input) {\n    ... on KioskState {\n      name\n      station\n      centreName\n      languages\n      defaultLanguage\n      sound\n      walkIn\n      accentLight\n      accentDark\n      logo\n      exitPin {\n        salt\n        iterations\n        hash\n      }\n      exitCodeHash\n      now\n      appVersion\n    }\n    ... on ValidationProblem {\n      code\n    }\n  }\n}\n\nmutation LookUp($input: LookUpInput!) {\n  lookUp(input: $input) {\n    ... on LookedUp {\n      waitSeconds\n      people {\n        handle\n        firstName\n        initial\n        colour\n        picture\n        comfort {\n          language\n          largeText\n          noSound\n          noMotion\n        }\n      }\n    }\n    ... on ValidationProblem {\n      code\n    }\n  }\n}\n\nmutation CheckInBatch($input: CheckInBatchInput!) {\n  checkInBatch(input: $input) {\n    ... on CheckInBatchAnswered {\n      now\n      answers {\n        requestId\n        outcome\n        sentence\n      }\n    }\n    ... on ValidationProblem {\n      code\n    }\n  }\n}\n\nmutation WalkIn($input: WalkInInput!) {\n  walkIn(input: $input) {\n    ... on WalkInTaken {\n      sentence\n    }\n    ... on ValidationProblem {\n      fields {\n        path\n        message\n      }\n    }\n    ... on NotAllowed {\n      code\n    }\n  }\n}\n\nquery KioskRoster($after: String) {\n  kioskRoster(after: $after) {\n    key\n    entries\n    next\n    madeAt\n  }\n}": typeof types.AskToPairDocument,
    "query Lobby {\n  lobby {\n    centreName\n    here\n    tags\n    opensAt\n    closesAt\n    now\n    accentLight\n    accentDark\n    logo\n    languages\n    defaultLanguage\n    timeZone\n  }\n}": typeof types.LobbyDocument,
};
const documents: Documents = {
    "mutation AskToPair($input: AskToPairInput!) {\n  askToPair(input: $input) {\n    ... on PairingAsked {\n      code\n      token\n      expiresInSeconds\n    }\n    ... on LoginRefused {\n      code\n      retryAfterSeconds\n    }\n  }\n}\n\nmutation ReportKiosk($input: ReportKioskInput!) {\n  reportKiosk(input: $input) {\n    ... on KioskState {\n      name\n      station\n      centreName\n      languages\n      defaultLanguage\n      sound\n      walkIn\n      accentLight\n      accentDark\n      logo\n      exitPin {\n        salt\n        iterations\n        hash\n      }\n      exitCodeHash\n      now\n      appVersion\n    }\n    ... on ValidationProblem {\n      code\n    }\n  }\n}\n\nmutation LookUp($input: LookUpInput!) {\n  lookUp(input: $input) {\n    ... on LookedUp {\n      waitSeconds\n      people {\n        handle\n        firstName\n        initial\n        colour\n        picture\n        comfort {\n          language\n          largeText\n          noSound\n          noMotion\n        }\n      }\n    }\n    ... on ValidationProblem {\n      code\n    }\n  }\n}\n\nmutation CheckInBatch($input: CheckInBatchInput!) {\n  checkInBatch(input: $input) {\n    ... on CheckInBatchAnswered {\n      now\n      answers {\n        requestId\n        outcome\n        sentence\n      }\n    }\n    ... on ValidationProblem {\n      code\n    }\n  }\n}\n\nmutation WalkIn($input: WalkInInput!) {\n  walkIn(input: $input) {\n    ... on WalkInTaken {\n      sentence\n    }\n    ... on ValidationProblem {\n      fields {\n        path\n        message\n      }\n    }\n    ... on NotAllowed {\n      code\n    }\n  }\n}\n\nquery KioskRoster($after: String) {\n  kioskRoster(after: $after) {\n    key\n    entries\n    next\n    madeAt\n  }\n}": types.AskToPairDocument,
    "query Lobby {\n  lobby {\n    centreName\n    here\n    tags\n    opensAt\n    closesAt\n    now\n    accentLight\n    accentDark\n    logo\n    languages\n    defaultLanguage\n    timeZone\n  }\n}": types.LobbyDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation AskToPair($input: AskToPairInput!) {\n  askToPair(input: $input) {\n    ... on PairingAsked {\n      code\n      token\n      expiresInSeconds\n    }\n    ... on LoginRefused {\n      code\n      retryAfterSeconds\n    }\n  }\n}\n\nmutation ReportKiosk($input: ReportKioskInput!) {\n  reportKiosk(input: $input) {\n    ... on KioskState {\n      name\n      station\n      centreName\n      languages\n      defaultLanguage\n      sound\n      walkIn\n      accentLight\n      accentDark\n      logo\n      exitPin {\n        salt\n        iterations\n        hash\n      }\n      exitCodeHash\n      now\n      appVersion\n    }\n    ... on ValidationProblem {\n      code\n    }\n  }\n}\n\nmutation LookUp($input: LookUpInput!) {\n  lookUp(input: $input) {\n    ... on LookedUp {\n      waitSeconds\n      people {\n        handle\n        firstName\n        initial\n        colour\n        picture\n        comfort {\n          language\n          largeText\n          noSound\n          noMotion\n        }\n      }\n    }\n    ... on ValidationProblem {\n      code\n    }\n  }\n}\n\nmutation CheckInBatch($input: CheckInBatchInput!) {\n  checkInBatch(input: $input) {\n    ... on CheckInBatchAnswered {\n      now\n      answers {\n        requestId\n        outcome\n        sentence\n      }\n    }\n    ... on ValidationProblem {\n      code\n    }\n  }\n}\n\nmutation WalkIn($input: WalkInInput!) {\n  walkIn(input: $input) {\n    ... on WalkInTaken {\n      sentence\n    }\n    ... on ValidationProblem {\n      fields {\n        path\n        message\n      }\n    }\n    ... on NotAllowed {\n      code\n    }\n  }\n}\n\nquery KioskRoster($after: String) {\n  kioskRoster(after: $after) {\n    key\n    entries\n    next\n    madeAt\n  }\n}"): (typeof documents)["mutation AskToPair($input: AskToPairInput!) {\n  askToPair(input: $input) {\n    ... on PairingAsked {\n      code\n      token\n      expiresInSeconds\n    }\n    ... on LoginRefused {\n      code\n      retryAfterSeconds\n    }\n  }\n}\n\nmutation ReportKiosk($input: ReportKioskInput!) {\n  reportKiosk(input: $input) {\n    ... on KioskState {\n      name\n      station\n      centreName\n      languages\n      defaultLanguage\n      sound\n      walkIn\n      accentLight\n      accentDark\n      logo\n      exitPin {\n        salt\n        iterations\n        hash\n      }\n      exitCodeHash\n      now\n      appVersion\n    }\n    ... on ValidationProblem {\n      code\n    }\n  }\n}\n\nmutation LookUp($input: LookUpInput!) {\n  lookUp(input: $input) {\n    ... on LookedUp {\n      waitSeconds\n      people {\n        handle\n        firstName\n        initial\n        colour\n        picture\n        comfort {\n          language\n          largeText\n          noSound\n          noMotion\n        }\n      }\n    }\n    ... on ValidationProblem {\n      code\n    }\n  }\n}\n\nmutation CheckInBatch($input: CheckInBatchInput!) {\n  checkInBatch(input: $input) {\n    ... on CheckInBatchAnswered {\n      now\n      answers {\n        requestId\n        outcome\n        sentence\n      }\n    }\n    ... on ValidationProblem {\n      code\n    }\n  }\n}\n\nmutation WalkIn($input: WalkInInput!) {\n  walkIn(input: $input) {\n    ... on WalkInTaken {\n      sentence\n    }\n    ... on ValidationProblem {\n      fields {\n        path\n        message\n      }\n    }\n    ... on NotAllowed {\n      code\n    }\n  }\n}\n\nquery KioskRoster($after: String) {\n  kioskRoster(after: $after) {\n    key\n    entries\n    next\n    madeAt\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Lobby {\n  lobby {\n    centreName\n    here\n    tags\n    opensAt\n    closesAt\n    now\n    accentLight\n    accentDark\n    logo\n    languages\n    defaultLanguage\n    timeZone\n  }\n}"): (typeof documents)["query Lobby {\n  lobby {\n    centreName\n    here\n    tags\n    opensAt\n    closesAt\n    now\n    accentLight\n    accentDark\n    logo\n    languages\n    defaultLanguage\n    timeZone\n  }\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;