/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Record a visit for what waits. */
export type AcceptKioskEventInput = {
  /** Whose visit it is, where the kiosk couldn't tell; a visitor without it becomes a new client. */
  clientId?: string | null | undefined;
  /** Which item. */
  id: string;
};

/** What kind of principal did something. OPERATOR: a command on the server. */
export type ActorKind =
  /** Nobody who is known: a sign-in that was refused, for example. */
  | 'ANONYMOUS'
  /** A program with an API key. */
  | 'API_KEY'
  /** Work in the background. */
  | 'JOB'
  /** A kiosk at the door. */
  | 'KIOSK'
  /** A command on the server. */
  | 'OPERATOR'
  /** A person who is signed in. */
  | 'USER';

/** A new authorization. Empty text counts as absent. */
export type AddAuthorizationInput = {
  /** True: it may share days with another one of this client. */
  allowOverlap?: boolean;
  /** The number of the authorization; at most 50 characters. */
  authorizationNumber?: string | null | undefined;
  /** Whose. */
  clientId: string;
  /** Last day, included. */
  endsOn: string;
  /** A new UUID for each intention; give the same one when you try again, and it is done once. */
  idempotencyKey?: string | null | undefined;
  /** A remark for staff; at most 2,000 characters. */
  note?: string | null | undefined;
  /** At most 20 characters. */
  serviceCode?: string | null | undefined;
  /** Whom to call; at most 200 characters. */
  serviceCoordinator?: string | null | undefined;
  /** As people write it; kept in E.164. */
  serviceCoordinatorPhone?: string | null | undefined;
  /** At most 20 characters. */
  serviceSubcode?: string | null | undefined;
  /** First day. */
  startsOn: string;
  /** The client's number at the regional centre; at most 50 characters. */
  uciNumber: string;
  /** What a unit is. */
  unit?: AuthorizationUnit;
  /** Authorised units a month, 1 to 10,000. */
  unitsPerMonth?: number | null | undefined;
  /** The centre's number as a vendor; at most 50 characters. */
  vendorNumber?: string | null | undefined;
};

/** A way to reach a client. */
export type AddContactMethodInput = {
  /** Whose. */
  clientId: string;
  /** A UUID of yours for this intention: sent again with the same one, nothing is made twice. */
  idempotencyKey?: string | null | undefined;
  /** What it is. */
  kind: ContactKind;
  /** Whose or which one it is: mother, work. */
  label?: string | null | undefined;
  /** Whether to use this one first among its kind; absent: where it is the first. */
  primary?: boolean | null | undefined;
  /** A phone (without a country code it is North American), an email address, a handle. */
  value?: string | null | undefined;
};

/** A new membership. */
export type AddMembershipInput = {
  /** True: it may share days with another one of this client. */
  allowOverlap?: boolean;
  /** Whose. */
  clientId: string;
  /** Last day. Absent: as the tier's period says. */
  endsOn?: string | null | undefined;
  /** A new UUID for each intention; give the same one when you try again, and it is done once. */
  idempotencyKey?: string | null | undefined;
  /** A remark for staff; at most 2,000 characters. */
  note?: string | null | undefined;
  /** First day. Absent: the day after the client's last membership ends, or today where that has passed. */
  startsOn?: string | null | undefined;
  /** The tier. */
  tierId: string;
};

/** A remark about a client. */
export type AddNoteInput = {
  /** Plain text, at most 10,000 characters. */
  body?: string | null | undefined;
  /** About whom. */
  clientId: string;
  /** A UUID of yours for this intention: sent again with the same one, nothing is made twice. */
  idempotencyKey?: string | null | undefined;
  /** Whether it shows as an alert at check-in. */
  pinned?: boolean;
};

/** Whether an API key works. REPLACED: it was rotated and works until its end, beside its successor. */
export type ApiKeyState =
  /** It works. */
  | 'ACTIVE'
  /** Its time is over. */
  | 'ENDED'
  /** It was rotated and works until its end, beside its successor. */
  | 'REPLACED'
  /** It was ended for good. */
  | 'REVOKED';

/** Pair the device that shows a code. */
export type ApproveKioskInput = {
  /** The eight signs; blanks, hyphens and case don't matter. */
  code: string;
  /** A UUID of your own: sent again, the same kiosk is answered and none is paired twice. */
  idempotencyKey?: string | null | undefined;
  /** Its name, at most 80 characters; no other kiosk may have it. */
  name: string;
  /** Where its visits happen. */
  stationId?: string | null | undefined;
};

/** Which entries; all conditions hold together. Days are the centre's. */
export type AuditFilter = {
  /** Actions that begin with one of these, such as `session.` or `client.merged`; at most 20. */
  actions?: Array<string> | null | undefined;
  /** By this kind of principal. */
  actorKind?: ActorKind | null | undefined;
  /** By this API key. */
  apiKeyId?: string | null | undefined;
  /** About this client or anything of theirs. */
  clientId?: string | null | undefined;
  /** The first day. */
  from?: string | null | undefined;
  /** Made by this request. */
  requestId?: string | null | undefined;
  /** About this one thing; needs `subjectType`. */
  subjectId?: string | null | undefined;
  /** About things of this kind, such as membership. */
  subjectType?: string | null | undefined;
  /** The last day, included. */
  to?: string | null | undefined;
  /** By this user. */
  userId?: string | null | undefined;
};

/** What the regional centre pays for. */
export type AuthorizationUnit =
  /** A day on which there was a visit, however many there were. */
  | 'DAY'
  /** An hour of presence; it counts once the visit is checked out. */
  | 'HOUR'
  /** A visit. */
  | 'VISIT';

/** Whoever wants to set up a second factor shows that they know the password. */
export type BeginSecondFactorInput = {
  /** One's own password. */
  currentPassword: string;
};

/** What may be done to many clients at once. ARCHIVE and RESTORE need `clients:archive`. */
export type BulkKind =
  /** Give them a tag. */
  | 'ADD_TAG'
  /** Archive them. */
  | 'ARCHIVE'
  /** Take a tag away. */
  | 'REMOVE_TAG'
  /** Bring them back from the archive. */
  | 'RESTORE';

/** What is to be done, and to whom: to those of a filter, or to those of them that were chosen. */
export type BulkPreviewInput = {
  /** Only these, at most 1,000, as far as they fulfil the filter. */
  clientIds?: Array<string> | null | undefined;
  /** As in `clients`. */
  filter?: ClientFilter | null | undefined;
  /** What to do. */
  kind: BulkKind;
  /** As in `clients`; here all who fit are meant, not the first 500. */
  search?: string | null | undefined;
  /** The tag to put on or to take off. */
  tagId?: string | null | undefined;
};

/** RUNNING: the worker is at it. DONE. STOPPED: it could not go on, because the tag was removed. */
export type BulkState =
  /** Everybody on the list was looked at. */
  | 'DONE'
  /** The worker is at it. */
  | 'RUNNING'
  /** It could not go on, because the tag was removed. */
  | 'STOPPED';

/** What a tier's visit cap counts: the visits of a whole membership, or of each calendar month of it. */
export type CapWindow =
  /** From its first to its last day. */
  | 'MEMBERSHIP'
  /** A calendar month. */
  | 'MONTH';

/** What to change; what is left out stays as it is. */
export type ChangeCentreSettingsInput = {
  /** The accent colour in the dark theme, likewise. */
  accentDark?: string | null | undefined;
  /** The accent colour in the light theme, as #rrggbb with a contrast of 4.5:1; null: the product's own. */
  accentLight?: string | null | undefined;
  /** Whether visits end at closing time by themselves. */
  checkOutAtClosing?: boolean | null | undefined;
  /** The currency of prices. */
  currency?: string | null | undefined;
  /** The language of new clients; one that is offered. */
  defaultLanguage?: Language | null | undefined;
  /** How many days to keep a known device, 30 to 400. */
  deviceDays?: number | null | undefined;
  /** The languages to offer, at least one. */
  languages?: Array<Language> | null | undefined;
  /** The centre's name, at most 120 characters. */
  name?: string | null | undefined;
  /** Seven weekdays from Monday; null is a closed day. */
  openingHours?: Array<OpeningHoursInput | null | undefined> | null | undefined;
  /** Minutes within which a second check-in is the first one again, 0 to 1440. */
  repeatWindowMinutes?: number | null | undefined;
  /** The roles whose users must have a second factor. */
  secondFactorRoles?: Array<UserRole> | null | undefined;
  /** How many days to keep a sign-in after its end, 30 to 400. */
  signInDays?: number | null | undefined;
  /** IANA name of the zone. Days of visits that were recorded stay as they are. */
  timeZone?: string | null | undefined;
  /** The version that was read. */
  version: number;
};

/** Tags to put on a client and to take off. */
export type ChangeClientTagsInput = {
  /** Tags to put on, at most 50. */
  add?: Array<string>;
  /** Whose. */
  clientId: string;
  /** Tags to take off, if they are on. */
  remove?: Array<string>;
};

/** What to change for all kiosks; what is left out stays as it is. */
export type ChangeKioskSettingsInput = {
  /** The staff's PIN to leave a kiosk's page, 4 to 8 digits; null: none. */
  exitPin?: string | null | undefined;
  /** Whether kiosks make sounds. */
  sound?: boolean | null | undefined;
  /** The version of the centre's settings that was read. */
  version: number;
  /** Whether first-time visitors may tell who they are. */
  walkIn?: boolean | null | undefined;
};

/** A change of one's own password. */
export type ChangePasswordInput = {
  /** The password as it is now. */
  currentPassword: string;
  /** The password as it shall be: 8 to 128 characters, none that others guess first. */
  newPassword: string;
};

/** The sentences to change; those that are not named stay. */
export type ChangePolicySentencesInput = {
  /** The sentences. */
  sentences: Array<PolicySentenceInput>;
  /** The version that was read. */
  version: number;
};

/** Which visits; all conditions hold together. Days are the centre's. */
export type CheckInFilter = {
  /** Of this client. */
  clientId?: string | null | undefined;
  /** The first day. */
  from?: string | null | undefined;
  /** Come in by one of these. */
  methods?: Array<CheckInMethod> | null | undefined;
  /** True: of those alone who are here now. */
  present?: boolean;
  /** With one of these standings at that moment. */
  standing?: Array<StandingStatus> | null | undefined;
  /** At this station. */
  stationId?: string | null | undefined;
  /** The last day, included. */
  to?: string | null | undefined;
  /** On the centre's present day alone. */
  today?: boolean;
  /** Recorded by this user. */
  userId?: string | null | undefined;
  /** True: voided ones alone. False: without them. Left out: both. */
  voided?: boolean | null | undefined;
};

/** One visit. */
export type CheckInIdInput = {
  /** The visit. */
  checkInId: string;
};

/** A wish to check somebody in. */
export type CheckInInput = {
  /** Who. */
  clientId: string;
  /** Why they may play although the policy blocks them, at most 500 characters. Needs `check-ins:override`. */
  overrideReason?: string | null | undefined;
  /** Made by the caller; sending it again returns the first answer. */
  requestId: string;
  /** Where. */
  stationId?: string | null | undefined;
};

/** How a visit came in. */
export type CheckInMethod =
  /** A program with an API key recorded it. */
  | 'API'
  /** It came with a file or from the predecessor. */
  | 'IMPORT'
  /** The client did, at a kiosk. */
  | 'KIOSK'
  /** Staff did, at a desk. */
  | 'STAFF';

/** What happens when somebody without a good standing checks in. REMIND: say what to do. ASK_STAFF: staff decide. */
export type CheckInPolicy =
  /** They come in without a word. */
  | 'ALLOW'
  /** Staff decide. */
  | 'ASK_STAFF'
  /** They don't come in, unless staff override it with a reason. */
  | 'BLOCK'
  /** They come in and are told what to do. */
  | 'REMIND';

/** Which clients; all conditions hold together. Those who were merged into another are never among them. */
export type ClientFilter = {
  /** True: one of the tags is enough. */
  anyTag?: boolean;
  /** True: archived ones alone. False: without them. */
  archived?: boolean;
  /** Anything of them was changed at this instant or later: they themselves, their contacts, notes, memberships, visits. */
  changedSince?: string | null | undefined;
  /** What they agreed to, or did not. */
  consents?: Array<ConsentCondition> | null | undefined;
  /** True: only those with a contact method that needs fixing. */
  contactToFix?: boolean;
  /** Exactly this service coordinator, on the client's own page or on one of their authorizations. */
  coordinator?: string | null | undefined;
  /** Came for the first time on this day or later. */
  firstVisitSince?: string | null | undefined;
  /** They prefer this language. */
  language?: Language | null | undefined;
  /** True: only those who never came. */
  neverVisited?: boolean;
  /** Put on file on this day or later. */
  newSince?: string | null | undefined;
  /** The last visit was more than so many days ago. Who never came is not among them: see `neverVisited`. */
  notVisitedForDays?: number | null | undefined;
  /** One of these standings today. */
  standing?: Array<StandingStatus> | null | undefined;
  /** All of these tags, or any of them: see `anyTag`. */
  tagIds?: Array<string> | null | undefined;
  /** Their standing is by a membership on one of these tiers. */
  tierIds?: Array<string> | null | undefined;
  /** The last visit was at most so many days ago, by the centre's days: 0 is today. */
  visitedWithinDays?: number | null | undefined;
};

/** By what a list of clients is sorted; who has no such value comes last. A search is sorted by how well it fits instead. */
export type ClientOrder =
  /** When they were put on file. */
  | 'CREATED'
  /** When they last came. */
  | 'LAST_CHECK_IN'
  /** Last name, then first name. */
  | 'NAME'
  /** The last day of their standing. */
  | 'STANDING_END';

/** A client at the version that you read. */
export type ClientVersionInput = {
  /** The client. */
  id: string;
  /** The version that you read; an older one is refused with what changed. */
  version: number;
};

/** What is known about a code. AMBIGUOUS: several cards say the same when spaces and hyphens are left out. */
export type CodeState =
  /** Several cards say the same when spaces and hyphens are left out. */
  | 'AMBIGUOUS'
  /** It is the card of an archived client. */
  | 'ARCHIVED'
  /** It is a client's card. */
  | 'FOUND'
  /** It is nobody's card. */
  | 'UNKNOWN';

/** The second step of signing in: the challenge, and either a code or a recovery code. */
export type CompleteLoginInput = {
  /** What login gave; good for five minutes and five tries, in the same browser. */
  challenge: string;
  /** The six digits that the app shows now; each code counts once. */
  code?: string | null | undefined;
  /** One of the recovery codes instead, in any case, with the hyphen or without; each counts once. */
  recoveryCode?: string | null | undefined;
};

/** The first code of the app. */
export type ConfirmSecondFactorInput = {
  /** The six digits that the app shows now. */
  code: string;
};

/** A kind of consent and what the newest word on it is. */
export type ConsentCondition = {
  /** True: given and not withdrawn. False: withdrawn, or never asked. */
  granted: boolean;
  /** What it is about. */
  kind: ConsentKind;
};

/** What somebody may agree to. */
export type ConsentKind =
  /** Being written to by email. */
  | 'EMAIL'
  /** Their gamer tag on the screen in the lobby. */
  | 'LOBBY'
  /** Being photographed. */
  | 'PHOTO'
  /** Being sent text messages. */
  | 'SMS'
  /** The centre's terms. */
  | 'TERMS'
  /** The waiver of liability. */
  | 'WAIVER';

/** How somebody can be reached. */
export type ContactKind =
  /** A Discord handle. */
  | 'DISCORD'
  /** An email address. */
  | 'EMAIL'
  /** A phone number, in E.164. */
  | 'PHONE';

/** A new API key. */
export type CreateApiKeyInput = {
  /** How many requests it may send in a clock hour, 1 to 100,000. */
  callsAnHour?: number;
  /** From when on it is refused; null: never. */
  endsAt?: string | null | undefined;
  /** A new UUID for each intention; give the same one when you try again, and it is done once. */
  idempotencyKey?: string | null | undefined;
  /** Who will use it; at most 100 characters. */
  name: string;
  /** What it may do, such as "clients:read". See apiKeyScopes. */
  scopes: Array<string>;
};

/** Somebody to put on file. One of the two names is needed; blank fields count as absent. */
export type CreateClientInput = {
  /** Their first authorization, with their UCI number. Needs `memberships:write`. */
  authorization?: FirstAuthorizationInput | null | undefined;
  /** Date of birth, not in the future. */
  dateOfBirth?: string | null | undefined;
  /** Their email address. */
  email?: string | null | undefined;
  /** Given name. */
  firstName?: string | null | undefined;
  /** What others may see of them in the lobby, with their consent; at most 40 characters. */
  gamerTag?: string | null | undefined;
  /** Parent or guardian. */
  guardianName?: string | null | undefined;
  /** The guardian's phone. */
  guardianPhone?: string | null | undefined;
  /** What the guardian is to them: mother, conservator. */
  guardianRelation?: string | null | undefined;
  /** A UUID of yours for this intention: sent again with the same one, nothing is made twice. */
  idempotencyKey?: string | null | undefined;
  /** The colour of their own choosing at the kiosk: red, orange, amber, green, teal, blue, violet or pink. */
  kioskColour?: string | null | undefined;
  /** The picture of their own choosing: cat, dog, fox, owl, fish, turtle, rocket, star, moon, sun, tree, flower, ball, guitar, robot or dragon. */
  kioskPicture?: string | null | undefined;
  /** The language they prefer; absent: the centre's for new clients. */
  language?: Language | null | undefined;
  /** Show large text at the kiosk. */
  largeText?: boolean | null | undefined;
  /** Family name. */
  lastName?: string | null | undefined;
  /** The code on a card that they have already; absent: one is made. */
  memberCode?: string | null | undefined;
  /** Move nothing at the kiosk. */
  noMotion?: boolean | null | undefined;
  /** Make no sound at the kiosk. */
  noSound?: boolean | null | undefined;
  /** A first note. */
  note?: string | null | undefined;
  /** Their phone; without a country code it is North American. */
  phone?: string | null | undefined;
  /** What they like to be called, where it is not the given name. */
  preferredName?: string | null | undefined;
  /** Whom to call at the regional centre. */
  serviceCoordinator?: string | null | undefined;
  /** The coordinator's email address. */
  serviceCoordinatorEmail?: string | null | undefined;
  /** The coordinator's phone. */
  serviceCoordinatorPhone?: string | null | undefined;
  /** Tags to put on them, at most 50. */
  tagIds?: Array<string> | null | undefined;
};

/** A new station. */
export type CreateStationInput = {
  /** Made by the caller; sending it again makes no second one. */
  idempotencyKey?: string | null | undefined;
  /** At most 80 characters; no other station has it. */
  name: string;
};

/** A new tag. */
export type CreateTagInput = {
  /** slate, red, orange, amber, green, teal, blue, violet or pink. Absent: slate. */
  colour?: string | null | undefined;
  /** What it is for. */
  description?: string | null | undefined;
  /** A UUID of yours for this intention: sent again with the same one, nothing is made twice. */
  idempotencyKey?: string | null | undefined;
  /** The word on it, at most 60 characters; no other tag may have it. */
  name?: string | null | undefined;
};

/** A new tier. */
export type CreateTierInput = {
  /** What the cap counts. */
  capWindow?: CapWindow;
  /** Short and unique in any case: letters, digits and hyphens, at most 40. */
  code: string;
  /** slate, red, orange, amber, green, teal, blue, violet or pink. */
  colour?: string;
  /** What it is, for staff; at most 500 characters. */
  description?: string | null | undefined;
  /** A new UUID for each intention; give the same one when you try again, and it is done once. */
  idempotencyKey?: string | null | undefined;
  /** True: its policy holds for clients without a membership, from now on. */
  isDefault?: boolean;
  /** Its name; at most 120 characters. */
  name: string;
  /** Or how many days, 1 to 3,660. With neither, the end is given by hand. */
  periodDays?: number | null | undefined;
  /** How many months a membership lasts, 1 to 120. */
  periodMonths?: number | null | undefined;
  /** What happens at check-in when it has run out. */
  policy?: CheckInPolicy;
  /** Its price in hundredths of the centre's currency, for display. */
  priceCents?: number | null | undefined;
  /** What is said in English where the policy applies; at most 200 characters. Null: the built-in words. */
  sentenceEn?: string | null | undefined;
  /** The same in Spanish. */
  sentenceEs?: string | null | undefined;
  /** How many visits it covers, 1 to 10,000; null for any number. */
  visitCap?: number | null | undefined;
};

/** Somebody who shall sign in. */
export type CreateUserInput = {
  /** The name that others see, 1 to 120 characters. */
  displayName: string;
  /** Email address, in any case; nobody else may have it. */
  email: string;
  /** How they get in the first time. */
  how: WayIn;
  /** A UUID of yours for this intention: sent again with the same one, nobody is made twice. Whoever has not come in yet gets a new password or link then, and the first one is worthless. */
  idempotencyKey?: string | null | undefined;
  /** The language that they see first. Absent: English. */
  language?: Language | null | undefined;
  /** What they are. */
  role: UserRole;
  /** Short name for signing in, without spaces and @; in any case. Null: none. */
  username?: string | null | undefined;
};

/** A tag at the version that you read. */
export type DeleteTagInput = {
  /** Which tag. */
  id: string;
  /** The version that you read; an older one is refused with what changed. */
  version: number;
};

/** A view at the version that you read. */
export type DeleteViewInput = {
  /** Which view. */
  id: string;
  /** The version that you read. */
  version: number;
};

/** Which way a list is sorted. */
export type Direction =
  /** The least first. */
  | 'ASCENDING'
  /** The greatest first. */
  | 'DESCENDING';

/** Two clients who are not the same person, in either order. */
export type DismissDuplicateInput = {
  /** One of the two. */
  clientId: string;
  /** The other one. */
  otherId: string;
};

/** Record nothing for what waits. */
export type DismissKioskEventInput = {
  /** Which item. */
  id: string;
  /** Why, at most 200 characters. */
  reason?: string | null | undefined;
};

/** A membership or an authorization that ends before its time. */
export type EndInput = {
  /** The new last day, earlier than the present one. Absent: today. */
  endsOn?: string | null | undefined;
  /** Which. */
  id: string;
  /** Why; at most 200 characters. */
  reason: string;
  /** The version that was read. */
  version: number;
};

/** A session. */
export type EndSessionInput = {
  /** The session, one's own; an admin may end anybody's. */
  id: string;
};

/** Whom to erase. There is no way back. */
export type EraseClientInput = {
  /** The client. */
  id: string;
  /** First and last name, typed to confirm it. Case, accents and blanks don't count. */
  name: string;
  /** Why. */
  reason: ErasureReason;
};

/** Why somebody is erased. */
export type ErasureReason =
  /** They should never have been on file. */
  | 'ENTERED_BY_MISTAKE'
  /** Their guardian asked for it. */
  | 'GUARDIAN_REQUEST'
  /** They asked for it. */
  | 'OWN_REQUEST'
  /** Their data have been kept for as long as they may be. */
  | 'RETENTION_ENDED';

/** A membership or an authorization that is to last longer. */
export type ExtendInput = {
  /** True: it may share days with another one of this client. */
  allowOverlap?: boolean;
  /** The new last day, later than the present one. */
  endsOn: string;
  /** Which. */
  id: string;
  /** The version that was read. */
  version: number;
};

/** The authorization with which somebody comes: its units are visits. Blank fields count as absent. */
export type FirstAuthorizationInput = {
  /** Its number; at most 50 characters. */
  authorizationNumber?: string | null | undefined;
  /** Last day, included; needed. */
  endsOn?: string | null | undefined;
  /** First day; needed. */
  startsOn?: string | null | undefined;
  /** The client's number at the regional centre; needed, at most 50 characters. */
  uciNumber?: string | null | undefined;
  /** Authorised visits a month, 1 to 10,000. */
  unitsPerMonth?: number | null | undefined;
};

/** Two tags to make one of. */
export type JoinTagsInput = {
  /** The one that goes; whoever carries it carries the other one afterwards. */
  id: string;
  /** The one that stays. */
  intoId: string;
};

/** A visit as it was written down while the program could not be used. */
export type KeyInVisitInput = {
  /** Who. */
  clientId: string;
  /** When they came: with the zone, not in the future, at most 60 days ago. */
  happenedAt: string;
  /** When they left, if that is known: after they came and within a day. A visit that staff ended keeps its end. */
  leftAt?: string | null | undefined;
  /** Made by the caller; sending it again returns the first answer. */
  requestId: string;
  /** Where. */
  stationId?: string | null | undefined;
};

/** What was decided. */
export type KioskDecision =
  /** A visit was recorded. */
  | 'ACCEPTED'
  /** Nothing was recorded. */
  | 'DISMISSED'
  /** It was decided by itself: the client was checked in meanwhile. */
  | 'SETTLED';

/** Why a person has to decide. */
export type KioskDoubt =
  /** Several clients have this phone or a code that looks alike. */
  | 'AMBIGUOUS'
  /** The client is archived. */
  | 'ARCHIVED'
  /** The policy of the client's tier sends them to the desk. */
  | 'ASK_STAFF'
  /** The policy of the client's tier keeps them out. */
  | 'BLOCKED'
  /** By the kiosk's clock it is still to come. */
  | 'FUTURE'
  /** It was more than 14 days ago. */
  | 'LONG_AGO'
  /** Nobody has this phone or code. */
  | 'UNKNOWN'
  /** A first-time visitor told who they are. */
  | 'WALK_IN';

/** What a paired device is for. */
export type KioskKind =
  /** Members check in at it. */
  | 'CHECK_IN'
  /** It shows in the lobby who is here. */
  | 'LOBBY';

/** A language of the product. */
export type Language =
  /** English. */
  | 'EN'
  /** Spanish. */
  | 'ES';

/** What somebody types to sign in. */
export type LoginInput = {
  /** Email address or username, in any case. */
  identifier: string;
  /** The password. */
  password: string;
};

/** Whose value is kept in one field. */
export type MergeChoiceInput = {
  /** Whose value wins: one of the clients of this merge. */
  clientId: string;
  /** The field. */
  field: MergeField;
};

/** Who is merged, each with the version that was read. */
export type MergeClientsInput = {
  /** Whose values win; the rest as suggested. */
  choices?: Array<MergeChoiceInput>;
  /** A UUID of this intention: sent again, nothing more is done. */
  idempotencyKey?: string | null | undefined;
  /** The client who is kept. */
  kept: ClientVersionInput;
  /** Those who are merged into that one, at most nine. */
  merged: Array<ClientVersionInput>;
};

/** What the clients of a merge may differ in; each comes whole from one of them. */
export type MergeField =
  /** `Client.dateOfBirth`. */
  | 'DATE_OF_BIRTH'
  /** `Client.firstName`. */
  | 'FIRST_NAME'
  /** `Client.gamerTag`. */
  | 'GAMER_TAG'
  /** `Client.guardianName`. */
  | 'GUARDIAN_NAME'
  /** `Client.guardianPhone`. */
  | 'GUARDIAN_PHONE'
  /** `Client.guardianRelation`. */
  | 'GUARDIAN_RELATION'
  /** `Comfort.colour`. */
  | 'KIOSK_COLOUR'
  /** `Comfort.picture`. */
  | 'KIOSK_PICTURE'
  /** `Client.language`. */
  | 'LANGUAGE'
  /** `Comfort.largeText`. */
  | 'LARGE_TEXT'
  /** `Client.lastName`. */
  | 'LAST_NAME'
  /** `Client.memberCode`. */
  | 'MEMBER_CODE'
  /** `Comfort.noMotion`. */
  | 'NO_MOTION'
  /** `Comfort.noSound`. */
  | 'NO_SOUND'
  /** `Client.preferredName`. */
  | 'PREFERRED_NAME'
  /** `Client.serviceCoordinator`. */
  | 'SERVICE_COORDINATOR'
  /** `Client.serviceCoordinatorEmail`. */
  | 'SERVICE_COORDINATOR_EMAIL'
  /** `Client.serviceCoordinatorPhone`. */
  | 'SERVICE_COORDINATOR_PHONE';

/** What belongs to a client and moves with them. */
export type MergeKind =
  /** Authorizations. */
  | 'AUTHORIZATIONS'
  /** Consents. */
  | 'CONSENTS'
  /** Phones, email addresses, handles. */
  | 'CONTACT_METHODS'
  /** Links to ggLeap accounts. */
  | 'GGLEAP_LINKS'
  /** Memberships. */
  | 'MEMBERSHIPS'
  /** Messages to them. */
  | 'MESSAGES'
  /** Notes. */
  | 'NOTES'
  /** Tags. */
  | 'TAGS'
  /** Check-ins. */
  | 'VISITS';

/** Who would be merged. */
export type MergePreviewInput = {
  /** Whose values win; the rest as suggested. */
  choices?: Array<MergeChoiceInput>;
  /** The client who is kept. */
  keptId: string;
  /** Those who are merged into that one, at most nine. */
  mergedIds: Array<string>;
};

/** A code of the second factor, or a recovery code. */
export type NewRecoveryCodesInput = {
  /** The six digits that the app shows now; each code counts once. */
  code?: string | null | undefined;
  /** One of the recovery codes instead, in any case, with the hyphen or without; each counts once. */
  recoveryCode?: string | null | undefined;
};

/** A note at the version that you read. */
export type NoteVersionInput = {
  /** Which note. */
  id: string;
  /** The version that you read; an older one is refused with what changed. */
  version: number;
};

/** A one-time link. */
export type OpenSignInLinkInput = {
  /** What stands behind the # of the link. */
  token: string;
};

/** The hours of one weekday, as HH:MM by the centre's clock. */
export type OpeningHoursInput = {
  /** Closing time. Earlier than `opens`: on the next day. */
  closes: string;
  /** Opening time. */
  opens: string;
};

/** A sentence of the centre's own; a tier's own sentence goes before it. */
export type PolicySentenceInput = {
  /** The language. */
  language: Language;
  /** At most 200 characters; null or blank: the product's own sentence. */
  own?: string | null | undefined;
  /** The policy. */
  policy: CheckInPolicy;
};

/** A membership or an authorization that was removed and is to be there again, as it was. */
export type PutBackInput = {
  /** The id that it had. */
  id: string;
};

/** A line for a client's consent history. */
export type RecordConsentInput = {
  /** Whose. */
  clientId: string;
  /** True: given. False: withdrawn. */
  granted: boolean;
  /** When, with its time zone; absent: now. */
  happenedAt?: string | null | undefined;
  /** A UUID of yours for this intention: sent again with the same one, nothing is made twice. */
  idempotencyKey?: string | null | undefined;
  /** What it is about. */
  kind: ConsentKind;
  /** Where: a form, the desk, a call. */
  source?: string | null | undefined;
};

/** What became of a row that was not simply copied. CHANGED: it was copied, but a value of it is not as it was. */
export type RemarkOutcome =
  /** It stayed in the schema `legacy`. */
  | 'ASIDE'
  /** It was copied, but a value of it is not as it was. */
  | 'CHANGED'
  /** It was joined with another row. */
  | 'JOINED';

/** A contact method at the version that you read. */
export type RemoveContactMethodInput = {
  /** Which one. */
  id: string;
  /** The version that you read; an older one is refused with what changed. */
  version: number;
};

/** A membership or an authorization that was a mistake. */
export type RemoveInput = {
  /** Which. */
  id: string;
  /** The version that was read. */
  version: number;
};

/** A code of the second factor, or a recovery code. */
export type RemoveSecondFactorInput = {
  /** The six digits that the app shows now; each code counts once. */
  code?: string | null | undefined;
  /** One of the recovery codes instead, in any case, with the hyphen or without; each counts once. */
  recoveryCode?: string | null | undefined;
};

/** Another name for a station. */
export type RenameStationInput = {
  /** The station. */
  id: string;
  /** At most 80 characters; no other station has it. */
  name: string;
};

/** An authorization to renew. What is absent is as in the one before, but for the number of the authorization. */
export type RenewAuthorizationInput = {
  /** True: it may share days with another one of this client. */
  allowOverlap?: boolean;
  /** The new number, where there is one already. */
  authorizationNumber?: string | null | undefined;
  /** Last day. Absent: as long as the authorization lasted. */
  endsOn?: string | null | undefined;
  /** The authorization that ends or has ended. */
  id: string;
  /** A new UUID for each intention; give the same one when you try again, and it is done once. */
  idempotencyKey?: string | null | undefined;
  /** A remark for staff; at most 2,000 characters. */
  note?: string | null | undefined;
  /** First day. Absent: as `renewal` says. */
  startsOn?: string | null | undefined;
  /** The client's number at the regional centre, where it was not known. */
  uciNumber?: string | null | undefined;
  /** Authorised units a month. Absent: as before. */
  unitsPerMonth?: number | null | undefined;
};

/** A membership to renew. */
export type RenewMembershipInput = {
  /** True: it may share days with another one of this client. */
  allowOverlap?: boolean;
  /** Last day. Absent: as the tier's period says; where it has none, as long as the membership lasted. */
  endsOn?: string | null | undefined;
  /** The membership that ends or has ended. */
  id: string;
  /** A new UUID for each intention; give the same one when you try again, and it is done once. */
  idempotencyKey?: string | null | undefined;
  /** A remark for staff; at most 2,000 characters. */
  note?: string | null | undefined;
  /** First day. Absent: as `renewal` says. */
  startsOn?: string | null | undefined;
  /** Another tier for what follows. Absent: the same. */
  tierId?: string | null | undefined;
};

/** Whose password becomes worthless, and what they get instead. */
export type ResetPasswordInput = {
  /** How they get in now. */
  how: WayIn;
  /** The user. */
  id: string;
};

/** Whose second factor to take away. */
export type ResetSecondFactorInput = {
  /** The user. */
  id: string;
};

/** A contact method that was removed a moment ago, at the version at which it was removed. */
export type RestoreContactMethodInput = {
  /** The id that it had. */
  id: string;
  /** A UUID of yours for this intention: sent again with the same one, nothing is made twice. */
  idempotencyKey?: string | null | undefined;
  /** `changedVersion` of the removal. */
  version: number;
};

/** Which pause to end. */
export type ResumeMessagesInput = {
  /** `messagesPausedAt` as it was read: a later pause stays. */
  pausedAt: string;
};

/** Which API key shall end at once and for good. */
export type RevokeApiKeyInput = {
  /** The key. */
  id: string;
};

/** A kiosk to cut off. */
export type RevokeKioskInput = {
  /** Which kiosk. */
  id: string;
};

/** Which API key shall get a new secret, and for how long the old one works on. */
export type RotateApiKeyInput = {
  /** The key. */
  id: string;
  /** For how long the old secret works beside the new one: 0 to 168. */
  overlapHours?: number;
  /** The version that was read. */
  version: number;
};

/** Which list, and what of it; all conditions hold together. */
export type RunningOutFilter = {
  /** Of this service coordinator: the authorization's, else the client's. */
  coordinator?: string | null | undefined;
  /** Within how many days from today, or since how many days, 1 to 365. */
  days?: number;
  /** Memberships of one of these tiers alone. */
  tierIds?: Array<string> | null | undefined;
  /** Which of the two lists. */
  which: RunningOutList;
};

/** EXPIRING: the last covered day is to come. EXPIRED: it has passed. */
export type RunningOutList =
  /** The last covered day has passed. */
  | 'EXPIRED'
  /** The last covered day is to come. */
  | 'EXPIRING';

/** A view to keep. */
export type SaveViewInput = {
  /** Made by you: the same key makes one view. */
  idempotencyKey?: string | null | undefined;
  /** A name that you have not used on this page, at most 80 characters. */
  name: string;
  /** `clients` or `check-ins`. */
  page: string;
  /** Whether everybody is to see it. */
  shared?: boolean;
  /** What the page shows. */
  state: Array<ViewParameterInput>;
};

/** A one-time link, and the password that it sets. */
export type SetPasswordByLinkInput = {
  /** The password as it shall be: 8 to 128 characters, none that others guess first. */
  newPassword: string;
  /** What stands behind the # of the link. */
  token: string;
};

/** Whether a part of the installation works. SILENT: no sign of life from it lately. */
export type SignOfLife =
  /** It does not answer. */
  | 'DOWN'
  /** It works. */
  | 'OK'
  /** No sign of life from it lately. */
  | 'SILENT';

/** What was typed so far. Anything may be absent, half written or wrong: it then finds nobody. */
export type SimilarClientsInput = {
  /** Date of birth. */
  dateOfBirth?: string | null | undefined;
  /** An email address, as it was typed. */
  email?: string | null | undefined;
  /** A client who is not to be named: the one that is edited. */
  exceptId?: string | null | undefined;
  /** Given name. */
  firstName?: string | null | undefined;
  /** Family name. */
  lastName?: string | null | undefined;
  /** A phone, as it was typed. */
  phone?: string | null | undefined;
  /** The number at the regional centre. */
  uciNumber?: string | null | undefined;
};

/** Why somebody may be the same person, the surest first. */
export type SimilarReason =
  /** The same email address. */
  | 'SAME_EMAIL'
  /** The same name and date of birth. */
  | 'SAME_NAME_AND_BIRTHDAY'
  /** The same phone number. */
  | 'SAME_PHONE'
  /** The same UCI number. */
  | 'SAME_UCI'
  /** A name that sounds or looks alike. */
  | 'SIMILAR_NAME';

/** Which kind of row decided a standing. */
export type StandingSource =
  /** An authorization. */
  | 'AUTHORIZATION'
  /** A membership. */
  | 'MEMBERSHIP';

/** What a client's memberships and authorizations add up to. EXPIRING: 30 days or fewer left. */
export type StandingStatus =
  /** Covered today, for more than 30 days. */
  | 'ACTIVE'
  /** Covered once, and no longer. */
  | 'EXPIRED'
  /** Covered today, for 30 days or fewer. */
  | 'EXPIRING'
  /** Never covered. */
  | 'NONE'
  /** Not covered today, but later. */
  | 'PENDING';

/** A change that was counted and agreed to. */
export type StartBulkChangeInput = {
  /** Only these, at most 1,000, as far as they fulfil the filter. */
  clientIds?: Array<string> | null | undefined;
  /** The `count` of the preview. Where it is another one by now, nothing is begun. */
  expectedCount: number;
  /** As in `clients`. */
  filter?: ClientFilter | null | undefined;
  /** Made by you: the same key begins one change. */
  idempotencyKey?: string | null | undefined;
  /** What to do. */
  kind: BulkKind;
  /** As in `clients`; here all who fit are meant, not the first 500. */
  search?: string | null | undefined;
  /** The tag to put on or to take off. */
  tagId?: string | null | undefined;
};

/** One station. */
export type StationIdInput = {
  /** The station. */
  id: string;
};

/** The colours that a user prefers; SYSTEM follows the device. */
export type Theme =
  /** Dark. */
  | 'DARK'
  /** Light. */
  | 'LIGHT'
  /** As the device has it. */
  | 'SYSTEM';

/** A tier as it was read. */
export type TierVersionInput = {
  /** The tier. */
  id: string;
  /** The version that was read. */
  version: number;
};

/** Which change to take back. */
export type UndoBulkChangeInput = {
  /** Which change. */
  id: string;
  /** Made by you: the same key begins one change. */
  idempotencyKey?: string | null | undefined;
};

/** Which merge to take back. */
export type UndoMergeInput = {
  /** Its id, or that of any other client merged in the same step. */
  mergeId: string;
};

/** What to change of an API key. What is absent stays as it is. */
export type UpdateApiKeyInput = {
  /** Absent: stays as it is. How many requests it may send in a clock hour, 1 to 100,000. */
  callsAnHour?: number | null | undefined;
  /** Absent: stays as it is. Null: it never ends. */
  endsAt?: string | null | undefined;
  /** The key. */
  id: string;
  /** Absent: stays as it is. */
  name?: string | null | undefined;
  /** Absent: stays as it is. Otherwise all of them: What it may do, such as "clients:read". See apiKeyScopes. */
  scopes?: Array<string> | null | undefined;
  /** The version that was read. */
  version: number;
};

/** What to change of an authorization. What is absent stays as it is. */
export type UpdateAuthorizationInput = {
  /** True: it may share days with another one of this client. */
  allowOverlap?: boolean;
  /** Absent: stays as it is. Null or empty: cleared. */
  authorizationNumber?: string | null | undefined;
  /** Absent: stays as it is. Null or empty: cleared. */
  endReason?: string | null | undefined;
  /** Absent: stays as it is. */
  endsOn?: string | null | undefined;
  /** The authorization. */
  id: string;
  /** Absent: stays as it is. Null or empty: cleared. */
  note?: string | null | undefined;
  /** Absent: stays as it is. Null or empty: cleared. */
  serviceCode?: string | null | undefined;
  /** Absent: stays as it is. Null or empty: cleared. */
  serviceCoordinator?: string | null | undefined;
  /** Absent: stays as it is. Null or empty: cleared. */
  serviceCoordinatorPhone?: string | null | undefined;
  /** Absent: stays as it is. Null or empty: cleared. */
  serviceSubcode?: string | null | undefined;
  /** Absent: stays as it is. */
  startsOn?: string | null | undefined;
  /** Absent: stays as it is. */
  uciNumber?: string | null | undefined;
  /** Absent: stays as it is. */
  unit?: AuthorizationUnit | null | undefined;
  /** Absent: stays as it is. Null or empty: cleared. */
  unitsPerMonth?: number | null | undefined;
  /** Absent: stays as it is. Null or empty: cleared. */
  vendorNumber?: string | null | undefined;
  /** The version that was read. */
  version: number;
};

/** What to change about a client: an absent field stays, null or a blank text clears it. */
export type UpdateClientInput = {
  /** Date of birth, not in the future. */
  dateOfBirth?: string | null | undefined;
  /** Given name. One of the two names must stay. */
  firstName?: string | null | undefined;
  /** What others may see of them in the lobby, with their consent; at most 40 characters. */
  gamerTag?: string | null | undefined;
  /** Parent or guardian. */
  guardianName?: string | null | undefined;
  /** The guardian's phone. */
  guardianPhone?: string | null | undefined;
  /** What the guardian is to them. */
  guardianRelation?: string | null | undefined;
  /** The client. */
  id: string;
  /** The colour of their own choosing at the kiosk: red, orange, amber, green, teal, blue, violet or pink. */
  kioskColour?: string | null | undefined;
  /** The picture of their own choosing: cat, dog, fox, owl, fish, turtle, rocket, star, moon, sun, tree, flower, ball, guitar, robot or dragon. */
  kioskPicture?: string | null | undefined;
  /** The language they prefer; it can't be cleared. */
  language?: Language | null | undefined;
  /** Show large text at the kiosk. */
  largeText?: boolean | null | undefined;
  /** Family name. */
  lastName?: string | null | undefined;
  /** The code on their card; nobody else may have it. */
  memberCode?: string | null | undefined;
  /** Move nothing at the kiosk. */
  noMotion?: boolean | null | undefined;
  /** Make no sound at the kiosk. */
  noSound?: boolean | null | undefined;
  /** What they like to be called. */
  preferredName?: string | null | undefined;
  /** Whom to call at the regional centre. */
  serviceCoordinator?: string | null | undefined;
  /** The coordinator's email address. */
  serviceCoordinatorEmail?: string | null | undefined;
  /** The coordinator's phone. */
  serviceCoordinatorPhone?: string | null | undefined;
  /** The version that you read; an older one is refused with what changed. */
  version: number;
};

/** What to change about a contact method: an absent field stays, null or a blank label clears it. */
export type UpdateContactMethodInput = {
  /** Which one. */
  id: string;
  /** Whose or which one it is. */
  label?: string | null | undefined;
  /** Whether nothing may be sent to it. */
  optedOut?: boolean | null | undefined;
  /** Whether to use this one first; another one of its kind steps down. */
  primary?: boolean | null | undefined;
  /** Another value; it is no longer verified then. It can't be cleared. */
  value?: string | null | undefined;
  /** Whether somebody proved that it is theirs. */
  verified?: boolean | null | undefined;
  /** The version that you read; an older one is refused with what changed. */
  version: number;
};

/** A change of a kiosk. */
export type UpdateKioskInput = {
  /** Which kiosk. */
  id: string;
  /** Another name. */
  name?: string | null | undefined;
  /** Another station; null: none. */
  stationId?: string | null | undefined;
  /** The version that was read. */
  version: number;
};

/** What to change of a membership. What is absent stays as it is. */
export type UpdateMembershipInput = {
  /** True: it may share days with another one of this client. */
  allowOverlap?: boolean;
  /** Absent: stays as it is. Null or empty: cleared. */
  endReason?: string | null | undefined;
  /** Absent: stays as it is. */
  endsOn?: string | null | undefined;
  /** The membership. */
  id: string;
  /** Absent: stays as it is. Null or empty: cleared. */
  note?: string | null | undefined;
  /** Absent: stays as it is. */
  startsOn?: string | null | undefined;
  /** Absent: stays as it is. */
  tierId?: string | null | undefined;
  /** The version that was read. */
  version: number;
};

/** What to change about a note: an absent field stays. */
export type UpdateNoteInput = {
  /** Another text. It can't be cleared: delete the note instead. */
  body?: string | null | undefined;
  /** Which note. */
  id: string;
  /** Whether it shows as an alert at check-in. */
  pinned?: boolean | null | undefined;
  /** The version that you read; an older one is refused with what changed. */
  version: number;
};

/** What to change of one's own profile. What is absent stays as it is. */
export type UpdateProfileInput = {
  /** The language to use. Can't be null. */
  language?: Language | null | undefined;
  /** The colours to use. Can't be null. */
  theme?: Theme | null | undefined;
};

/** What to change about a tag: an absent field stays, null or a blank description clears it. */
export type UpdateTagInput = {
  /** slate, red, orange, amber, green, teal, blue, violet or pink. */
  colour?: string | null | undefined;
  /** What it is for. */
  description?: string | null | undefined;
  /** Which tag. */
  id: string;
  /** The word on it, at most 60 characters; no other tag may have it. */
  name?: string | null | undefined;
  /** The version that you read; an older one is refused with what changed. */
  version: number;
};

/** What to change of a tier. What is absent stays as it is. */
export type UpdateTierInput = {
  /** Absent: stays as it is. */
  capWindow?: CapWindow | null | undefined;
  /** Absent: stays as it is. */
  code?: string | null | undefined;
  /** Absent: stays as it is. */
  colour?: string | null | undefined;
  /** Absent: stays as it is. Null or empty: cleared. */
  description?: string | null | undefined;
  /** The tier. */
  id: string;
  /** True: this becomes the default tier, and the present one is it no more. */
  isDefault?: boolean | null | undefined;
  /** Absent: stays as it is. */
  name?: string | null | undefined;
  /** Absent: stays as it is. Null or empty: cleared. */
  periodDays?: number | null | undefined;
  /** Absent: stays as it is. Null or empty: cleared. */
  periodMonths?: number | null | undefined;
  /** Absent: stays as it is. */
  policy?: CheckInPolicy | null | undefined;
  /** Absent: stays as it is. Null or empty: cleared. */
  priceCents?: number | null | undefined;
  /** Absent: stays as it is. Null or empty: cleared. */
  sentenceEn?: string | null | undefined;
  /** Absent: stays as it is. Null or empty: cleared. */
  sentenceEs?: string | null | undefined;
  /** The version that was read. */
  version: number;
  /** Absent: stays as it is. Null or empty: cleared. */
  visitCap?: number | null | undefined;
};

/** What to change about a user: an absent field stays. Only the username can be cleared with null. */
export type UpdateUserInput = {
  /** The name that others see, 1 to 120 characters. */
  displayName?: string | null | undefined;
  /** Email address, in any case; nobody else may have it. */
  email?: string | null | undefined;
  /** The user. */
  id: string;
  /** The language that they see. */
  language?: Language | null | undefined;
  /** What they are. Nobody changes their own; one admin has to stay. */
  role?: UserRole | null | undefined;
  /** Short name for signing in, without spaces and @; in any case. Null: none. */
  username?: string | null | undefined;
  /** The version that you read; an older one is refused with what changed. */
  version: number;
};

/** What to change about a view; what is absent or null stays. */
export type UpdateViewInput = {
  /** Which view. */
  id: string;
  /** Its new name. */
  name?: string | null | undefined;
  /** Whether everybody is to see it. */
  shared?: boolean | null | undefined;
  /** What it is to show. */
  state?: Array<ViewParameterInput> | null | undefined;
  /** The version that you read. */
  version: number;
};

/** Which users; all conditions hold together. */
export type UserFilter = {
  /** True: those who may sign in; false: the others. */
  active?: boolean | null | undefined;
  /** Those of this role alone. */
  role?: UserRole | null | undefined;
};

/** A user. */
export type UserIdInput = {
  /** The user. */
  id: string;
};

/** What a user is. ADMIN may do everything, STAFF works at the desk. */
export type UserRole =
  /** May do everything. */
  | 'ADMIN'
  /** Works at the desk. */
  | 'STAFF';

/** Something that names a user, so that the account can't be deleted. */
export type UserTrace =
  /** API keys that they made. */
  | 'API_KEYS'
  /** Entries of the audit log. */
  | 'AUDIT_LOG'
  /** Visits that they recorded, voided or ended. */
  | 'CHECK_INS'
  /** One-time links that they made. */
  | 'LINKS'
  /** Notes that they wrote or changed. */
  | 'NOTES'
  /** Something else. */
  | 'OTHER'
  /** Sign-ins. */
  | 'SESSIONS';

/** A user at the version that you read. */
export type UserVersionInput = {
  /** The user. */
  id: string;
  /** The version that you read; an older one is refused with what changed. */
  version: number;
};

/** One parameter of a page's address. */
export type ViewParameterInput = {
  /** One that the page has. */
  name: string;
  /** Its value. */
  value: string;
};

/** A wish to void a visit. */
export type VoidCheckInInput = {
  /** The visit. */
  checkInId: string;
  /** Why, at most 500 characters; kept with the visit. */
  reason: string;
};

/** How somebody gets in who has no password of their own yet. TEMPORARY_PASSWORD: one that counts for 24 hours and has to be changed. ONE_TIME_LINK: one that counts for 24 hours and once, to set a password. */
export type WayIn =
  /** A link with which they set a password of their own. */
  | 'ONE_TIME_LINK'
  /** A password that they have to change when they sign in. */
  | 'TEMPORARY_PASSWORD';

export type ViewerPartsFragment = { __typename: 'Viewer', permissions: Array<string>, mustChangePassword: boolean, mustSetUpSecondFactor: boolean, user: { __typename: 'User', id: string, email: string, username: string | null, displayName: string, role: UserRole, theme: Theme, language: Language } };

export type SessionPartsFragment = { __typename: 'SessionStarted', accessToken: string, expiresAt: string, viewer: { __typename: 'Viewer', permissions: Array<string>, mustChangePassword: boolean, mustSetUpSecondFactor: boolean, user: { __typename: 'User', id: string, email: string, username: string | null, displayName: string, role: UserRole, theme: Theme, language: Language } } };

export type CentreFactsQueryVariables = Exact<{ [key: string]: never; }>;


export type CentreFactsQuery = { __typename: 'Query', centre: { __typename: 'Centre', name: string, timeZone: string, languages: Array<Language>, defaultLanguage: Language, accentLight: string | null, accentDark: string | null, logoUrl: string | null, passwordMinLength: number, passwordMaxLength: number } };

export type RefreshSessionMutationVariables = Exact<{ [key: string]: never; }>;


export type RefreshSessionMutation = { __typename: 'Mutation', refreshSession:
    | { __typename: 'SessionEnded', code: string, message: string }
    | { __typename: 'SessionStarted', accessToken: string, expiresAt: string, viewer: { __typename: 'Viewer', permissions: Array<string>, mustChangePassword: boolean, mustSetUpSecondFactor: boolean, user: { __typename: 'User', id: string, email: string, username: string | null, displayName: string, role: UserRole, theme: Theme, language: Language } } }
   };

export type LoginMutationVariables = Exact<{
  input: LoginInput;
}>;


export type LoginMutation = { __typename: 'Mutation', login:
    | { __typename: 'LoginRefused', code: string, message: string, retryAfterSeconds: number | null }
    | { __typename: 'SecondFactorNeeded', challenge: string }
    | { __typename: 'SessionStarted', accessToken: string, expiresAt: string, viewer: { __typename: 'Viewer', permissions: Array<string>, mustChangePassword: boolean, mustSetUpSecondFactor: boolean, user: { __typename: 'User', id: string, email: string, username: string | null, displayName: string, role: UserRole, theme: Theme, language: Language } } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type LogoutMutationVariables = Exact<{ [key: string]: never; }>;


export type LogoutMutation = { __typename: 'Mutation', logout: { __typename: 'LogoutDone', ok: boolean } };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { __typename: 'Mutation', changePassword:
    | { __typename: 'LoginRefused', code: string, message: string, retryAfterSeconds: number | null }
    | { __typename: 'SessionStarted', accessToken: string, expiresAt: string, viewer: { __typename: 'Viewer', permissions: Array<string>, mustChangePassword: boolean, mustSetUpSecondFactor: boolean, user: { __typename: 'User', id: string, email: string, username: string | null, displayName: string, role: UserRole, theme: Theme, language: Language } } }
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

export type OwnSecondFactorQueryVariables = Exact<{ [key: string]: never; }>;


export type OwnSecondFactorQuery = { __typename: 'Query', viewer: { __typename: 'Viewer', secondFactor: { __typename: 'SecondFactor', since: string, recoveryCodesLeft: number } | null } };

export type CompleteLoginMutationVariables = Exact<{
  input: CompleteLoginInput;
}>;


export type CompleteLoginMutation = { __typename: 'Mutation', completeLogin:
    | { __typename: 'LoginRefused', code: string, message: string, retryAfterSeconds: number | null }
    | { __typename: 'SessionStarted', accessToken: string, expiresAt: string, viewer: { __typename: 'Viewer', permissions: Array<string>, mustChangePassword: boolean, mustSetUpSecondFactor: boolean, user: { __typename: 'User', id: string, email: string, username: string | null, displayName: string, role: UserRole, theme: Theme, language: Language } } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type BeginSecondFactorMutationVariables = Exact<{
  input: BeginSecondFactorInput;
}>;


export type BeginSecondFactorMutation = { __typename: 'Mutation', beginSecondFactor:
    | { __typename: 'Conflict', code: string, message: string }
    | { __typename: 'LoginRefused', code: string, message: string, retryAfterSeconds: number | null }
    | { __typename: 'SecondFactorBegun', secret: string, uri: string }
   };

export type ConfirmSecondFactorMutationVariables = Exact<{
  input: ConfirmSecondFactorInput;
}>;


export type ConfirmSecondFactorMutation = { __typename: 'Mutation', confirmSecondFactor:
    | { __typename: 'Conflict', code: string, message: string }
    | { __typename: 'LoginRefused', code: string, message: string, retryAfterSeconds: number | null }
    | { __typename: 'RecoveryCodes', codes: Array<string> }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type NewRecoveryCodesMutationVariables = Exact<{
  input: NewRecoveryCodesInput;
}>;


export type NewRecoveryCodesMutation = { __typename: 'Mutation', newRecoveryCodes:
    | { __typename: 'Conflict', code: string, message: string }
    | { __typename: 'LoginRefused', code: string, message: string, retryAfterSeconds: number | null }
    | { __typename: 'RecoveryCodes', codes: Array<string> }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type RemoveSecondFactorMutationVariables = Exact<{
  input: RemoveSecondFactorInput;
}>;


export type RemoveSecondFactorMutation = { __typename: 'Mutation', removeSecondFactor:
    | { __typename: 'Conflict', code: string, message: string }
    | { __typename: 'LoginRefused', code: string, message: string, retryAfterSeconds: number | null }
    | { __typename: 'SecondFactorRemoved', viewer: { __typename: 'Viewer', mustSetUpSecondFactor: boolean } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type NewCodesFragment = { __typename: 'RecoveryCodes', codes: Array<string> };

export type SecondFactorRefusalFragment = { __typename: 'LoginRefused', code: string, message: string, retryAfterSeconds: number | null };

export type ListedEntryFragment = { __typename: 'AuditEntry', id: string, at: string, action: string, subjectType: string, emptied: boolean, requestId: string | null, actor: { __typename: 'AuditActor', kind: ActorKind, name: string }, client: { __typename: 'Client', id: string, displayName: string } | null, changes: Array<{ __typename: 'AuditChange', field: string, before: string | null, after: string | null }> };

export type AuditLogPageQueryVariables = Exact<{
  filter: AuditFilter;
  first: number;
  after?: string | null | undefined;
}>;


export type AuditLogPageQuery = { __typename: 'Query', auditLog: { __typename: 'AuditEntryConnection', totalCount: number, totalIsExact: boolean, edges: Array<{ __typename: 'AuditEntryEdge', node: { __typename: 'AuditEntry', id: string, at: string, action: string, subjectType: string, emptied: boolean, requestId: string | null, actor: { __typename: 'AuditActor', kind: ActorKind, name: string }, client: { __typename: 'Client', id: string, displayName: string } | null, changes: Array<{ __typename: 'AuditChange', field: string, before: string | null, after: string | null }> } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type AuditAroundQueryVariables = Exact<{ [key: string]: never; }>;


export type AuditAroundQuery = { __typename: 'Query', auditActors: Array<{ __typename: 'AuditActor', id: string | null, kind: ActorKind, name: string }>, auditChain: { __typename: 'AuditChain', sealedAt: string | null, seals: number, waiting: number, verifiedAt: string | null, verifiedEntries: number | null, problem: string | null, problemNumber: number | null } };

export type AuditedClientQueryVariables = Exact<{
  id: string;
}>;


export type AuditedClientQuery = { __typename: 'Query', client: { __typename: 'Client', id: string, displayName: string } | null };

export type FindAuditedClientQueryVariables = Exact<{
  search: string;
}>;


export type FindAuditedClientQuery = { __typename: 'Query', clients: { __typename: 'ClientConnection', edges: Array<{ __typename: 'ClientEdge', node: { __typename: 'Client', id: string, displayName: string } }> } };

export type CentreChoicesFragment = { __typename: 'CentreSettings', version: number, name: string, timeZone: string, repeatWindowMinutes: number, languages: Array<Language>, defaultLanguage: Language, accentLight: string | null, accentDark: string | null, logoUrl: string | null, signInDays: number, deviceDays: number, secondFactorRoles: Array<UserRole>, checkOutAtClosing: boolean, currency: string, currencies: Array<string>, openingHours: Array<{ __typename: 'OpeningHours', opens: string, closes: string } | null> };

export type CentreSettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type CentreSettingsQuery = { __typename: 'Query', centreSettings: { __typename: 'CentreSettings', version: number, name: string, timeZone: string, repeatWindowMinutes: number, languages: Array<Language>, defaultLanguage: Language, accentLight: string | null, accentDark: string | null, logoUrl: string | null, signInDays: number, deviceDays: number, secondFactorRoles: Array<UserRole>, checkOutAtClosing: boolean, currency: string, currencies: Array<string>, openingHours: Array<{ __typename: 'OpeningHours', opens: string, closes: string } | null> } };

export type ChangeCentreSettingsMutationVariables = Exact<{
  input: ChangeCentreSettingsInput;
}>;


export type ChangeCentreSettingsMutation = { __typename: 'Mutation', changeCentreSettings:
    | { __typename: 'CentreSettingsSaved', settings: { __typename: 'CentreSettings', version: number, name: string, timeZone: string, repeatWindowMinutes: number, languages: Array<Language>, defaultLanguage: Language, accentLight: string | null, accentDark: string | null, logoUrl: string | null, signInDays: number, deviceDays: number, secondFactorRoles: Array<UserRole>, checkOutAtClosing: boolean, currency: string, currencies: Array<string>, openingHours: Array<{ __typename: 'OpeningHours', opens: string, closes: string } | null> } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type StationPartsFragment = { __typename: 'Station', id: string, name: string, retired: boolean };

export type StationSettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type StationSettingsQuery = { __typename: 'Query', stations: Array<{ __typename: 'Station', id: string, name: string, retired: boolean }> };

export type CreateStationMutationVariables = Exact<{
  input: CreateStationInput;
}>;


export type CreateStationMutation = { __typename: 'Mutation', createStation:
    | { __typename: 'Conflict', code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'StationSaved', station: { __typename: 'Station', id: string, name: string, retired: boolean } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type RenameStationMutationVariables = Exact<{
  input: RenameStationInput;
}>;


export type RenameStationMutation = { __typename: 'Mutation', renameStation:
    | { __typename: 'Conflict', code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'StationSaved', station: { __typename: 'Station', id: string, name: string, retired: boolean } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type RetireStationMutationVariables = Exact<{
  input: StationIdInput;
}>;


export type RetireStationMutation = { __typename: 'Mutation', retireStation:
    | { __typename: 'Conflict', code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'StationSaved', station: { __typename: 'Station', id: string, name: string, retired: boolean } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type RestoreStationMutationVariables = Exact<{
  input: StationIdInput;
}>;


export type RestoreStationMutation = { __typename: 'Mutation', restoreStation:
    | { __typename: 'Conflict', code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'StationSaved', station: { __typename: 'Station', id: string, name: string, retired: boolean } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

type StationOutcome_Conflict_Fragment = { __typename: 'Conflict', code: string, message: string };

type StationOutcome_NotAllowed_Fragment = { __typename: 'NotAllowed', code: string, message: string };

type StationOutcome_NotFound_Fragment = { __typename: 'NotFound', code: string, message: string };

type StationOutcome_StationSaved_Fragment = { __typename: 'StationSaved', station: { __typename: 'Station', id: string, name: string, retired: boolean } };

type StationOutcome_ValidationProblem_Fragment = { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> };

export type StationOutcomeFragment =
  | StationOutcome_Conflict_Fragment
  | StationOutcome_NotAllowed_Fragment
  | StationOutcome_NotFound_Fragment
  | StationOutcome_StationSaved_Fragment
  | StationOutcome_ValidationProblem_Fragment
;

export type SentencePartsFragment = { __typename: 'PolicySentence', policy: CheckInPolicy, language: Language, builtIn: string, own: string | null };

export type PolicySettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type PolicySettingsQuery = { __typename: 'Query', policySentences: { __typename: 'PolicySentences', version: number, sentences: Array<{ __typename: 'PolicySentence', policy: CheckInPolicy, language: Language, builtIn: string, own: string | null }> }, membershipTiers: Array<{ __typename: 'MembershipTier', id: string, name: string, policy: CheckInPolicy, version: number, isDefault: boolean, retired: boolean }> };

export type ChangePolicySentencesMutationVariables = Exact<{
  input: ChangePolicySentencesInput;
}>;


export type ChangePolicySentencesMutation = { __typename: 'Mutation', changePolicySentences:
    | { __typename: 'CentreSettingsSaved', settings: { __typename: 'CentreSettings', version: number, name: string, timeZone: string, repeatWindowMinutes: number, languages: Array<Language>, defaultLanguage: Language, accentLight: string | null, accentDark: string | null, logoUrl: string | null, signInDays: number, deviceDays: number, secondFactorRoles: Array<UserRole>, checkOutAtClosing: boolean, currency: string, currencies: Array<string>, openingHours: Array<{ __typename: 'OpeningHours', opens: string, closes: string } | null> } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type ListedVisitFragment = { __typename: 'CheckIn', voidUndoableUntil: string | null, checkedOutByName: string | null, id: string, happenedAt: string, method: CheckInMethod, byName: string | null, voided: boolean, voidReason: string | null, overrideReason: string | null, undoableUntil: string, standingStatus: StandingStatus, checkedOutAt: string | null, checkedOutByClosing: boolean, checkOutUndoableUntil: string | null, station: { __typename: 'Station', id: string, name: string } | null, client: { __typename: 'Client', id: string, displayName: string } };

export type CheckInsPageQueryVariables = Exact<{
  filter: CheckInFilter;
  first: number;
  after?: string | null | undefined;
}>;


export type CheckInsPageQuery = { __typename: 'Query', checkIns: { __typename: 'CheckInConnection', totalCount: number, totalIsExact: boolean, edges: Array<{ __typename: 'CheckInEdge', node: { __typename: 'CheckIn', voidUndoableUntil: string | null, checkedOutByName: string | null, id: string, happenedAt: string, method: CheckInMethod, byName: string | null, voided: boolean, voidReason: string | null, overrideReason: string | null, undoableUntil: string, standingStatus: StandingStatus, checkedOutAt: string | null, checkedOutByClosing: boolean, checkOutUndoableUntil: string | null, station: { __typename: 'Station', id: string, name: string } | null, client: { __typename: 'Client', id: string, displayName: string } } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type CheckInsFiltersQueryVariables = Exact<{ [key: string]: never; }>;


export type CheckInsFiltersQuery = { __typename: 'Query', stations: Array<{ __typename: 'Station', id: string, name: string, retired: boolean }>, checkInAuthors: Array<{ __typename: 'CheckInAuthor', id: string, name: string }>, visitsToday: { __typename: 'VisitsToday', presentSince: string } };

export type FilteredClientQueryVariables = Exact<{
  id: string;
}>;


export type FilteredClientQuery = { __typename: 'Query', client: { __typename: 'Client', id: string, displayName: string } | null };

export type FindVisitorQueryVariables = Exact<{
  search: string;
}>;


export type FindVisitorQuery = { __typename: 'Query', clients: { __typename: 'ClientConnection', edges: Array<{ __typename: 'ClientEdge', node: { __typename: 'Client', id: string, displayName: string, memberCode: string | null } }> } };

export type ClientVisitDaysQueryVariables = Exact<{
  id: string;
  year: number;
}>;


export type ClientVisitDaysQuery = { __typename: 'Query', client: { __typename: 'Client', id: string, visitYears: Array<{ __typename: 'VisitYear', year: number, visits: number }>, visitDays: Array<{ __typename: 'VisitDay', day: string, visits: number }> } | null };

export type StandingPartsFragment = { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null };

export type FeedItemFragment = { __typename: 'CheckIn', id: string, happenedAt: string, method: CheckInMethod, byName: string | null, voided: boolean, voidReason: string | null, overrideReason: string | null, undoableUntil: string, standingStatus: StandingStatus, checkedOutAt: string | null, checkedOutByClosing: boolean, checkOutUndoableUntil: string | null, station: { __typename: 'Station', id: string, name: string } | null, client: { __typename: 'Client', id: string, displayName: string } };

export type LiveFeedQueryVariables = Exact<{ [key: string]: never; }>;


export type LiveFeedQuery = { __typename: 'Query', checkIns: { __typename: 'CheckInConnection', edges: Array<{ __typename: 'CheckInEdge', node: { __typename: 'CheckIn', id: string, happenedAt: string, method: CheckInMethod, byName: string | null, voided: boolean, voidReason: string | null, overrideReason: string | null, undoableUntil: string, standingStatus: StandingStatus, checkedOutAt: string | null, checkedOutByClosing: boolean, checkOutUndoableUntil: string | null, station: { __typename: 'Station', id: string, name: string } | null, client: { __typename: 'Client', id: string, displayName: string } } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean } }, present: { __typename: 'CheckInConnection', edges: Array<{ __typename: 'CheckInEdge', node: { __typename: 'CheckIn', id: string, happenedAt: string, method: CheckInMethod, byName: string | null, voided: boolean, voidReason: string | null, overrideReason: string | null, undoableUntil: string, standingStatus: StandingStatus, checkedOutAt: string | null, checkedOutByClosing: boolean, checkOutUndoableUntil: string | null, station: { __typename: 'Station', id: string, name: string } | null, client: { __typename: 'Client', id: string, displayName: string } } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean } }, visitsToday: { __typename: 'VisitsToday', count: number, lastHour: number, present: number, presentSince: string } };

export type CheckInAddedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type CheckInAddedSubscription = { checkInAdded: { __typename: 'CheckIn', id: string, happenedAt: string, method: CheckInMethod, byName: string | null, voided: boolean, voidReason: string | null, overrideReason: string | null, undoableUntil: string, standingStatus: StandingStatus, checkedOutAt: string | null, checkedOutByClosing: boolean, checkOutUndoableUntil: string | null, station: { __typename: 'Station', id: string, name: string } | null, client: { __typename: 'Client', id: string, displayName: string } } };

export type StationsQueryVariables = Exact<{ [key: string]: never; }>;


export type StationsQuery = { __typename: 'Query', stations: Array<{ __typename: 'Station', id: string, name: string }> };

export type ClientByCodeQueryVariables = Exact<{
  code: string;
}>;


export type ClientByCodeQuery = { __typename: 'Query', clientByCode: { __typename: 'CodeLookup', state: CodeState, client: { __typename: 'Client', id: string, displayName: string, alerts: Array<{ __typename: 'Note', id: string, body: string }> } | null } };

export type CheckInMutationVariables = Exact<{
  input: CheckInInput;
}>;


export type CheckInMutation = { __typename: 'Mutation', checkIn:
    | { __typename: 'CheckInRecorded', repeat: boolean, replayed: boolean, sentence: string, warning: string | null, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null }, checkIn: { __typename: 'CheckIn', id: string, happenedAt: string, method: CheckInMethod, byName: string | null, voided: boolean, voidReason: string | null, overrideReason: string | null, undoableUntil: string, standingStatus: StandingStatus, checkedOutAt: string | null, checkedOutByClosing: boolean, checkOutUndoableUntil: string | null, station: { __typename: 'Station', id: string, name: string } | null, client: { __typename: 'Client', id: string, displayName: string } } }
    | { __typename: 'CheckInRefused', code: string, message: string, sentence: string, overridable: boolean, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null } }
    | { __typename: 'Conflict', code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string }
   };

export type VoidCheckInMutationVariables = Exact<{
  input: VoidCheckInInput;
}>;


export type VoidCheckInMutation = { __typename: 'Mutation', voidCheckIn:
    | { __typename: 'CheckInVoided', checkIn: { __typename: 'CheckIn', id: string, voided: boolean, voidReason: string | null, voidUndoableUntil: string | null } }
    | { __typename: 'Conflict', code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string }
   };

export type UndoVoidMutationVariables = Exact<{
  input: CheckInIdInput;
}>;


export type UndoVoidMutation = { __typename: 'Mutation', undoVoid:
    | { __typename: 'CheckInChanged', checkIn: { __typename: 'CheckIn', id: string, voided: boolean, voidReason: string | null, voidUndoableUntil: string | null } }
    | { __typename: 'Conflict', code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
   };

export type CheckOutMutationVariables = Exact<{
  input: CheckInIdInput;
}>;


export type CheckOutMutation = { __typename: 'Mutation', checkOut:
    | { __typename: 'CheckInChanged', checkIn: { __typename: 'CheckIn', id: string, checkedOutAt: string | null, checkedOutByClosing: boolean, checkOutUndoableUntil: string | null } }
    | { __typename: 'Conflict', code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
   };

export type UndoCheckOutMutationVariables = Exact<{
  input: CheckInIdInput;
}>;


export type UndoCheckOutMutation = { __typename: 'Mutation', undoCheckOut:
    | { __typename: 'CheckInChanged', checkIn: { __typename: 'CheckIn', id: string, checkedOutAt: string | null, checkedOutByClosing: boolean, checkOutUndoableUntil: string | null } }
    | { __typename: 'Conflict', code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
   };

export type ClientFieldsFragment = { __typename: 'Client', id: string, version: number, firstName: string, lastName: string, preferredName: string | null, dateOfBirth: string | null, language: Language, guardianName: string | null, guardianRelation: string | null, guardianPhone: string | null, serviceCoordinator: string | null, serviceCoordinatorPhone: string | null, serviceCoordinatorEmail: string | null, memberCode: string | null, gamerTag: string | null, comfort: { __typename: 'Comfort', largeText: boolean, noSound: boolean, noMotion: boolean, colour: string | null, picture: string | null }, contactMethods: Array<{ __typename: 'ContactMethod', id: string, version: number, kind: ContactKind, value: string, display: string, label: string | null, primary: boolean, verified: boolean, verifiedAt: string | null, optedOut: boolean, optedOutAt: string | null, needsFixing: boolean }> };

export type ContactPartsFragment = { __typename: 'ContactMethod', id: string, version: number, kind: ContactKind, value: string, display: string, label: string | null, primary: boolean, verified: boolean, verifiedAt: string | null, optedOut: boolean, optedOutAt: string | null, needsFixing: boolean };

export type ConsentPartsFragment = { __typename: 'Consent', id: string, kind: ConsentKind, granted: boolean, at: string, source: string, byName: string | null };

export type ClientPageQueryVariables = Exact<{
  id: string;
}>;


export type ClientPageQuery = { __typename: 'Query', client: { __typename: 'Client', displayName: string, archived: boolean, archivedAt: string | null, createdAt: string, lastCheckInAt: string | null, id: string, version: number, firstName: string, lastName: string, preferredName: string | null, dateOfBirth: string | null, language: Language, guardianName: string | null, guardianRelation: string | null, guardianPhone: string | null, serviceCoordinator: string | null, serviceCoordinatorPhone: string | null, serviceCoordinatorEmail: string | null, memberCode: string | null, gamerTag: string | null, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null }, tags: Array<{ __typename: 'Tag', id: string, name: string, colour: string }>, possibleDuplicates: Array<{ __typename: 'PossibleDuplicate', reason: string, other: { __typename: 'Client', id: string, displayName: string } }>, notes: Array<{ __typename: 'Note', id: string, version: number, body: string, pinned: boolean, createdAt: string, authorName: string | null, editedAt: string | null, editedByName: string | null }>, consents: Array<{ __typename: 'Consent', id: string, kind: ConsentKind, granted: boolean, at: string, source: string, byName: string | null }>, comfort: { __typename: 'Comfort', largeText: boolean, noSound: boolean, noMotion: boolean, colour: string | null, picture: string | null }, contactMethods: Array<{ __typename: 'ContactMethod', id: string, version: number, kind: ContactKind, value: string, display: string, label: string | null, primary: boolean, verified: boolean, verifiedAt: string | null, optedOut: boolean, optedOutAt: string | null, needsFixing: boolean }>, memberships: Array<{ __typename: 'Membership', id: string, version: number, startsOn: string, endsOn: string, note: string | null, endReason: string | null, allowed: number | null, used: number | null, left: number | null, renewal: { __typename: 'Period', startsOn: string, endsOn: string }, tier: { __typename: 'MembershipTier', id: string, name: string, code: string, periodMonths: number | null, periodDays: number | null, visitCap: number | null, capWindow: CapWindow, colour: string, retired: boolean } }>, authorizations: Array<{ __typename: 'Authorization', id: string, version: number, startsOn: string, endsOn: string, note: string | null, endReason: string | null, allowed: number | null, used: number | null, left: number | null, uciNumber: string | null, authorizationNumber: string | null, vendorNumber: string | null, serviceCode: string | null, serviceSubcode: string | null, serviceCoordinator: string | null, serviceCoordinatorPhone: string | null, unitsPerMonth: number | null, unit: AuthorizationUnit, renewal: { __typename: 'Period', startsOn: string, endsOn: string } }> } | null };

export type ClientNowQueryVariables = Exact<{
  id: string;
}>;


export type ClientNowQuery = { __typename: 'Query', client: { __typename: 'Client', id: string, version: number, firstName: string, lastName: string, preferredName: string | null, dateOfBirth: string | null, language: Language, guardianName: string | null, guardianRelation: string | null, guardianPhone: string | null, serviceCoordinator: string | null, serviceCoordinatorPhone: string | null, serviceCoordinatorEmail: string | null, memberCode: string | null, gamerTag: string | null, comfort: { __typename: 'Comfort', largeText: boolean, noSound: boolean, noMotion: boolean, colour: string | null, picture: string | null }, contactMethods: Array<{ __typename: 'ContactMethod', id: string, version: number, kind: ContactKind, value: string, display: string, label: string | null, primary: boolean, verified: boolean, verifiedAt: string | null, optedOut: boolean, optedOutAt: string | null, needsFixing: boolean }> } | null };

export type ClientTimelineQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
}>;


export type ClientTimelineQuery = { __typename: 'Query', client: { __typename: 'Client', id: string, timeline: { __typename: 'TimelineConnection', edges: Array<{ __typename: 'TimelineEdge', node: { __typename: 'TimelineEntry', id: string, at: string, byName: string, byKind: ActorKind, action: string, subject: string, summary: string, changes: Array<{ __typename: 'FieldHistory', path: Array<string>, before: string | null, after: string | null }> } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } } | null };

export type TimelinePartsFragment = { __typename: 'TimelineEntry', id: string, at: string, byName: string, byKind: ActorKind, action: string, subject: string, summary: string, changes: Array<{ __typename: 'FieldHistory', path: Array<string>, before: string | null, after: string | null }> };

export type SimilarClientsQueryVariables = Exact<{
  input: SimilarClientsInput;
}>;


export type SimilarClientsQuery = { __typename: 'Query', similarClients: Array<{ __typename: 'SimilarClient', reasons: Array<SimilarReason>, client: { __typename: 'Client', id: string, displayName: string, dateOfBirth: string | null, archived: boolean, lastCheckInAt: string | null, guardianName: string | null, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null }, authorizations: Array<{ __typename: 'Authorization', id: string, uciNumber: string | null }>, contactMethods: Array<{ __typename: 'ContactMethod', id: string, kind: ContactKind, display: string }> } }> };

export type SimilarPartsFragment = { __typename: 'Client', id: string, displayName: string, dateOfBirth: string | null, archived: boolean, lastCheckInAt: string | null, guardianName: string | null, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null }, authorizations: Array<{ __typename: 'Authorization', id: string, uciNumber: string | null }>, contactMethods: Array<{ __typename: 'ContactMethod', id: string, kind: ContactKind, display: string }> };

type Refusal_CheckInRefused_Fragment = { __typename: 'CheckInRefused', code: string, message: string };

type Refusal_Conflict_Fragment = { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> };

type Refusal_LoginRefused_Fragment = { __typename: 'LoginRefused', code: string, message: string };

type Refusal_NotAllowed_Fragment = { __typename: 'NotAllowed', code: string, message: string };

type Refusal_NotFound_Fragment = { __typename: 'NotFound', code: string, message: string };

type Refusal_PeriodOverlap_Fragment = { __typename: 'PeriodOverlap', code: string, message: string };

type Refusal_SessionEnded_Fragment = { __typename: 'SessionEnded', code: string, message: string };

type Refusal_UserInUse_Fragment = { __typename: 'UserInUse', code: string, message: string };

type Refusal_ValidationProblem_Fragment = { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> };

export type RefusalFragment =
  | Refusal_CheckInRefused_Fragment
  | Refusal_Conflict_Fragment
  | Refusal_LoginRefused_Fragment
  | Refusal_NotAllowed_Fragment
  | Refusal_NotFound_Fragment
  | Refusal_PeriodOverlap_Fragment
  | Refusal_SessionEnded_Fragment
  | Refusal_UserInUse_Fragment
  | Refusal_ValidationProblem_Fragment
;

export type SavedClientFragment = { __typename: 'ClientSaved', changedId: string, changedVersion: number | null, client: { __typename: 'Client', id: string, version: number, displayName: string } };

export type CreateClientMutationVariables = Exact<{
  input: CreateClientInput;
}>;


export type CreateClientMutation = { __typename: 'Mutation', createClient:
    | { __typename: 'ClientSaved', changedId: string, changedVersion: number | null, client: { __typename: 'Client', id: string, version: number, displayName: string } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type UpdateClientMutationVariables = Exact<{
  input: UpdateClientInput;
}>;


export type UpdateClientMutation = { __typename: 'Mutation', updateClient:
    | { __typename: 'ClientSaved', changedId: string, changedVersion: number | null, client: { __typename: 'Client', id: string, version: number, displayName: string } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type ArchiveClientMutationVariables = Exact<{
  input: ClientVersionInput;
}>;


export type ArchiveClientMutation = { __typename: 'Mutation', archiveClient:
    | { __typename: 'ClientSaved', changedId: string, changedVersion: number | null, client: { __typename: 'Client', id: string, version: number, displayName: string } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type RestoreClientMutationVariables = Exact<{
  input: ClientVersionInput;
}>;


export type RestoreClientMutation = { __typename: 'Mutation', restoreClient:
    | { __typename: 'ClientSaved', changedId: string, changedVersion: number | null, client: { __typename: 'Client', id: string, version: number, displayName: string } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type NewMemberCodeMutationVariables = Exact<{
  input: ClientVersionInput;
}>;


export type NewMemberCodeMutation = { __typename: 'Mutation', newMemberCode:
    | { __typename: 'ClientSaved', changedId: string, changedVersion: number | null, client: { __typename: 'Client', id: string, version: number, displayName: string } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type AddContactMethodMutationVariables = Exact<{
  input: AddContactMethodInput;
}>;


export type AddContactMethodMutation = { __typename: 'Mutation', addContactMethod:
    | { __typename: 'ClientSaved', changedId: string, changedVersion: number | null, client: { __typename: 'Client', id: string, version: number, displayName: string } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type UpdateContactMethodMutationVariables = Exact<{
  input: UpdateContactMethodInput;
}>;


export type UpdateContactMethodMutation = { __typename: 'Mutation', updateContactMethod:
    | { __typename: 'ClientSaved', changedId: string, changedVersion: number | null, client: { __typename: 'Client', id: string, version: number, displayName: string } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type RemoveContactMethodMutationVariables = Exact<{
  input: RemoveContactMethodInput;
}>;


export type RemoveContactMethodMutation = { __typename: 'Mutation', removeContactMethod:
    | { __typename: 'ClientSaved', changedId: string, changedVersion: number | null, client: { __typename: 'Client', id: string, version: number, displayName: string } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type RestoreContactMethodMutationVariables = Exact<{
  input: RestoreContactMethodInput;
}>;


export type RestoreContactMethodMutation = { __typename: 'Mutation', restoreContactMethod:
    | { __typename: 'ClientSaved', changedId: string, changedVersion: number | null, client: { __typename: 'Client', id: string, version: number, displayName: string } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type RecordConsentMutationVariables = Exact<{
  input: RecordConsentInput;
}>;


export type RecordConsentMutation = { __typename: 'Mutation', recordConsent:
    | { __typename: 'ClientSaved', changedId: string, changedVersion: number | null, client: { __typename: 'Client', id: string, version: number, displayName: string } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type TagPartsFragment = { __typename: 'Tag', id: string, name: string, colour: string };

export type FindClientQueryVariables = Exact<{
  search: string;
}>;


export type FindClientQuery = { __typename: 'Query', clients: { __typename: 'ClientConnection', edges: Array<{ __typename: 'ClientEdge', node: { __typename: 'Client', id: string, displayName: string, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null } } }> } };

export type VisitsComparedPartsFragment = { __typename: 'VisitsCompared', visits: number, before: number, firstDay: string, beforeFirstDay: string, beforeLastDay: string };

export type NewAndReturningPartsFragment = { __typename: 'NewAndReturning', new: { __typename: 'CappedCount', count: number, isExact: boolean }, returning: { __typename: 'CappedCount', count: number, isExact: boolean } };

export type CappedCountPartsFragment = { __typename: 'CappedCount', count: number, isExact: boolean };

export type ListedClientFragment = { __typename: 'Client', id: string, displayName: string, lastCheckInAt: string | null, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null } };

export type ClientsOfInterestPartsFragment = { __typename: 'ClientsOfInterest', total: { __typename: 'CappedCount', count: number, isExact: boolean }, clients: Array<{ __typename: 'Client', id: string, displayName: string, lastCheckInAt: string | null, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null } }> };

export type HeatMapPartsFragment = { __typename: 'VisitHeatMap', firstDay: string, lastDay: string, hours: Array<{ __typename: 'HourOfWeek', weekday: number, hour: number, visits: number }> };

export type StationFiguresPartsFragment = { __typename: 'StationFigures', stationId: string | null, name: string | null, today: number, week: number, month: number };

export type RecentNotePartsFragment = { __typename: 'RecentNote', id: string, body: string, pinned: boolean, createdAt: string, authorName: string | null, client: { __typename: 'Client', id: string, displayName: string } };

export type DashboardQueryVariables = Exact<{ [key: string]: never; }>;


export type DashboardQuery = { __typename: 'Query', dashboard: { __typename: 'Dashboard', asOf: string, visits: { __typename: 'VisitFigures', today: { __typename: 'VisitsCompared', visits: number, before: number, firstDay: string, beforeFirstDay: string, beforeLastDay: string }, week: { __typename: 'VisitsCompared', visits: number, before: number, firstDay: string, beforeFirstDay: string, beforeLastDay: string }, month: { __typename: 'VisitsCompared', visits: number, before: number, firstDay: string, beforeFirstDay: string, beforeLastDay: string } }, people: { __typename: 'PeopleFigures', today: { __typename: 'NewAndReturning', new: { __typename: 'CappedCount', count: number, isExact: boolean }, returning: { __typename: 'CappedCount', count: number, isExact: boolean } }, week: { __typename: 'NewAndReturning', new: { __typename: 'CappedCount', count: number, isExact: boolean }, returning: { __typename: 'CappedCount', count: number, isExact: boolean } }, month: { __typename: 'NewAndReturning', new: { __typename: 'CappedCount', count: number, isExact: boolean }, returning: { __typename: 'CappedCount', count: number, isExact: boolean } } }, heatMap: { __typename: 'VisitHeatMap', firstDay: string, lastDay: string, hours: Array<{ __typename: 'HourOfWeek', weekday: number, hour: number, visits: number }> }, byStation: Array<{ __typename: 'StationFigures', stationId: string | null, name: string | null, today: number, week: number, month: number }>, expiring: { __typename: 'ClientsOfInterest', total: { __typename: 'CappedCount', count: number, isExact: boolean }, clients: Array<{ __typename: 'Client', id: string, displayName: string, lastCheckInAt: string | null, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null } }> }, expired: { __typename: 'ClientsOfInterest', total: { __typename: 'CappedCount', count: number, isExact: boolean }, clients: Array<{ __typename: 'Client', id: string, displayName: string, lastCheckInAt: string | null, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null } }> }, inactive: { __typename: 'ClientsOfInterest', total: { __typename: 'CappedCount', count: number, isExact: boolean }, clients: Array<{ __typename: 'Client', id: string, displayName: string, lastCheckInAt: string | null, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null } }> }, recentNotes: Array<{ __typename: 'RecentNote', id: string, body: string, pinned: boolean, createdAt: string, authorName: string | null, client: { __typename: 'Client', id: string, displayName: string } }> } };

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

export type KeyInStartQueryVariables = Exact<{ [key: string]: never; }>;


export type KeyInStartQuery = { __typename: 'Query', stations: Array<{ __typename: 'Station', id: string, name: string }>, centreSettings: { __typename: 'CentreSettings', openingHours: Array<{ __typename: 'OpeningHours', opens: string, closes: string } | null> } };

export type KeyInVisitMutationVariables = Exact<{
  input: KeyInVisitInput;
}>;


export type KeyInVisitMutation = { __typename: 'Mutation', keyInVisit:
    | { __typename: 'CheckInRefused', code: string, message: string, sentence: string }
    | { __typename: 'Conflict', code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
    | { __typename: 'VisitKeyedIn', repeat: boolean, checkIn: { __typename: 'CheckIn', id: string, happenedAt: string, voided: boolean } }
   };

export type ApiKeyPartsFragment = { __typename: 'ApiKey', id: string, name: string, prefix: string, scopes: Array<string>, state: ApiKeyState, callsAnHour: number, callsLeft: number, costThisHour: number, madeBy: string | null, createdAt: string, endsAt: string | null, lastUsedAt: string | null, revokedAt: string | null, version: number, replacedBy: { __typename: 'ApiKey', id: string, prefix: string } | null };

export type ApiKeysQueryVariables = Exact<{
  includeEnded: boolean;
  first: number;
  after?: string | null | undefined;
}>;


export type ApiKeysQuery = { __typename: 'Query', apiKeys: { __typename: 'ApiKeyConnection', edges: Array<{ __typename: 'ApiKeyEdge', node: { __typename: 'ApiKey', id: string, name: string, prefix: string, scopes: Array<string>, state: ApiKeyState, callsAnHour: number, callsLeft: number, costThisHour: number, madeBy: string | null, createdAt: string, endsAt: string | null, lastUsedAt: string | null, revokedAt: string | null, version: number, replacedBy: { __typename: 'ApiKey', id: string, prefix: string } | null } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type ApiKeyScopesQueryVariables = Exact<{ [key: string]: never; }>;


export type ApiKeyScopesQuery = { __typename: 'Query', apiKeyScopes: Array<string> };

export type ApiKeyPageQueryVariables = Exact<{
  id: string;
}>;


export type ApiKeyPageQuery = { __typename: 'Query', apiKeyScopes: Array<string>, apiKey: { __typename: 'ApiKey', id: string, name: string, prefix: string, scopes: Array<string>, state: ApiKeyState, callsAnHour: number, callsLeft: number, costThisHour: number, madeBy: string | null, createdAt: string, endsAt: string | null, lastUsedAt: string | null, revokedAt: string | null, version: number, hours: Array<{ __typename: 'ApiKeyHour', beginsAt: string, calls: number, cost: number }>, replacedBy: { __typename: 'ApiKey', id: string, prefix: string } | null } | null };

export type CreateApiKeyMutationVariables = Exact<{
  input: CreateApiKeyInput;
}>;


export type CreateApiKeyMutation = { __typename: 'Mutation', createApiKey:
    | { __typename: 'ApiKeyMade', text: string | null, apiKey: { __typename: 'ApiKey', id: string, name: string, prefix: string, scopes: Array<string>, state: ApiKeyState, callsAnHour: number, callsLeft: number, costThisHour: number, madeBy: string | null, createdAt: string, endsAt: string | null, lastUsedAt: string | null, revokedAt: string | null, version: number, replacedBy: { __typename: 'ApiKey', id: string, prefix: string } | null } }
    | { __typename: 'Conflict', code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type RotateApiKeyMutationVariables = Exact<{
  input: RotateApiKeyInput;
}>;


export type RotateApiKeyMutation = { __typename: 'Mutation', rotateApiKey:
    | { __typename: 'ApiKeyMade', text: string | null, apiKey: { __typename: 'ApiKey', id: string, name: string, prefix: string, scopes: Array<string>, state: ApiKeyState, callsAnHour: number, callsLeft: number, costThisHour: number, madeBy: string | null, createdAt: string, endsAt: string | null, lastUsedAt: string | null, revokedAt: string | null, version: number, replacedBy: { __typename: 'ApiKey', id: string, prefix: string } | null } }
    | { __typename: 'Conflict', code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type UpdateApiKeyMutationVariables = Exact<{
  input: UpdateApiKeyInput;
}>;


export type UpdateApiKeyMutation = { __typename: 'Mutation', updateApiKey:
    | { __typename: 'ApiKeySaved', apiKey: { __typename: 'ApiKey', id: string, name: string, prefix: string, scopes: Array<string>, state: ApiKeyState, callsAnHour: number, callsLeft: number, costThisHour: number, madeBy: string | null, createdAt: string, endsAt: string | null, lastUsedAt: string | null, revokedAt: string | null, version: number, replacedBy: { __typename: 'ApiKey', id: string, prefix: string } | null } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type RevokeApiKeyMutationVariables = Exact<{
  input: RevokeApiKeyInput;
}>;


export type RevokeApiKeyMutation = { __typename: 'Mutation', revokeApiKey:
    | { __typename: 'ApiKeySaved', apiKey: { __typename: 'ApiKey', id: string, name: string, prefix: string, scopes: Array<string>, state: ApiKeyState, callsAnHour: number, callsLeft: number, costThisHour: number, madeBy: string | null, createdAt: string, endsAt: string | null, lastUsedAt: string | null, revokedAt: string | null, version: number, replacedBy: { __typename: 'ApiKey', id: string, prefix: string } | null } }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
   };

export type KioskPartsFragment = { __typename: 'Kiosk', id: string, version: number, name: string, kind: KioskKind, online: boolean, lastSeenAt: string | null, appVersion: string | null, queued: number, persisted: boolean | null, pairedAt: string, pairedBy: string | null, revokedAt: string | null, lookUpsToday: number, slowedToday: number, station: { __typename: 'Station', id: string, name: string } | null };

export type KiosksPageQueryVariables = Exact<{
  revoked: boolean;
}>;


export type KiosksPageQuery = { __typename: 'Query', kiosks: Array<{ __typename: 'Kiosk', id: string, version: number, name: string, kind: KioskKind, online: boolean, lastSeenAt: string | null, appVersion: string | null, queued: number, persisted: boolean | null, pairedAt: string, pairedBy: string | null, revokedAt: string | null, lookUpsToday: number, slowedToday: number, station: { __typename: 'Station', id: string, name: string } | null }>, stations: Array<{ __typename: 'Station', id: string, name: string }> };

export type KioskChoicesFragment = { __typename: 'CentreSettings', version: number, kioskSound: boolean, kioskWalkIn: boolean, kioskExitPinSet: boolean };

export type KioskSettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type KioskSettingsQuery = { __typename: 'Query', centreSettings: { __typename: 'CentreSettings', version: number, kioskSound: boolean, kioskWalkIn: boolean, kioskExitPinSet: boolean } };

export type KioskExitCodeQueryVariables = Exact<{ [key: string]: never; }>;


export type KioskExitCodeQuery = { __typename: 'Query', kioskExitCode: string };

export type ApproveKioskMutationVariables = Exact<{
  input: ApproveKioskInput;
}>;


export type ApproveKioskMutation = { __typename: 'Mutation', approveKiosk:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'KioskSaved', kiosk: { __typename: 'Kiosk', id: string, version: number, name: string, kind: KioskKind, online: boolean, lastSeenAt: string | null, appVersion: string | null, queued: number, persisted: boolean | null, pairedAt: string, pairedBy: string | null, revokedAt: string | null, lookUpsToday: number, slowedToday: number, station: { __typename: 'Station', id: string, name: string } | null } }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type UpdateKioskMutationVariables = Exact<{
  input: UpdateKioskInput;
}>;


export type UpdateKioskMutation = { __typename: 'Mutation', updateKiosk:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'KioskSaved', kiosk: { __typename: 'Kiosk', id: string, version: number, name: string, kind: KioskKind, online: boolean, lastSeenAt: string | null, appVersion: string | null, queued: number, persisted: boolean | null, pairedAt: string, pairedBy: string | null, revokedAt: string | null, lookUpsToday: number, slowedToday: number, station: { __typename: 'Station', id: string, name: string } | null } }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type RevokeKioskMutationVariables = Exact<{
  input: RevokeKioskInput;
}>;


export type RevokeKioskMutation = { __typename: 'Mutation', revokeKiosk:
    | { __typename: 'KioskSaved', kiosk: { __typename: 'Kiosk', id: string, version: number, name: string, kind: KioskKind, online: boolean, lastSeenAt: string | null, appVersion: string | null, queued: number, persisted: boolean | null, pairedAt: string, pairedBy: string | null, revokedAt: string | null, lookUpsToday: number, slowedToday: number, station: { __typename: 'Station', id: string, name: string } | null } }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
   };

export type ChangeKioskSettingsMutationVariables = Exact<{
  input: ChangeKioskSettingsInput;
}>;


export type ChangeKioskSettingsMutation = { __typename: 'Mutation', changeKioskSettings:
    | { __typename: 'CentreSettingsSaved', settings: { __typename: 'CentreSettings', version: number, kioskSound: boolean, kioskWalkIn: boolean, kioskExitPinSet: boolean } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type InboxPartsFragment = { __typename: 'KioskInboxItem', id: string, reason: KioskDoubt, typed: string | null, occurredAt: string, arrivedAt: string, offline: boolean, decision: KioskDecision | null, decidedAt: string | null, decidedBy: string | null, client: { __typename: 'Client', id: string, displayName: string, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null } } | null, walkIn: { __typename: 'KioskVisitor', firstName: string, lastName: string, phone: string | null, email: string | null, language: Language } | null, kiosk: { __typename: 'Kiosk', id: string, name: string, station: { __typename: 'Station', id: string, name: string } | null } };

export type KioskInboxQueryVariables = Exact<{
  decided: boolean;
  first: number;
  after?: string | null | undefined;
}>;


export type KioskInboxQuery = { __typename: 'Query', kioskInbox: { __typename: 'KioskInboxConnection', totalCount: number, edges: Array<{ __typename: 'KioskInboxEdge', node: { __typename: 'KioskInboxItem', id: string, reason: KioskDoubt, typed: string | null, occurredAt: string, arrivedAt: string, offline: boolean, decision: KioskDecision | null, decidedAt: string | null, decidedBy: string | null, client: { __typename: 'Client', id: string, displayName: string, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null } } | null, walkIn: { __typename: 'KioskVisitor', firstName: string, lastName: string, phone: string | null, email: string | null, language: Language } | null, kiosk: { __typename: 'Kiosk', id: string, name: string, station: { __typename: 'Station', id: string, name: string } | null } } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type AcceptKioskEventMutationVariables = Exact<{
  input: AcceptKioskEventInput;
}>;


export type AcceptKioskEventMutation = { __typename: 'Mutation', acceptKioskEvent:
    | { __typename: 'CheckInRefused', sentence: string, code: string, message: string }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'KioskEventDecided', item: { __typename: 'KioskInboxItem', id: string, reason: KioskDoubt, typed: string | null, occurredAt: string, arrivedAt: string, offline: boolean, decision: KioskDecision | null, decidedAt: string | null, decidedBy: string | null, client: { __typename: 'Client', id: string, displayName: string, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null } } | null, walkIn: { __typename: 'KioskVisitor', firstName: string, lastName: string, phone: string | null, email: string | null, language: Language } | null, kiosk: { __typename: 'Kiosk', id: string, name: string, station: { __typename: 'Station', id: string, name: string } | null } } }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type DismissKioskEventMutationVariables = Exact<{
  input: DismissKioskEventInput;
}>;


export type DismissKioskEventMutation = { __typename: 'Mutation', dismissKioskEvent:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'KioskEventDecided', item: { __typename: 'KioskInboxItem', id: string, reason: KioskDoubt, typed: string | null, occurredAt: string, arrivedAt: string, offline: boolean, decision: KioskDecision | null, decidedAt: string | null, decidedBy: string | null, client: { __typename: 'Client', id: string, displayName: string, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null } } | null, walkIn: { __typename: 'KioskVisitor', firstName: string, lastName: string, phone: string | null, email: string | null, language: Language } | null, kiosk: { __typename: 'Kiosk', id: string, name: string, station: { __typename: 'Station', id: string, name: string } | null } } }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type WaitingPartsFragment = { __typename: 'KiosksWaiting', count: number, queued: number, asking: Array<{ __typename: 'KioskInboxItem', id: string, reason: KioskDoubt, occurredAt: string, client: { __typename: 'Client', id: string, displayName: string } | null, walkIn: { __typename: 'KioskVisitor', firstName: string, lastName: string } | null, kiosk: { __typename: 'Kiosk', id: string, name: string } }>, hurried: Array<{ __typename: 'Kiosk', id: string, name: string }> };

export type KiosksWaitingQueryVariables = Exact<{ [key: string]: never; }>;


export type KiosksWaitingQuery = { __typename: 'Query', kiosksWaiting: { __typename: 'KiosksWaiting', count: number, queued: number, asking: Array<{ __typename: 'KioskInboxItem', id: string, reason: KioskDoubt, occurredAt: string, client: { __typename: 'Client', id: string, displayName: string } | null, walkIn: { __typename: 'KioskVisitor', firstName: string, lastName: string } | null, kiosk: { __typename: 'Kiosk', id: string, name: string } }>, hurried: Array<{ __typename: 'Kiosk', id: string, name: string }> } };

export type KioskInboxChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type KioskInboxChangedSubscription = { kioskInboxChanged: { __typename: 'KiosksWaiting', count: number, queued: number, asking: Array<{ __typename: 'KioskInboxItem', id: string, reason: KioskDoubt, occurredAt: string, client: { __typename: 'Client', id: string, displayName: string } | null, walkIn: { __typename: 'KioskVisitor', firstName: string, lastName: string } | null, kiosk: { __typename: 'Kiosk', id: string, name: string } }>, hurried: Array<{ __typename: 'Kiosk', id: string, name: string }> } };

export type TierPartsFragment = { __typename: 'MembershipTier', id: string, name: string, code: string, periodMonths: number | null, periodDays: number | null, visitCap: number | null, capWindow: CapWindow, colour: string, retired: boolean };

export type TierDetailsFragment = { __typename: 'MembershipTier', version: number, policy: CheckInPolicy, description: string | null, sentenceEn: string | null, sentenceEs: string | null, isDefault: boolean, runningMemberships: number, id: string, name: string, code: string, periodMonths: number | null, periodDays: number | null, visitCap: number | null, capWindow: CapWindow, colour: string, retired: boolean, price: { __typename: 'Price', cents: number, currency: string } | null };

export type MembershipPartsFragment = { __typename: 'Membership', id: string, version: number, startsOn: string, endsOn: string, note: string | null, endReason: string | null, allowed: number | null, used: number | null, left: number | null, renewal: { __typename: 'Period', startsOn: string, endsOn: string }, tier: { __typename: 'MembershipTier', id: string, name: string, code: string, periodMonths: number | null, periodDays: number | null, visitCap: number | null, capWindow: CapWindow, colour: string, retired: boolean } };

export type AuthorizationPartsFragment = { __typename: 'Authorization', id: string, version: number, startsOn: string, endsOn: string, note: string | null, endReason: string | null, allowed: number | null, used: number | null, left: number | null, uciNumber: string | null, authorizationNumber: string | null, vendorNumber: string | null, serviceCode: string | null, serviceSubcode: string | null, serviceCoordinator: string | null, serviceCoordinatorPhone: string | null, unitsPerMonth: number | null, unit: AuthorizationUnit, renewal: { __typename: 'Period', startsOn: string, endsOn: string } };

export type ClientHoldingsFragment = { __typename: 'Client', id: string, archived: boolean, serviceCoordinator: string | null, serviceCoordinatorPhone: string | null, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null }, memberships: Array<{ __typename: 'Membership', id: string, version: number, startsOn: string, endsOn: string, note: string | null, endReason: string | null, allowed: number | null, used: number | null, left: number | null, renewal: { __typename: 'Period', startsOn: string, endsOn: string }, tier: { __typename: 'MembershipTier', id: string, name: string, code: string, periodMonths: number | null, periodDays: number | null, visitCap: number | null, capWindow: CapWindow, colour: string, retired: boolean } }>, authorizations: Array<{ __typename: 'Authorization', id: string, version: number, startsOn: string, endsOn: string, note: string | null, endReason: string | null, allowed: number | null, used: number | null, left: number | null, uciNumber: string | null, authorizationNumber: string | null, vendorNumber: string | null, serviceCode: string | null, serviceSubcode: string | null, serviceCoordinator: string | null, serviceCoordinatorPhone: string | null, unitsPerMonth: number | null, unit: AuthorizationUnit, renewal: { __typename: 'Period', startsOn: string, endsOn: string } }> };

export type OverlapFragment = { __typename: 'PeriodOverlap', otherName: string, other: { __typename: 'Period', startsOn: string, endsOn: string }, proposed: { __typename: 'Period', startsOn: string, endsOn: string } };

export type SavedMembershipFragment = { __typename: 'MembershipSaved', alreadyThere: boolean, membership: { __typename: 'Membership', id: string, version: number, startsOn: string, endsOn: string, note: string | null, endReason: string | null, allowed: number | null, used: number | null, left: number | null, renewal: { __typename: 'Period', startsOn: string, endsOn: string }, tier: { __typename: 'MembershipTier', id: string, name: string, code: string, periodMonths: number | null, periodDays: number | null, visitCap: number | null, capWindow: CapWindow, colour: string, retired: boolean } }, client: { __typename: 'Client', id: string } };

export type SavedAuthorizationFragment = { __typename: 'AuthorizationSaved', alreadyThere: boolean, authorization: { __typename: 'Authorization', id: string, version: number, startsOn: string, endsOn: string, note: string | null, endReason: string | null, allowed: number | null, used: number | null, left: number | null, uciNumber: string | null, authorizationNumber: string | null, vendorNumber: string | null, serviceCode: string | null, serviceSubcode: string | null, serviceCoordinator: string | null, serviceCoordinatorPhone: string | null, unitsPerMonth: number | null, unit: AuthorizationUnit, renewal: { __typename: 'Period', startsOn: string, endsOn: string } }, client: { __typename: 'Client', id: string } };

export type MembershipTiersQueryVariables = Exact<{ [key: string]: never; }>;


export type MembershipTiersQuery = { __typename: 'Query', membershipTiers: Array<{ __typename: 'MembershipTier', id: string, name: string, code: string, periodMonths: number | null, periodDays: number | null, visitCap: number | null, capWindow: CapWindow, colour: string, retired: boolean }> };

export type TierSettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type TierSettingsQuery = { __typename: 'Query', centreSettings: { __typename: 'CentreSettings', currency: string }, membershipTiers: Array<{ __typename: 'MembershipTier', version: number, policy: CheckInPolicy, description: string | null, sentenceEn: string | null, sentenceEs: string | null, isDefault: boolean, runningMemberships: number, id: string, name: string, code: string, periodMonths: number | null, periodDays: number | null, visitCap: number | null, capWindow: CapWindow, colour: string, retired: boolean, price: { __typename: 'Price', cents: number, currency: string } | null }> };

export type RunningOutQueryVariables = Exact<{
  filter: RunningOutFilter;
  first: number;
  after?: string | null | undefined;
  choices: boolean;
}>;


export type RunningOutQuery = { __typename: 'Query', serviceCoordinators?: Array<string>, membershipTiers?: Array<{ __typename: 'MembershipTier', id: string, name: string }>, runningOut: { __typename: 'RunningOutConnection', totalCount: number, totalIsExact: boolean, edges: Array<{ __typename: 'RunningOutEdge', node: { __typename: 'RunningOut', endsOn: string, client: { __typename: 'Client', id: string, displayName: string, serviceCoordinator: string | null, serviceCoordinatorPhone: string | null, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null } }, holding:
          | { __typename: 'Authorization', authorizationNumber: string | null, serviceCode: string | null, serviceSubcode: string | null, serviceCoordinator: string | null, serviceCoordinatorPhone: string | null, id: string, renewal: { __typename: 'Period', startsOn: string, endsOn: string }, followedBy: { __typename: 'Period', startsOn: string } | null }
          | { __typename: 'Membership', id: string, tier: { __typename: 'MembershipTier', name: string, colour: string }, renewal: { __typename: 'Period', startsOn: string, endsOn: string }, followedBy: { __typename: 'Period', startsOn: string } | null }
         } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type RunningOutLineFragment = { __typename: 'RunningOut', endsOn: string, client: { __typename: 'Client', id: string, displayName: string, serviceCoordinator: string | null, serviceCoordinatorPhone: string | null, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null } }, holding:
    | { __typename: 'Authorization', authorizationNumber: string | null, serviceCode: string | null, serviceSubcode: string | null, serviceCoordinator: string | null, serviceCoordinatorPhone: string | null, id: string, renewal: { __typename: 'Period', startsOn: string, endsOn: string }, followedBy: { __typename: 'Period', startsOn: string } | null }
    | { __typename: 'Membership', id: string, tier: { __typename: 'MembershipTier', name: string, colour: string }, renewal: { __typename: 'Period', startsOn: string, endsOn: string }, followedBy: { __typename: 'Period', startsOn: string } | null }
   };

export type AddMembershipMutationVariables = Exact<{
  input: AddMembershipInput;
}>;


export type AddMembershipMutation = { __typename: 'Mutation', addMembership:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'MembershipSaved', alreadyThere: boolean, membership: { __typename: 'Membership', id: string, version: number, startsOn: string, endsOn: string, note: string | null, endReason: string | null, allowed: number | null, used: number | null, left: number | null, renewal: { __typename: 'Period', startsOn: string, endsOn: string }, tier: { __typename: 'MembershipTier', id: string, name: string, code: string, periodMonths: number | null, periodDays: number | null, visitCap: number | null, capWindow: CapWindow, colour: string, retired: boolean } }, client: { __typename: 'Client', id: string } }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'PeriodOverlap', otherName: string, code: string, message: string, other: { __typename: 'Period', startsOn: string, endsOn: string }, proposed: { __typename: 'Period', startsOn: string, endsOn: string } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type UpdateMembershipMutationVariables = Exact<{
  input: UpdateMembershipInput;
}>;


export type UpdateMembershipMutation = { __typename: 'Mutation', updateMembership:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'MembershipSaved', alreadyThere: boolean, membership: { __typename: 'Membership', id: string, version: number, startsOn: string, endsOn: string, note: string | null, endReason: string | null, allowed: number | null, used: number | null, left: number | null, renewal: { __typename: 'Period', startsOn: string, endsOn: string }, tier: { __typename: 'MembershipTier', id: string, name: string, code: string, periodMonths: number | null, periodDays: number | null, visitCap: number | null, capWindow: CapWindow, colour: string, retired: boolean } }, client: { __typename: 'Client', id: string } }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'PeriodOverlap', otherName: string, code: string, message: string, other: { __typename: 'Period', startsOn: string, endsOn: string }, proposed: { __typename: 'Period', startsOn: string, endsOn: string } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type RenewMembershipMutationVariables = Exact<{
  input: RenewMembershipInput;
}>;


export type RenewMembershipMutation = { __typename: 'Mutation', renewMembership:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'MembershipSaved', alreadyThere: boolean, membership: { __typename: 'Membership', id: string, version: number, startsOn: string, endsOn: string, note: string | null, endReason: string | null, allowed: number | null, used: number | null, left: number | null, renewal: { __typename: 'Period', startsOn: string, endsOn: string }, tier: { __typename: 'MembershipTier', id: string, name: string, code: string, periodMonths: number | null, periodDays: number | null, visitCap: number | null, capWindow: CapWindow, colour: string, retired: boolean } }, client: { __typename: 'Client', id: string } }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'PeriodOverlap', otherName: string, code: string, message: string, other: { __typename: 'Period', startsOn: string, endsOn: string }, proposed: { __typename: 'Period', startsOn: string, endsOn: string } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type ExtendMembershipMutationVariables = Exact<{
  input: ExtendInput;
}>;


export type ExtendMembershipMutation = { __typename: 'Mutation', extendMembership:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'MembershipSaved', alreadyThere: boolean, membership: { __typename: 'Membership', id: string, version: number, startsOn: string, endsOn: string, note: string | null, endReason: string | null, allowed: number | null, used: number | null, left: number | null, renewal: { __typename: 'Period', startsOn: string, endsOn: string }, tier: { __typename: 'MembershipTier', id: string, name: string, code: string, periodMonths: number | null, periodDays: number | null, visitCap: number | null, capWindow: CapWindow, colour: string, retired: boolean } }, client: { __typename: 'Client', id: string } }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'PeriodOverlap', otherName: string, code: string, message: string, other: { __typename: 'Period', startsOn: string, endsOn: string }, proposed: { __typename: 'Period', startsOn: string, endsOn: string } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type EndMembershipMutationVariables = Exact<{
  input: EndInput;
}>;


export type EndMembershipMutation = { __typename: 'Mutation', endMembership:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'MembershipSaved', alreadyThere: boolean, membership: { __typename: 'Membership', id: string, version: number, startsOn: string, endsOn: string, note: string | null, endReason: string | null, allowed: number | null, used: number | null, left: number | null, renewal: { __typename: 'Period', startsOn: string, endsOn: string }, tier: { __typename: 'MembershipTier', id: string, name: string, code: string, periodMonths: number | null, periodDays: number | null, visitCap: number | null, capWindow: CapWindow, colour: string, retired: boolean } }, client: { __typename: 'Client', id: string } }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'PeriodOverlap', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type RemoveMembershipMutationVariables = Exact<{
  input: RemoveInput;
}>;


export type RemoveMembershipMutation = { __typename: 'Mutation', removeMembership:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'HoldingRemoved', id: string, client: { __typename: 'Client', id: string } }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
   };

export type PutMembershipBackMutationVariables = Exact<{
  input: PutBackInput;
}>;


export type PutMembershipBackMutation = { __typename: 'Mutation', putMembershipBack:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'MembershipSaved', alreadyThere: boolean, membership: { __typename: 'Membership', id: string, version: number, startsOn: string, endsOn: string, note: string | null, endReason: string | null, allowed: number | null, used: number | null, left: number | null, renewal: { __typename: 'Period', startsOn: string, endsOn: string }, tier: { __typename: 'MembershipTier', id: string, name: string, code: string, periodMonths: number | null, periodDays: number | null, visitCap: number | null, capWindow: CapWindow, colour: string, retired: boolean } }, client: { __typename: 'Client', id: string } }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'PeriodOverlap', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type AddAuthorizationMutationVariables = Exact<{
  input: AddAuthorizationInput;
}>;


export type AddAuthorizationMutation = { __typename: 'Mutation', addAuthorization:
    | { __typename: 'AuthorizationSaved', alreadyThere: boolean, authorization: { __typename: 'Authorization', id: string, version: number, startsOn: string, endsOn: string, note: string | null, endReason: string | null, allowed: number | null, used: number | null, left: number | null, uciNumber: string | null, authorizationNumber: string | null, vendorNumber: string | null, serviceCode: string | null, serviceSubcode: string | null, serviceCoordinator: string | null, serviceCoordinatorPhone: string | null, unitsPerMonth: number | null, unit: AuthorizationUnit, renewal: { __typename: 'Period', startsOn: string, endsOn: string } }, client: { __typename: 'Client', id: string } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'PeriodOverlap', otherName: string, code: string, message: string, other: { __typename: 'Period', startsOn: string, endsOn: string }, proposed: { __typename: 'Period', startsOn: string, endsOn: string } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type UpdateAuthorizationMutationVariables = Exact<{
  input: UpdateAuthorizationInput;
}>;


export type UpdateAuthorizationMutation = { __typename: 'Mutation', updateAuthorization:
    | { __typename: 'AuthorizationSaved', alreadyThere: boolean, authorization: { __typename: 'Authorization', id: string, version: number, startsOn: string, endsOn: string, note: string | null, endReason: string | null, allowed: number | null, used: number | null, left: number | null, uciNumber: string | null, authorizationNumber: string | null, vendorNumber: string | null, serviceCode: string | null, serviceSubcode: string | null, serviceCoordinator: string | null, serviceCoordinatorPhone: string | null, unitsPerMonth: number | null, unit: AuthorizationUnit, renewal: { __typename: 'Period', startsOn: string, endsOn: string } }, client: { __typename: 'Client', id: string } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'PeriodOverlap', otherName: string, code: string, message: string, other: { __typename: 'Period', startsOn: string, endsOn: string }, proposed: { __typename: 'Period', startsOn: string, endsOn: string } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type RenewAuthorizationMutationVariables = Exact<{
  input: RenewAuthorizationInput;
}>;


export type RenewAuthorizationMutation = { __typename: 'Mutation', renewAuthorization:
    | { __typename: 'AuthorizationSaved', alreadyThere: boolean, authorization: { __typename: 'Authorization', id: string, version: number, startsOn: string, endsOn: string, note: string | null, endReason: string | null, allowed: number | null, used: number | null, left: number | null, uciNumber: string | null, authorizationNumber: string | null, vendorNumber: string | null, serviceCode: string | null, serviceSubcode: string | null, serviceCoordinator: string | null, serviceCoordinatorPhone: string | null, unitsPerMonth: number | null, unit: AuthorizationUnit, renewal: { __typename: 'Period', startsOn: string, endsOn: string } }, client: { __typename: 'Client', id: string } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'PeriodOverlap', otherName: string, code: string, message: string, other: { __typename: 'Period', startsOn: string, endsOn: string }, proposed: { __typename: 'Period', startsOn: string, endsOn: string } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type ExtendAuthorizationMutationVariables = Exact<{
  input: ExtendInput;
}>;


export type ExtendAuthorizationMutation = { __typename: 'Mutation', extendAuthorization:
    | { __typename: 'AuthorizationSaved', alreadyThere: boolean, authorization: { __typename: 'Authorization', id: string, version: number, startsOn: string, endsOn: string, note: string | null, endReason: string | null, allowed: number | null, used: number | null, left: number | null, uciNumber: string | null, authorizationNumber: string | null, vendorNumber: string | null, serviceCode: string | null, serviceSubcode: string | null, serviceCoordinator: string | null, serviceCoordinatorPhone: string | null, unitsPerMonth: number | null, unit: AuthorizationUnit, renewal: { __typename: 'Period', startsOn: string, endsOn: string } }, client: { __typename: 'Client', id: string } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'PeriodOverlap', otherName: string, code: string, message: string, other: { __typename: 'Period', startsOn: string, endsOn: string }, proposed: { __typename: 'Period', startsOn: string, endsOn: string } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type EndAuthorizationMutationVariables = Exact<{
  input: EndInput;
}>;


export type EndAuthorizationMutation = { __typename: 'Mutation', endAuthorization:
    | { __typename: 'AuthorizationSaved', alreadyThere: boolean, authorization: { __typename: 'Authorization', id: string, version: number, startsOn: string, endsOn: string, note: string | null, endReason: string | null, allowed: number | null, used: number | null, left: number | null, uciNumber: string | null, authorizationNumber: string | null, vendorNumber: string | null, serviceCode: string | null, serviceSubcode: string | null, serviceCoordinator: string | null, serviceCoordinatorPhone: string | null, unitsPerMonth: number | null, unit: AuthorizationUnit, renewal: { __typename: 'Period', startsOn: string, endsOn: string } }, client: { __typename: 'Client', id: string } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'PeriodOverlap', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type RemoveAuthorizationMutationVariables = Exact<{
  input: RemoveInput;
}>;


export type RemoveAuthorizationMutation = { __typename: 'Mutation', removeAuthorization:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'HoldingRemoved', id: string, client: { __typename: 'Client', id: string } }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
   };

export type PutAuthorizationBackMutationVariables = Exact<{
  input: PutBackInput;
}>;


export type PutAuthorizationBackMutation = { __typename: 'Mutation', putAuthorizationBack:
    | { __typename: 'AuthorizationSaved', alreadyThere: boolean, authorization: { __typename: 'Authorization', id: string, version: number, startsOn: string, endsOn: string, note: string | null, endReason: string | null, allowed: number | null, used: number | null, left: number | null, uciNumber: string | null, authorizationNumber: string | null, vendorNumber: string | null, serviceCode: string | null, serviceSubcode: string | null, serviceCoordinator: string | null, serviceCoordinatorPhone: string | null, unitsPerMonth: number | null, unit: AuthorizationUnit, renewal: { __typename: 'Period', startsOn: string, endsOn: string } }, client: { __typename: 'Client', id: string } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'PeriodOverlap', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type CreateTierMutationVariables = Exact<{
  input: CreateTierInput;
}>;


export type CreateTierMutation = { __typename: 'Mutation', createTier:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'TierSaved', tier: { __typename: 'MembershipTier', version: number, policy: CheckInPolicy, description: string | null, sentenceEn: string | null, sentenceEs: string | null, isDefault: boolean, runningMemberships: number, id: string, name: string, code: string, periodMonths: number | null, periodDays: number | null, visitCap: number | null, capWindow: CapWindow, colour: string, retired: boolean, price: { __typename: 'Price', cents: number, currency: string } | null } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type UpdateTierMutationVariables = Exact<{
  input: UpdateTierInput;
}>;


export type UpdateTierMutation = { __typename: 'Mutation', updateTier:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'TierSaved', tier: { __typename: 'MembershipTier', version: number, policy: CheckInPolicy, description: string | null, sentenceEn: string | null, sentenceEs: string | null, isDefault: boolean, runningMemberships: number, id: string, name: string, code: string, periodMonths: number | null, periodDays: number | null, visitCap: number | null, capWindow: CapWindow, colour: string, retired: boolean, price: { __typename: 'Price', cents: number, currency: string } | null } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type RetireTierMutationVariables = Exact<{
  input: TierVersionInput;
}>;


export type RetireTierMutation = { __typename: 'Mutation', retireTier:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'TierSaved', tier: { __typename: 'MembershipTier', version: number, policy: CheckInPolicy, description: string | null, sentenceEn: string | null, sentenceEs: string | null, isDefault: boolean, runningMemberships: number, id: string, name: string, code: string, periodMonths: number | null, periodDays: number | null, visitCap: number | null, capWindow: CapWindow, colour: string, retired: boolean, price: { __typename: 'Price', cents: number, currency: string } | null } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type UnretireTierMutationVariables = Exact<{
  input: TierVersionInput;
}>;


export type UnretireTierMutation = { __typename: 'Mutation', unretireTier:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'TierSaved', tier: { __typename: 'MembershipTier', version: number, policy: CheckInPolicy, description: string | null, sentenceEn: string | null, sentenceEs: string | null, isDefault: boolean, runningMemberships: number, id: string, name: string, code: string, periodMonths: number | null, periodDays: number | null, visitCap: number | null, capWindow: CapWindow, colour: string, retired: boolean, price: { __typename: 'Price', cents: number, currency: string } | null } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type NotePartsFragment = { __typename: 'Note', id: string, version: number, body: string, pinned: boolean, createdAt: string, authorName: string | null, editedAt: string | null, editedByName: string | null };

export type AddNoteMutationVariables = Exact<{
  input: AddNoteInput;
}>;


export type AddNoteMutation = { __typename: 'Mutation', addNote:
    | { __typename: 'ClientSaved', changedId: string, changedVersion: number | null, client: { __typename: 'Client', id: string, version: number, displayName: string } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type UpdateNoteMutationVariables = Exact<{
  input: UpdateNoteInput;
}>;


export type UpdateNoteMutation = { __typename: 'Mutation', updateNote:
    | { __typename: 'ClientSaved', changedId: string, changedVersion: number | null, client: { __typename: 'Client', id: string, version: number, displayName: string } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type DeleteNoteMutationVariables = Exact<{
  input: NoteVersionInput;
}>;


export type DeleteNoteMutation = { __typename: 'Mutation', deleteNote:
    | { __typename: 'ClientSaved', changedId: string, changedVersion: number | null, client: { __typename: 'Client', id: string, version: number, displayName: string } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type RestoreNoteMutationVariables = Exact<{
  input: NoteVersionInput;
}>;


export type RestoreNoteMutation = { __typename: 'Mutation', restoreNote:
    | { __typename: 'ClientSaved', changedId: string, changedVersion: number | null, client: { __typename: 'Client', id: string, version: number, displayName: string } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type MergePreviewQueryVariables = Exact<{
  input: MergePreviewInput;
}>;


export type MergePreviewQuery = { __typename: 'Query', mergePreview:
    | { __typename: 'Conflict', code: string, message: string }
    | { __typename: 'MergePreview', clients: Array<{ __typename: 'Client', id: string, version: number, displayName: string, firstName: string, lastName: string, archived: boolean, createdAt: string, lastCheckInAt: string | null, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null } }>, differences: Array<{ __typename: 'MergeDifference', field: MergeField, winnerId: string, values: Array<{ __typename: 'MergeValue', clientId: string, value: string | null }> }>, counts: Array<{ __typename: 'MergeCount', kind: MergeKind, moving: number, staying: number }>, staying: Array<{ __typename: 'MergeStaying', kind: MergeKind, clientId: string, name: string | null, startsOn: string | null, endsOn: string | null, differs: boolean }>, overlaps: Array<{ __typename: 'MergeOverlap', kind: MergeKind, one: { __typename: 'MergePeriod', clientId: string, name: string | null, startsOn: string, endsOn: string }, other: { __typename: 'MergePeriod', clientId: string, name: string | null, startsOn: string, endsOn: string } }> }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type MergeSideFragment = { __typename: 'Client', id: string, version: number, displayName: string, firstName: string, lastName: string, archived: boolean, createdAt: string, lastCheckInAt: string | null, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null } };

export type MergePeriodPartsFragment = { __typename: 'MergePeriod', clientId: string, name: string | null, startsOn: string, endsOn: string };

export type MergeClientsMutationVariables = Exact<{
  input: MergeClientsInput;
}>;


export type MergeClientsMutation = { __typename: 'Mutation', mergeClients:
    | { __typename: 'ClientsMerged', client: { __typename: 'Client', id: string, displayName: string, merges: Array<{ __typename: 'ClientMerge', id: string }> } }
    | { __typename: 'Conflict', code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type UndoMergeMutationVariables = Exact<{
  input: UndoMergeInput;
}>;


export type UndoMergeMutation = { __typename: 'Mutation', undoMerge:
    | { __typename: 'Conflict', code: string, message: string }
    | { __typename: 'MergeUndone', client: { __typename: 'Client', id: string } }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
   };

export type ClientDocumentsQueryVariables = Exact<{
  id: string;
}>;


export type ClientDocumentsQuery = { __typename: 'Query', client: { __typename: 'Client', id: string, version: number, displayName: string, firstName: string, lastName: string, archived: boolean, memberCode: string | null, mergedInto: { __typename: 'Client', id: string, displayName: string } | null, erasure: { __typename: 'Erasure', erasedAt: string, reason: string, byName: string, hasCertificate: boolean } | null, merges: Array<{ __typename: 'ClientMerge', id: string, mergedAt: string, byName: string, undoableUntil: string | null, undoneAt: string | null, undoneByName: string | null, merged: { __typename: 'Client', id: string, displayName: string } }> } | null };

export type MergeStepFragment = { __typename: 'ClientMerge', id: string, mergedAt: string, byName: string, undoableUntil: string | null, undoneAt: string | null, undoneByName: string | null, merged: { __typename: 'Client', id: string, displayName: string } };

export type EraseClientMutationVariables = Exact<{
  input: EraseClientInput;
}>;


export type EraseClientMutation = { __typename: 'Mutation', eraseClient:
    | { __typename: 'ClientErased', client: { __typename: 'Client', id: string, displayName: string } }
    | { __typename: 'Conflict', code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type PaletteViewsQueryVariables = Exact<{ [key: string]: never; }>;


export type PaletteViewsQuery = { __typename: 'Query', clients: Array<{ __typename: 'SavedView', id: string, name: string, state: Array<{ __typename: 'ViewParameter', name: string, value: string }> }>, checkIns: Array<{ __typename: 'SavedView', id: string, name: string, state: Array<{ __typename: 'ViewParameter', name: string, value: string }> }> };

export type PaletteViewFragment = { __typename: 'SavedView', id: string, name: string, state: Array<{ __typename: 'ViewParameter', name: string, value: string }> };

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

export type ClientTableQueryVariables = Exact<{
  search?: string | null | undefined;
  filter?: ClientFilter | null | undefined;
  orderBy: ClientOrder;
  direction?: Direction | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type ClientTableQuery = { __typename: 'Query', clients: { __typename: 'ClientConnection', totalCount: number, totalIsExact: boolean, edges: Array<{ __typename: 'ClientEdge', node: { __typename: 'Client', id: string, displayName: string, lastCheckInAt: string | null, archived: boolean, createdAt: string, dateOfBirth: string | null, guardianName: string | null, serviceCoordinator: string | null, language: Language, memberCode: string | null, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null }, tags: Array<{ __typename: 'Tag', id: string, name: string, colour: string }>, alerts: Array<{ __typename: 'Note', id: string, body: string }>, contactMethods: Array<{ __typename: 'ContactMethod', id: string, kind: ContactKind, display: string, primary: boolean }> } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type MoreOfClientTableQueryVariables = Exact<{
  search?: string | null | undefined;
  filter?: ClientFilter | null | undefined;
  orderBy: ClientOrder;
  direction?: Direction | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type MoreOfClientTableQuery = { __typename: 'Query', clients: { __typename: 'ClientConnection', edges: Array<{ __typename: 'ClientEdge', node: { __typename: 'Client', id: string, displayName: string, lastCheckInAt: string | null, archived: boolean, createdAt: string, dateOfBirth: string | null, guardianName: string | null, serviceCoordinator: string | null, language: Language, memberCode: string | null, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null }, tags: Array<{ __typename: 'Tag', id: string, name: string, colour: string }>, alerts: Array<{ __typename: 'Note', id: string, body: string }>, contactMethods: Array<{ __typename: 'ContactMethod', id: string, kind: ContactKind, display: string, primary: boolean }> } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type ClientRowFragment = { __typename: 'Client', id: string, displayName: string, lastCheckInAt: string | null, archived: boolean, createdAt: string, dateOfBirth: string | null, guardianName: string | null, serviceCoordinator: string | null, language: Language, memberCode: string | null, standing: { __typename: 'Standing', status: StandingStatus, source: StandingSource | null, startsOn: string | null, endsOn: string | null, daysLeft: number | null, tierName: string | null }, tags: Array<{ __typename: 'Tag', id: string, name: string, colour: string }>, alerts: Array<{ __typename: 'Note', id: string, body: string }>, contactMethods: Array<{ __typename: 'ContactMethod', id: string, kind: ContactKind, display: string, primary: boolean }> };

export type TableChoicesQueryVariables = Exact<{ [key: string]: never; }>;


export type TableChoicesQuery = { __typename: 'Query', serviceCoordinators: Array<string>, tags: Array<{ __typename: 'Tag', id: string, name: string, colour: string }>, membershipTiers: Array<{ __typename: 'MembershipTier', id: string, name: string, colour: string }> };

export type ViewPartsFragment = { __typename: 'SavedView', id: string, name: string, shared: boolean, mine: boolean, mayChange: boolean, ownerName: string, version: number, state: Array<{ __typename: 'ViewParameter', name: string, value: string }> };

export type ClientViewsQueryVariables = Exact<{ [key: string]: never; }>;


export type ClientViewsQuery = { __typename: 'Query', savedViews: Array<{ __typename: 'SavedView', id: string, name: string, shared: boolean, mine: boolean, mayChange: boolean, ownerName: string, version: number, state: Array<{ __typename: 'ViewParameter', name: string, value: string }> }> };

export type SaveViewMutationVariables = Exact<{
  input: SaveViewInput;
}>;


export type SaveViewMutation = { __typename: 'Mutation', saveView:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
    | { __typename: 'ViewSaved', view: { __typename: 'SavedView', id: string, name: string, shared: boolean, mine: boolean, mayChange: boolean, ownerName: string, version: number, state: Array<{ __typename: 'ViewParameter', name: string, value: string }> } }
   };

export type UpdateViewMutationVariables = Exact<{
  input: UpdateViewInput;
}>;


export type UpdateViewMutation = { __typename: 'Mutation', updateView:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
    | { __typename: 'ViewSaved', view: { __typename: 'SavedView', id: string, name: string, shared: boolean, mine: boolean, mayChange: boolean, ownerName: string, version: number, state: Array<{ __typename: 'ViewParameter', name: string, value: string }> } }
   };

export type DeleteViewMutationVariables = Exact<{
  input: DeleteViewInput;
}>;


export type DeleteViewMutation = { __typename: 'Mutation', deleteView:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
    | { __typename: 'ViewRemoved', viewId: string }
   };

export type BulkPartsFragment = { __typename: 'BulkChange', id: string, kind: BulkKind, tagName: string | null, state: BulkState, total: number, done: number, changed: number, isUndo: boolean, undone: boolean, mayUndo: boolean };

export type BulkPreviewQueryVariables = Exact<{
  input: BulkPreviewInput;
}>;


export type BulkPreviewQuery = { __typename: 'Query', bulkPreview: { __typename: 'BulkPreview', count: number, countIsExact: boolean, changing: number } };

export type BulkProgressQueryVariables = Exact<{
  id: string;
}>;


export type BulkProgressQuery = { __typename: 'Query', bulkChange: { __typename: 'BulkChange', id: string, kind: BulkKind, tagName: string | null, state: BulkState, total: number, done: number, changed: number, isUndo: boolean, undone: boolean, mayUndo: boolean } | null };

export type StartBulkChangeMutationVariables = Exact<{
  input: StartBulkChangeInput;
}>;


export type StartBulkChangeMutation = { __typename: 'Mutation', startBulkChange:
    | { __typename: 'BulkChangeStarted', bulkChange: { __typename: 'BulkChange', id: string, kind: BulkKind, tagName: string | null, state: BulkState, total: number, done: number, changed: number, isUndo: boolean, undone: boolean, mayUndo: boolean } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type UndoBulkChangeMutationVariables = Exact<{
  input: UndoBulkChangeInput;
}>;


export type UndoBulkChangeMutation = { __typename: 'Mutation', undoBulkChange:
    | { __typename: 'BulkChangeStarted', bulkChange: { __typename: 'BulkChange', id: string, kind: BulkKind, tagName: string | null, state: BulkState, total: number, done: number, changed: number, isUndo: boolean, undone: boolean, mayUndo: boolean } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type TagDetailsFragment = { __typename: 'Tag', description: string | null, version: number, clientCount: number, id: string, name: string, colour: string };

export type TagsQueryVariables = Exact<{ [key: string]: never; }>;


export type TagsQuery = { __typename: 'Query', tags: Array<{ __typename: 'Tag', description: string | null, version: number, clientCount: number, id: string, name: string, colour: string }> };

export type ChangeClientTagsMutationVariables = Exact<{
  input: ChangeClientTagsInput;
}>;


export type ChangeClientTagsMutation = { __typename: 'Mutation', changeClientTags:
    | { __typename: 'ClientSaved', changedId: string, changedVersion: number | null, client: { __typename: 'Client', id: string, version: number, displayName: string } }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type CreateTagMutationVariables = Exact<{
  input: CreateTagInput;
}>;


export type CreateTagMutation = { __typename: 'Mutation', createTag:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'TagSaved', tag: { __typename: 'Tag', description: string | null, version: number, clientCount: number, id: string, name: string, colour: string } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type UpdateTagMutationVariables = Exact<{
  input: UpdateTagInput;
}>;


export type UpdateTagMutation = { __typename: 'Mutation', updateTag:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'TagSaved', tag: { __typename: 'Tag', description: string | null, version: number, clientCount: number, id: string, name: string, colour: string } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type JoinTagsMutationVariables = Exact<{
  input: JoinTagsInput;
}>;


export type JoinTagsMutation = { __typename: 'Mutation', joinTags:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'TagSaved', tag: { __typename: 'Tag', description: string | null, version: number, clientCount: number, id: string, name: string, colour: string } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type DeleteTagMutationVariables = Exact<{
  input: DeleteTagInput;
}>;


export type DeleteTagMutation = { __typename: 'Mutation', deleteTag:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'TagRemoved', tagId: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type SessionRowFragment = { __typename: 'Session', id: string, browser: string | null, system: string | null, createdAt: string, lastUsedAt: string, current: boolean };

export type UserLinkPartsFragment = { __typename: 'UserLink', waiting: boolean, expiresAt: string, usedAt: string | null };

export type UserRowFragment = { __typename: 'User', id: string, email: string, username: string | null, displayName: string, role: UserRole, active: boolean, lastLoginAt: string | null, secondFactorSince: string | null, mustChangePassword: boolean, temporaryUntil: string | null, link: { __typename: 'UserLink', waiting: boolean, expiresAt: string, usedAt: string | null } | null };

export type UserDetailsFragment = { __typename: 'User', language: Language, createdAt: string, version: number, id: string, email: string, username: string | null, displayName: string, role: UserRole, active: boolean, lastLoginAt: string | null, secondFactorSince: string | null, mustChangePassword: boolean, temporaryUntil: string | null, sessions: Array<{ __typename: 'Session', id: string, browser: string | null, system: string | null, createdAt: string, lastUsedAt: string, current: boolean }>, link: { __typename: 'UserLink', waiting: boolean, expiresAt: string, usedAt: string | null } | null };

export type AccessPartsFragment = { __typename: 'AccessGiven', user: { __typename: 'User', language: Language, createdAt: string, version: number, id: string, email: string, username: string | null, displayName: string, role: UserRole, active: boolean, lastLoginAt: string | null, secondFactorSince: string | null, mustChangePassword: boolean, temporaryUntil: string | null, sessions: Array<{ __typename: 'Session', id: string, browser: string | null, system: string | null, createdAt: string, lastUsedAt: string, current: boolean }>, link: { __typename: 'UserLink', waiting: boolean, expiresAt: string, usedAt: string | null } | null }, temporaryPassword: { __typename: 'TemporaryPassword', password: string, countsUntil: string } | null, link: { __typename: 'OneTimeSignInLink', path: string, url: string | null, countsUntil: string } | null };

export type UsersQueryVariables = Exact<{
  search?: string | null | undefined;
  filter?: UserFilter | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type UsersQuery = { __typename: 'Query', users: { __typename: 'UserConnection', totalCount: number, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null }, edges: Array<{ __typename: 'UserEdge', node: { __typename: 'User', id: string, email: string, username: string | null, displayName: string, role: UserRole, active: boolean, lastLoginAt: string | null, secondFactorSince: string | null, mustChangePassword: boolean, temporaryUntil: string | null, link: { __typename: 'UserLink', waiting: boolean, expiresAt: string, usedAt: string | null } | null } }> } };

export type UserPageQueryVariables = Exact<{
  id: string;
}>;


export type UserPageQuery = { __typename: 'Query', user: { __typename: 'User', language: Language, createdAt: string, version: number, id: string, email: string, username: string | null, displayName: string, role: UserRole, active: boolean, lastLoginAt: string | null, secondFactorSince: string | null, mustChangePassword: boolean, temporaryUntil: string | null, sessions: Array<{ __typename: 'Session', id: string, browser: string | null, system: string | null, createdAt: string, lastUsedAt: string, current: boolean }>, link: { __typename: 'UserLink', waiting: boolean, expiresAt: string, usedAt: string | null } | null } | null };

export type OwnSessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type OwnSessionsQuery = { __typename: 'Query', viewer: { __typename: 'Viewer', user: { __typename: 'User', id: string, sessions: Array<{ __typename: 'Session', id: string, browser: string | null, system: string | null, createdAt: string, lastUsedAt: string, current: boolean }> } } };

export type CreateUserMutationVariables = Exact<{
  input: CreateUserInput;
}>;


export type CreateUserMutation = { __typename: 'Mutation', createUser:
    | { __typename: 'AccessGiven', user: { __typename: 'User', language: Language, createdAt: string, version: number, id: string, email: string, username: string | null, displayName: string, role: UserRole, active: boolean, lastLoginAt: string | null, secondFactorSince: string | null, mustChangePassword: boolean, temporaryUntil: string | null, sessions: Array<{ __typename: 'Session', id: string, browser: string | null, system: string | null, createdAt: string, lastUsedAt: string, current: boolean }>, link: { __typename: 'UserLink', waiting: boolean, expiresAt: string, usedAt: string | null } | null }, temporaryPassword: { __typename: 'TemporaryPassword', password: string, countsUntil: string } | null, link: { __typename: 'OneTimeSignInLink', path: string, url: string | null, countsUntil: string } | null }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type UpdateUserMutationVariables = Exact<{
  input: UpdateUserInput;
}>;


export type UpdateUserMutation = { __typename: 'Mutation', updateUser:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'UserSaved', user: { __typename: 'User', language: Language, createdAt: string, version: number, id: string, email: string, username: string | null, displayName: string, role: UserRole, active: boolean, lastLoginAt: string | null, secondFactorSince: string | null, mustChangePassword: boolean, temporaryUntil: string | null, sessions: Array<{ __typename: 'Session', id: string, browser: string | null, system: string | null, createdAt: string, lastUsedAt: string, current: boolean }>, link: { __typename: 'UserLink', waiting: boolean, expiresAt: string, usedAt: string | null } | null } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type ActivateUserMutationVariables = Exact<{
  input: UserVersionInput;
}>;


export type ActivateUserMutation = { __typename: 'Mutation', activateUser:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'UserSaved', user: { __typename: 'User', language: Language, createdAt: string, version: number, id: string, email: string, username: string | null, displayName: string, role: UserRole, active: boolean, lastLoginAt: string | null, secondFactorSince: string | null, mustChangePassword: boolean, temporaryUntil: string | null, sessions: Array<{ __typename: 'Session', id: string, browser: string | null, system: string | null, createdAt: string, lastUsedAt: string, current: boolean }>, link: { __typename: 'UserLink', waiting: boolean, expiresAt: string, usedAt: string | null } | null } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type DeactivateUserMutationVariables = Exact<{
  input: UserVersionInput;
}>;


export type DeactivateUserMutation = { __typename: 'Mutation', deactivateUser:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'UserSaved', user: { __typename: 'User', language: Language, createdAt: string, version: number, id: string, email: string, username: string | null, displayName: string, role: UserRole, active: boolean, lastLoginAt: string | null, secondFactorSince: string | null, mustChangePassword: boolean, temporaryUntil: string | null, sessions: Array<{ __typename: 'Session', id: string, browser: string | null, system: string | null, createdAt: string, lastUsedAt: string, current: boolean }>, link: { __typename: 'UserLink', waiting: boolean, expiresAt: string, usedAt: string | null } | null } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type ResetPasswordMutationVariables = Exact<{
  input: ResetPasswordInput;
}>;


export type ResetPasswordMutation = { __typename: 'Mutation', resetPassword:
    | { __typename: 'AccessGiven', user: { __typename: 'User', language: Language, createdAt: string, version: number, id: string, email: string, username: string | null, displayName: string, role: UserRole, active: boolean, lastLoginAt: string | null, secondFactorSince: string | null, mustChangePassword: boolean, temporaryUntil: string | null, sessions: Array<{ __typename: 'Session', id: string, browser: string | null, system: string | null, createdAt: string, lastUsedAt: string, current: boolean }>, link: { __typename: 'UserLink', waiting: boolean, expiresAt: string, usedAt: string | null } | null }, temporaryPassword: { __typename: 'TemporaryPassword', password: string, countsUntil: string } | null, link: { __typename: 'OneTimeSignInLink', path: string, url: string | null, countsUntil: string } | null }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type NewSignInLinkMutationVariables = Exact<{
  input: UserIdInput;
}>;


export type NewSignInLinkMutation = { __typename: 'Mutation', newSignInLink:
    | { __typename: 'AccessGiven', user: { __typename: 'User', language: Language, createdAt: string, version: number, id: string, email: string, username: string | null, displayName: string, role: UserRole, active: boolean, lastLoginAt: string | null, secondFactorSince: string | null, mustChangePassword: boolean, temporaryUntil: string | null, sessions: Array<{ __typename: 'Session', id: string, browser: string | null, system: string | null, createdAt: string, lastUsedAt: string, current: boolean }>, link: { __typename: 'UserLink', waiting: boolean, expiresAt: string, usedAt: string | null } | null }, temporaryPassword: { __typename: 'TemporaryPassword', password: string, countsUntil: string } | null, link: { __typename: 'OneTimeSignInLink', path: string, url: string | null, countsUntil: string } | null }
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type WithdrawSignInLinkMutationVariables = Exact<{
  input: UserIdInput;
}>;


export type WithdrawSignInLinkMutation = { __typename: 'Mutation', withdrawSignInLink:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'LinkWithdrawn', withdrawn: boolean }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type DeleteUserMutationVariables = Exact<{
  input: UserVersionInput;
}>;


export type DeleteUserMutation = { __typename: 'Mutation', deleteUser:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'UserDeleted', userId: string }
    | { __typename: 'UserInUse', traces: Array<UserTrace>, code: string, message: string }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type ResetSecondFactorOfMutationVariables = Exact<{
  input: ResetSecondFactorInput;
}>;


export type ResetSecondFactorOfMutation = { __typename: 'Mutation', resetSecondFactor:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'SecondFactorReset' }
   };

export type EndUserSessionsMutationVariables = Exact<{
  input: UserIdInput;
}>;


export type EndUserSessionsMutation = { __typename: 'Mutation', endUserSessions:
    | { __typename: 'Conflict', version: number | null, code: string, message: string, changes: Array<{ __typename: 'FieldChange', path: Array<string>, value: string | null, byName: string, at: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'SessionsEnded', ended: number }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export type EndSessionMutationVariables = Exact<{
  input: EndSessionInput;
}>;


export type EndSessionMutation = { __typename: 'Mutation', endSession:
    | { __typename: 'NotFound', code: string, message: string }
    | { __typename: 'SessionsEnded', ended: number }
   };

export type EndOtherSessionsMutationVariables = Exact<{ [key: string]: never; }>;


export type EndOtherSessionsMutation = { __typename: 'Mutation', endOtherSessions: { __typename: 'SessionsEnded', ended: number } };

export type OpenSignInLinkMutationVariables = Exact<{
  input: OpenSignInLinkInput;
}>;


export type OpenSignInLinkMutation = { __typename: 'Mutation', openSignInLink:
    | { __typename: 'LoginRefused', code: string, message: string, retryAfterSeconds: number | null }
    | { __typename: 'SignInLinkOpened', email: string, username: string | null, displayName: string }
   };

export type SetPasswordByLinkMutationVariables = Exact<{
  input: SetPasswordByLinkInput;
}>;


export type SetPasswordByLinkMutation = { __typename: 'Mutation', setPasswordByLink:
    | { __typename: 'LoginRefused', code: string, message: string, retryAfterSeconds: number | null }
    | { __typename: 'SecondFactorNeeded', challenge: string }
    | { __typename: 'SessionStarted', accessToken: string, expiresAt: string, viewer: { __typename: 'Viewer', permissions: Array<string>, mustChangePassword: boolean, mustSetUpSecondFactor: boolean, user: { __typename: 'User', id: string, email: string, username: string | null, displayName: string, role: UserRole, theme: Theme, language: Language } } }
    | { __typename: 'ValidationProblem', code: string, message: string, fields: Array<{ __typename: 'FieldProblem', path: Array<string>, code: string, message: string }> }
   };

export const ViewerPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ViewerParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Viewer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"theme"}},{"kind":"Field","name":{"kind":"Name","value":"language"}}]}},{"kind":"Field","name":{"kind":"Name","value":"permissions"}},{"kind":"Field","name":{"kind":"Name","value":"mustChangePassword"}},{"kind":"Field","name":{"kind":"Name","value":"mustSetUpSecondFactor"}}]}}]} as unknown as DocumentNode<ViewerPartsFragment, unknown>;
export const SessionPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SessionStarted"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ViewerParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ViewerParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Viewer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"theme"}},{"kind":"Field","name":{"kind":"Name","value":"language"}}]}},{"kind":"Field","name":{"kind":"Name","value":"permissions"}},{"kind":"Field","name":{"kind":"Name","value":"mustChangePassword"}},{"kind":"Field","name":{"kind":"Name","value":"mustSetUpSecondFactor"}}]}}]} as unknown as DocumentNode<SessionPartsFragment, unknown>;
export const FieldProblemsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FieldProblems"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ValidationProblem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"fields"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]} as unknown as DocumentNode<FieldProblemsFragment, unknown>;
export const NewCodesFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"NewCodes"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecoveryCodes"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"codes"}}]}}]} as unknown as DocumentNode<NewCodesFragment, unknown>;
export const SecondFactorRefusalFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SecondFactorRefusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LoginRefused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}}]} as unknown as DocumentNode<SecondFactorRefusalFragment, unknown>;
export const ListedEntryFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ListedEntry"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuditEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"actor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","name":{"kind":"Name","value":"subjectType"}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"changes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"before"}},{"kind":"Field","name":{"kind":"Name","value":"after"}}]}},{"kind":"Field","name":{"kind":"Name","value":"emptied"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]} as unknown as DocumentNode<ListedEntryFragment, unknown>;
export const CentreChoicesFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CentreChoices"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CentreSettings"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"repeatWindowMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"languages"}},{"kind":"Field","name":{"kind":"Name","value":"defaultLanguage"}},{"kind":"Field","name":{"kind":"Name","value":"accentLight"}},{"kind":"Field","name":{"kind":"Name","value":"accentDark"}},{"kind":"Field","name":{"kind":"Name","value":"logoUrl"}},{"kind":"Field","name":{"kind":"Name","value":"signInDays"}},{"kind":"Field","name":{"kind":"Name","value":"deviceDays"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactorRoles"}},{"kind":"Field","name":{"kind":"Name","value":"checkOutAtClosing"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"currencies"}},{"kind":"Field","name":{"kind":"Name","value":"openingHours"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"opens"}},{"kind":"Field","name":{"kind":"Name","value":"closes"}}]}}]}}]} as unknown as DocumentNode<CentreChoicesFragment, unknown>;
export const StationPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StationParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Station"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"retired"}}]}}]} as unknown as DocumentNode<StationPartsFragment, unknown>;
export const StationOutcomeFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StationOutcome"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StationResult"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StationSaved"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"station"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"StationParts"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ValidationProblem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"fields"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StationParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Station"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"retired"}}]}}]} as unknown as DocumentNode<StationOutcomeFragment, unknown>;
export const SentencePartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SentenceParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PolicySentence"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"policy"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"builtIn"}},{"kind":"Field","name":{"kind":"Name","value":"own"}}]}}]} as unknown as DocumentNode<SentencePartsFragment, unknown>;
export const FeedItemFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FeedItem"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CheckIn"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"happenedAt"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"byName"}},{"kind":"Field","name":{"kind":"Name","value":"voided"}},{"kind":"Field","name":{"kind":"Name","value":"voidReason"}},{"kind":"Field","name":{"kind":"Name","value":"overrideReason"}},{"kind":"Field","name":{"kind":"Name","value":"undoableUntil"}},{"kind":"Field","name":{"kind":"Name","value":"standingStatus"}},{"kind":"Field","name":{"kind":"Name","value":"checkedOutAt"}},{"kind":"Field","name":{"kind":"Name","value":"checkedOutByClosing"}},{"kind":"Field","name":{"kind":"Name","value":"checkOutUndoableUntil"}},{"kind":"Field","name":{"kind":"Name","value":"station"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<FeedItemFragment, unknown>;
export const ListedVisitFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ListedVisit"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CheckIn"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"FeedItem"}},{"kind":"Field","name":{"kind":"Name","value":"voidUndoableUntil"}},{"kind":"Field","name":{"kind":"Name","value":"checkedOutByName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FeedItem"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CheckIn"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"happenedAt"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"byName"}},{"kind":"Field","name":{"kind":"Name","value":"voided"}},{"kind":"Field","name":{"kind":"Name","value":"voidReason"}},{"kind":"Field","name":{"kind":"Name","value":"overrideReason"}},{"kind":"Field","name":{"kind":"Name","value":"undoableUntil"}},{"kind":"Field","name":{"kind":"Name","value":"standingStatus"}},{"kind":"Field","name":{"kind":"Name","value":"checkedOutAt"}},{"kind":"Field","name":{"kind":"Name","value":"checkedOutByClosing"}},{"kind":"Field","name":{"kind":"Name","value":"checkOutUndoableUntil"}},{"kind":"Field","name":{"kind":"Name","value":"station"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<ListedVisitFragment, unknown>;
export const ContactPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ContactParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ContactMethod"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"display"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"primary"}},{"kind":"Field","name":{"kind":"Name","value":"verified"}},{"kind":"Field","name":{"kind":"Name","value":"verifiedAt"}},{"kind":"Field","name":{"kind":"Name","value":"optedOut"}},{"kind":"Field","name":{"kind":"Name","value":"optedOutAt"}},{"kind":"Field","name":{"kind":"Name","value":"needsFixing"}}]}}]} as unknown as DocumentNode<ContactPartsFragment, unknown>;
export const ClientFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ClientFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Client"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"preferredName"}},{"kind":"Field","name":{"kind":"Name","value":"dateOfBirth"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"guardianName"}},{"kind":"Field","name":{"kind":"Name","value":"guardianRelation"}},{"kind":"Field","name":{"kind":"Name","value":"guardianPhone"}},{"kind":"Field","name":{"kind":"Name","value":"serviceCoordinator"}},{"kind":"Field","name":{"kind":"Name","value":"serviceCoordinatorPhone"}},{"kind":"Field","name":{"kind":"Name","value":"serviceCoordinatorEmail"}},{"kind":"Field","name":{"kind":"Name","value":"memberCode"}},{"kind":"Field","name":{"kind":"Name","value":"gamerTag"}},{"kind":"Field","name":{"kind":"Name","value":"comfort"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"largeText"}},{"kind":"Field","name":{"kind":"Name","value":"noSound"}},{"kind":"Field","name":{"kind":"Name","value":"noMotion"}},{"kind":"Field","name":{"kind":"Name","value":"colour"}},{"kind":"Field","name":{"kind":"Name","value":"picture"}}]}},{"kind":"Field","name":{"kind":"Name","value":"contactMethods"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ContactParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ContactParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ContactMethod"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"display"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"primary"}},{"kind":"Field","name":{"kind":"Name","value":"verified"}},{"kind":"Field","name":{"kind":"Name","value":"verifiedAt"}},{"kind":"Field","name":{"kind":"Name","value":"optedOut"}},{"kind":"Field","name":{"kind":"Name","value":"optedOutAt"}},{"kind":"Field","name":{"kind":"Name","value":"needsFixing"}}]}}]} as unknown as DocumentNode<ClientFieldsFragment, unknown>;
export const ConsentPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsentParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Consent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"granted"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"byName"}}]}}]} as unknown as DocumentNode<ConsentPartsFragment, unknown>;
export const TimelinePartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TimelineParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TimelineEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"byName"}},{"kind":"Field","name":{"kind":"Name","value":"byKind"}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"summary"}},{"kind":"Field","name":{"kind":"Name","value":"changes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"before"}},{"kind":"Field","name":{"kind":"Name","value":"after"}}]}}]}}]} as unknown as DocumentNode<TimelinePartsFragment, unknown>;
export const StandingPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StandingParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Standing"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"daysLeft"}},{"kind":"Field","name":{"kind":"Name","value":"tierName"}}]}}]} as unknown as DocumentNode<StandingPartsFragment, unknown>;
export const SimilarPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SimilarParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Client"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"dateOfBirth"}},{"kind":"Field","name":{"kind":"Name","value":"archived"}},{"kind":"Field","name":{"kind":"Name","value":"lastCheckInAt"}},{"kind":"Field","name":{"kind":"Name","value":"guardianName"}},{"kind":"Field","name":{"kind":"Name","value":"standing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"StandingParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"authorizations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"uciNumber"}}]}},{"kind":"Field","name":{"kind":"Name","value":"contactMethods"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"display"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StandingParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Standing"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"daysLeft"}},{"kind":"Field","name":{"kind":"Name","value":"tierName"}}]}}]} as unknown as DocumentNode<SimilarPartsFragment, unknown>;
export const RefusalFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ValidationProblem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"fields"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conflict"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"changes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"byName"}},{"kind":"Field","name":{"kind":"Name","value":"at"}}]}}]}}]}}]} as unknown as DocumentNode<RefusalFragment, unknown>;
export const SavedClientFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SavedClient"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ClientSaved"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"changedId"}},{"kind":"Field","name":{"kind":"Name","value":"changedVersion"}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<SavedClientFragment, unknown>;
export const VisitsComparedPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"VisitsComparedParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"VisitsCompared"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"visits"}},{"kind":"Field","name":{"kind":"Name","value":"before"}},{"kind":"Field","name":{"kind":"Name","value":"firstDay"}},{"kind":"Field","name":{"kind":"Name","value":"beforeFirstDay"}},{"kind":"Field","name":{"kind":"Name","value":"beforeLastDay"}}]}}]} as unknown as DocumentNode<VisitsComparedPartsFragment, unknown>;
export const CappedCountPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CappedCountParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CappedCount"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"isExact"}}]}}]} as unknown as DocumentNode<CappedCountPartsFragment, unknown>;
export const NewAndReturningPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"NewAndReturningParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NewAndReturning"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"new"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CappedCountParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"returning"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CappedCountParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CappedCountParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CappedCount"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"isExact"}}]}}]} as unknown as DocumentNode<NewAndReturningPartsFragment, unknown>;
export const ListedClientFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ListedClient"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Client"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"lastCheckInAt"}},{"kind":"Field","name":{"kind":"Name","value":"standing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"StandingParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StandingParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Standing"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"daysLeft"}},{"kind":"Field","name":{"kind":"Name","value":"tierName"}}]}}]} as unknown as DocumentNode<ListedClientFragment, unknown>;
export const ClientsOfInterestPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ClientsOfInterestParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ClientsOfInterest"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CappedCountParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"clients"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ListedClient"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StandingParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Standing"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"daysLeft"}},{"kind":"Field","name":{"kind":"Name","value":"tierName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CappedCountParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CappedCount"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"isExact"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ListedClient"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Client"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"lastCheckInAt"}},{"kind":"Field","name":{"kind":"Name","value":"standing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"StandingParts"}}]}}]}}]} as unknown as DocumentNode<ClientsOfInterestPartsFragment, unknown>;
export const HeatMapPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"HeatMapParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"VisitHeatMap"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"firstDay"}},{"kind":"Field","name":{"kind":"Name","value":"lastDay"}},{"kind":"Field","name":{"kind":"Name","value":"hours"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"weekday"}},{"kind":"Field","name":{"kind":"Name","value":"hour"}},{"kind":"Field","name":{"kind":"Name","value":"visits"}}]}}]}}]} as unknown as DocumentNode<HeatMapPartsFragment, unknown>;
export const StationFiguresPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StationFiguresParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StationFigures"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"stationId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"today"}},{"kind":"Field","name":{"kind":"Name","value":"week"}},{"kind":"Field","name":{"kind":"Name","value":"month"}}]}}]} as unknown as DocumentNode<StationFiguresPartsFragment, unknown>;
export const RecentNotePartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecentNoteParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecentNote"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"pinned"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"authorName"}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<RecentNotePartsFragment, unknown>;
export const FoundClientFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FoundClient"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Client"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"memberCode"}},{"kind":"Field","name":{"kind":"Name","value":"contactMethods"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"display"}},{"kind":"Field","name":{"kind":"Name","value":"primary"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lastCheckInAt"}},{"kind":"Field","name":{"kind":"Name","value":"standing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"StandingParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"alerts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"body"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StandingParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Standing"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"daysLeft"}},{"kind":"Field","name":{"kind":"Name","value":"tierName"}}]}}]} as unknown as DocumentNode<FoundClientFragment, unknown>;
export const DuplicateSideFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DuplicateSide"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Client"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"dateOfBirth"}},{"kind":"Field","name":{"kind":"Name","value":"archived"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastCheckInAt"}},{"kind":"Field","name":{"kind":"Name","value":"memberCode"}},{"kind":"Field","name":{"kind":"Name","value":"standing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"StandingParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"contactMethods"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"display"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StandingParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Standing"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"daysLeft"}},{"kind":"Field","name":{"kind":"Name","value":"tierName"}}]}}]} as unknown as DocumentNode<DuplicateSideFragment, unknown>;
export const DuplicatePairFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DuplicatePair"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PossibleDuplicate"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"foundAt"}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"DuplicateSide"}}]}},{"kind":"Field","name":{"kind":"Name","value":"other"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"DuplicateSide"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StandingParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Standing"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"daysLeft"}},{"kind":"Field","name":{"kind":"Name","value":"tierName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DuplicateSide"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Client"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"dateOfBirth"}},{"kind":"Field","name":{"kind":"Name","value":"archived"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastCheckInAt"}},{"kind":"Field","name":{"kind":"Name","value":"memberCode"}},{"kind":"Field","name":{"kind":"Name","value":"standing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"StandingParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"contactMethods"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"display"}}]}}]}}]} as unknown as DocumentNode<DuplicatePairFragment, unknown>;
export const ApiKeyPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ApiKeyParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"callsAnHour"}},{"kind":"Field","name":{"kind":"Name","value":"callsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"costThisHour"}},{"kind":"Field","name":{"kind":"Name","value":"madeBy"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"replacedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}}]}}]}}]} as unknown as DocumentNode<ApiKeyPartsFragment, unknown>;
export const KioskPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"KioskParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Kiosk"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"online"}},{"kind":"Field","name":{"kind":"Name","value":"lastSeenAt"}},{"kind":"Field","name":{"kind":"Name","value":"appVersion"}},{"kind":"Field","name":{"kind":"Name","value":"queued"}},{"kind":"Field","name":{"kind":"Name","value":"persisted"}},{"kind":"Field","name":{"kind":"Name","value":"pairedAt"}},{"kind":"Field","name":{"kind":"Name","value":"pairedBy"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lookUpsToday"}},{"kind":"Field","name":{"kind":"Name","value":"slowedToday"}},{"kind":"Field","name":{"kind":"Name","value":"station"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<KioskPartsFragment, unknown>;
export const KioskChoicesFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"KioskChoices"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CentreSettings"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"kioskSound"}},{"kind":"Field","name":{"kind":"Name","value":"kioskWalkIn"}},{"kind":"Field","name":{"kind":"Name","value":"kioskExitPinSet"}}]}}]} as unknown as DocumentNode<KioskChoicesFragment, unknown>;
export const InboxPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"InboxParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"KioskInboxItem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"typed"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"arrivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"offline"}},{"kind":"Field","name":{"kind":"Name","value":"decision"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decidedBy"}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"standing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"StandingParts"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"walkIn"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"language"}}]}},{"kind":"Field","name":{"kind":"Name","value":"kiosk"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"station"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StandingParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Standing"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"daysLeft"}},{"kind":"Field","name":{"kind":"Name","value":"tierName"}}]}}]} as unknown as DocumentNode<InboxPartsFragment, unknown>;
export const WaitingPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"WaitingParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"KiosksWaiting"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"queued"}},{"kind":"Field","name":{"kind":"Name","value":"asking"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"walkIn"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"kiosk"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"hurried"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<WaitingPartsFragment, unknown>;
export const TierPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TierParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MembershipTier"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"periodMonths"}},{"kind":"Field","name":{"kind":"Name","value":"periodDays"}},{"kind":"Field","name":{"kind":"Name","value":"visitCap"}},{"kind":"Field","name":{"kind":"Name","value":"capWindow"}},{"kind":"Field","name":{"kind":"Name","value":"colour"}},{"kind":"Field","name":{"kind":"Name","value":"retired"}}]}}]} as unknown as DocumentNode<TierPartsFragment, unknown>;
export const TierDetailsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TierDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MembershipTier"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"TierParts"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cents"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"policy"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"sentenceEn"}},{"kind":"Field","name":{"kind":"Name","value":"sentenceEs"}},{"kind":"Field","name":{"kind":"Name","value":"isDefault"}},{"kind":"Field","name":{"kind":"Name","value":"runningMemberships"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TierParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MembershipTier"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"periodMonths"}},{"kind":"Field","name":{"kind":"Name","value":"periodDays"}},{"kind":"Field","name":{"kind":"Name","value":"visitCap"}},{"kind":"Field","name":{"kind":"Name","value":"capWindow"}},{"kind":"Field","name":{"kind":"Name","value":"colour"}},{"kind":"Field","name":{"kind":"Name","value":"retired"}}]}}]} as unknown as DocumentNode<TierDetailsFragment, unknown>;
export const MembershipPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MembershipParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Membership"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"used"}},{"kind":"Field","name":{"kind":"Name","value":"left"}},{"kind":"Field","name":{"kind":"Name","value":"renewal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tier"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"TierParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TierParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MembershipTier"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"periodMonths"}},{"kind":"Field","name":{"kind":"Name","value":"periodDays"}},{"kind":"Field","name":{"kind":"Name","value":"visitCap"}},{"kind":"Field","name":{"kind":"Name","value":"capWindow"}},{"kind":"Field","name":{"kind":"Name","value":"colour"}},{"kind":"Field","name":{"kind":"Name","value":"retired"}}]}}]} as unknown as DocumentNode<MembershipPartsFragment, unknown>;
export const AuthorizationPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AuthorizationParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Authorization"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"used"}},{"kind":"Field","name":{"kind":"Name","value":"left"}},{"kind":"Field","name":{"kind":"Name","value":"renewal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"uciNumber"}},{"kind":"Field","name":{"kind":"Name","value":"authorizationNumber"}},{"kind":"Field","name":{"kind":"Name","value":"vendorNumber"}},{"kind":"Field","name":{"kind":"Name","value":"serviceCode"}},{"kind":"Field","name":{"kind":"Name","value":"serviceSubcode"}},{"kind":"Field","name":{"kind":"Name","value":"serviceCoordinator"}},{"kind":"Field","name":{"kind":"Name","value":"serviceCoordinatorPhone"}},{"kind":"Field","name":{"kind":"Name","value":"unitsPerMonth"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}}]} as unknown as DocumentNode<AuthorizationPartsFragment, unknown>;
export const ClientHoldingsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ClientHoldings"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Client"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"archived"}},{"kind":"Field","name":{"kind":"Name","value":"serviceCoordinator"}},{"kind":"Field","name":{"kind":"Name","value":"serviceCoordinatorPhone"}},{"kind":"Field","name":{"kind":"Name","value":"standing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"StandingParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"memberships"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"MembershipParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"authorizations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"AuthorizationParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TierParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MembershipTier"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"periodMonths"}},{"kind":"Field","name":{"kind":"Name","value":"periodDays"}},{"kind":"Field","name":{"kind":"Name","value":"visitCap"}},{"kind":"Field","name":{"kind":"Name","value":"capWindow"}},{"kind":"Field","name":{"kind":"Name","value":"colour"}},{"kind":"Field","name":{"kind":"Name","value":"retired"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StandingParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Standing"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"daysLeft"}},{"kind":"Field","name":{"kind":"Name","value":"tierName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MembershipParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Membership"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"used"}},{"kind":"Field","name":{"kind":"Name","value":"left"}},{"kind":"Field","name":{"kind":"Name","value":"renewal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tier"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"TierParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AuthorizationParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Authorization"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"used"}},{"kind":"Field","name":{"kind":"Name","value":"left"}},{"kind":"Field","name":{"kind":"Name","value":"renewal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"uciNumber"}},{"kind":"Field","name":{"kind":"Name","value":"authorizationNumber"}},{"kind":"Field","name":{"kind":"Name","value":"vendorNumber"}},{"kind":"Field","name":{"kind":"Name","value":"serviceCode"}},{"kind":"Field","name":{"kind":"Name","value":"serviceSubcode"}},{"kind":"Field","name":{"kind":"Name","value":"serviceCoordinator"}},{"kind":"Field","name":{"kind":"Name","value":"serviceCoordinatorPhone"}},{"kind":"Field","name":{"kind":"Name","value":"unitsPerMonth"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}}]} as unknown as DocumentNode<ClientHoldingsFragment, unknown>;
export const OverlapFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Overlap"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PeriodOverlap"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"otherName"}},{"kind":"Field","name":{"kind":"Name","value":"other"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"proposed"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}}]}}]}}]} as unknown as DocumentNode<OverlapFragment, unknown>;
export const SavedMembershipFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SavedMembership"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MembershipSaved"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"alreadyThere"}},{"kind":"Field","name":{"kind":"Name","value":"membership"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"MembershipParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TierParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MembershipTier"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"periodMonths"}},{"kind":"Field","name":{"kind":"Name","value":"periodDays"}},{"kind":"Field","name":{"kind":"Name","value":"visitCap"}},{"kind":"Field","name":{"kind":"Name","value":"capWindow"}},{"kind":"Field","name":{"kind":"Name","value":"colour"}},{"kind":"Field","name":{"kind":"Name","value":"retired"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MembershipParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Membership"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"used"}},{"kind":"Field","name":{"kind":"Name","value":"left"}},{"kind":"Field","name":{"kind":"Name","value":"renewal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tier"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"TierParts"}}]}}]}}]} as unknown as DocumentNode<SavedMembershipFragment, unknown>;
export const SavedAuthorizationFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SavedAuthorization"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthorizationSaved"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"alreadyThere"}},{"kind":"Field","name":{"kind":"Name","value":"authorization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"AuthorizationParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AuthorizationParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Authorization"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"used"}},{"kind":"Field","name":{"kind":"Name","value":"left"}},{"kind":"Field","name":{"kind":"Name","value":"renewal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"uciNumber"}},{"kind":"Field","name":{"kind":"Name","value":"authorizationNumber"}},{"kind":"Field","name":{"kind":"Name","value":"vendorNumber"}},{"kind":"Field","name":{"kind":"Name","value":"serviceCode"}},{"kind":"Field","name":{"kind":"Name","value":"serviceSubcode"}},{"kind":"Field","name":{"kind":"Name","value":"serviceCoordinator"}},{"kind":"Field","name":{"kind":"Name","value":"serviceCoordinatorPhone"}},{"kind":"Field","name":{"kind":"Name","value":"unitsPerMonth"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}}]} as unknown as DocumentNode<SavedAuthorizationFragment, unknown>;
export const RunningOutLineFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RunningOutLine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RunningOut"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"serviceCoordinator"}},{"kind":"Field","name":{"kind":"Name","value":"serviceCoordinatorPhone"}},{"kind":"Field","name":{"kind":"Name","value":"standing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"StandingParts"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"holding"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"renewal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"followedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Membership"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"tier"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"colour"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Authorization"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"authorizationNumber"}},{"kind":"Field","name":{"kind":"Name","value":"serviceCode"}},{"kind":"Field","name":{"kind":"Name","value":"serviceSubcode"}},{"kind":"Field","name":{"kind":"Name","value":"serviceCoordinator"}},{"kind":"Field","name":{"kind":"Name","value":"serviceCoordinatorPhone"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StandingParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Standing"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"daysLeft"}},{"kind":"Field","name":{"kind":"Name","value":"tierName"}}]}}]} as unknown as DocumentNode<RunningOutLineFragment, unknown>;
export const NotePartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"NoteParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Note"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"pinned"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"authorName"}},{"kind":"Field","name":{"kind":"Name","value":"editedAt"}},{"kind":"Field","name":{"kind":"Name","value":"editedByName"}}]}}]} as unknown as DocumentNode<NotePartsFragment, unknown>;
export const MergeSideFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MergeSide"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Client"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"archived"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastCheckInAt"}},{"kind":"Field","name":{"kind":"Name","value":"standing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"StandingParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StandingParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Standing"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"daysLeft"}},{"kind":"Field","name":{"kind":"Name","value":"tierName"}}]}}]} as unknown as DocumentNode<MergeSideFragment, unknown>;
export const MergePeriodPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MergePeriodParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MergePeriod"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"clientId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}}]}}]} as unknown as DocumentNode<MergePeriodPartsFragment, unknown>;
export const MergeStepFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MergeStep"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ClientMerge"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"mergedAt"}},{"kind":"Field","name":{"kind":"Name","value":"byName"}},{"kind":"Field","name":{"kind":"Name","value":"undoableUntil"}},{"kind":"Field","name":{"kind":"Name","value":"undoneAt"}},{"kind":"Field","name":{"kind":"Name","value":"undoneByName"}},{"kind":"Field","name":{"kind":"Name","value":"merged"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<MergeStepFragment, unknown>;
export const PaletteViewFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PaletteView"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SavedView"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]} as unknown as DocumentNode<PaletteViewFragment, unknown>;
export const BackupRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BackupRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Backup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"why"}},{"kind":"Field","name":{"kind":"Name","value":"madeAt"}},{"kind":"Field","name":{"kind":"Name","value":"sizeBytes"}},{"kind":"Field","name":{"kind":"Name","value":"totalRows"}},{"kind":"Field","name":{"kind":"Name","value":"provenAt"}},{"kind":"Field","name":{"kind":"Name","value":"problem"}}]}}]} as unknown as DocumentNode<BackupRowFragment, unknown>;
export const AdoptionLinePartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AdoptionLineParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AdoptionLine"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"part"}},{"kind":"Field","name":{"kind":"Name","value":"read"}},{"kind":"Field","name":{"kind":"Name","value":"copied"}},{"kind":"Field","name":{"kind":"Name","value":"joined"}},{"kind":"Field","name":{"kind":"Name","value":"already"}},{"kind":"Field","name":{"kind":"Name","value":"aside"}}]}}]} as unknown as DocumentNode<AdoptionLinePartsFragment, unknown>;
export const AdoptionReasonPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AdoptionReasonParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AdoptionReason"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"part"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}}]} as unknown as DocumentNode<AdoptionReasonPartsFragment, unknown>;
export const AdoptionRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AdoptionRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AdoptionRemark"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"sourceId"}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"standing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"StandingParts"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StandingParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Standing"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"daysLeft"}},{"kind":"Field","name":{"kind":"Name","value":"tierName"}}]}}]} as unknown as DocumentNode<AdoptionRowFragment, unknown>;
export const TagPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TagParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tag"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"colour"}}]}}]} as unknown as DocumentNode<TagPartsFragment, unknown>;
export const ClientRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ClientRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Client"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"lastCheckInAt"}},{"kind":"Field","name":{"kind":"Name","value":"archived"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"dateOfBirth"}},{"kind":"Field","name":{"kind":"Name","value":"guardianName"}},{"kind":"Field","name":{"kind":"Name","value":"serviceCoordinator"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"memberCode"}},{"kind":"Field","name":{"kind":"Name","value":"standing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"StandingParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tags"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"TagParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"alerts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"body"}}]}},{"kind":"Field","name":{"kind":"Name","value":"contactMethods"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"display"}},{"kind":"Field","name":{"kind":"Name","value":"primary"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StandingParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Standing"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"startsOn"}},{"kind":"Field","name":{"kind":"Name","value":"endsOn"}},{"kind":"Field","name":{"kind":"Name","value":"daysLeft"}},{"kind":"Field","name":{"kind":"Name","value":"tierName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TagParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tag"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"colour"}}]}}]} as unknown as DocumentNode<ClientRowFragment, unknown>;
export const ViewPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ViewParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SavedView"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"shared"}},{"kind":"Field","name":{"kind":"Name","value":"mine"}},{"kind":"Field","name":{"kind":"Name","value":"mayChange"}},{"kind":"Field","name":{"kind":"Name","value":"ownerName"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"state"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]} as unknown as DocumentNode<ViewPartsFragment, unknown>;
export const BulkPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BulkParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BulkChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"tagName"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"changed"}},{"kind":"Field","name":{"kind":"Name","value":"isUndo"}},{"kind":"Field","name":{"kind":"Name","value":"undone"}},{"kind":"Field","name":{"kind":"Name","value":"mayUndo"}}]}}]} as unknown as DocumentNode<BulkPartsFragment, unknown>;
export const TagDetailsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TagDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tag"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"TagParts"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"clientCount"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TagParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tag"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"colour"}}]}}]} as unknown as DocumentNode<TagDetailsFragment, unknown>;
export const UserLinkPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserLinkParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserLink"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"waiting"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"usedAt"}}]}}]} as unknown as DocumentNode<UserLinkPartsFragment, unknown>;
export const UserRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"active"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactorSince"}},{"kind":"Field","name":{"kind":"Name","value":"mustChangePassword"}},{"kind":"Field","name":{"kind":"Name","value":"temporaryUntil"}},{"kind":"Field","name":{"kind":"Name","value":"link"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserLinkParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserLinkParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserLink"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"waiting"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"usedAt"}}]}}]} as unknown as DocumentNode<UserRowFragment, unknown>;
export const SessionRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"browser"}},{"kind":"Field","name":{"kind":"Name","value":"system"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"current"}}]}}]} as unknown as DocumentNode<SessionRowFragment, unknown>;
export const UserDetailsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserRow"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"sessions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionRow"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserLinkParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserLink"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"waiting"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"usedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"active"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactorSince"}},{"kind":"Field","name":{"kind":"Name","value":"mustChangePassword"}},{"kind":"Field","name":{"kind":"Name","value":"temporaryUntil"}},{"kind":"Field","name":{"kind":"Name","value":"link"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserLinkParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"browser"}},{"kind":"Field","name":{"kind":"Name","value":"system"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"current"}}]}}]} as unknown as DocumentNode<UserDetailsFragment, unknown>;
export const AccessPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccessParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AccessGiven"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserDetails"}}]}},{"kind":"Field","name":{"kind":"Name","value":"temporaryPassword"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"password"}},{"kind":"Field","name":{"kind":"Name","value":"countsUntil"}}]}},{"kind":"Field","name":{"kind":"Name","value":"link"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"countsUntil"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserLinkParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserLink"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"waiting"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"usedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"active"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactorSince"}},{"kind":"Field","name":{"kind":"Name","value":"mustChangePassword"}},{"kind":"Field","name":{"kind":"Name","value":"temporaryUntil"}},{"kind":"Field","name":{"kind":"Name","value":"link"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserLinkParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"browser"}},{"kind":"Field","name":{"kind":"Name","value":"system"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"current"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserRow"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"sessions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionRow"}}]}}]}}]} as unknown as DocumentNode<AccessPartsFragment, unknown>;
export const CentreFactsDocument = {"__meta__":{"operation":"query","operationName":"CentreFacts","hash":"sha256:979b30eb2e28b4b99d22856ab6fd388933c81e6d4e2c8117702e1b780c50021e"}} as unknown as DocumentNode<CentreFactsQuery, CentreFactsQueryVariables>;
export const RefreshSessionDocument = {"__meta__":{"operation":"mutation","operationName":"RefreshSession","hash":"sha256:a240d3523b0f65f518a04737d531835362a9ed65474a9e5ee2a14ce596be642b"}} as unknown as DocumentNode<RefreshSessionMutation, RefreshSessionMutationVariables>;
export const LoginDocument = {"__meta__":{"operation":"mutation","operationName":"Login","hash":"sha256:c3f39af63362389ebb2ddb430d6259417f41360feca930896968b39b08115ae4"}} as unknown as DocumentNode<LoginMutation, LoginMutationVariables>;
export const LogoutDocument = {"__meta__":{"operation":"mutation","operationName":"Logout","hash":"sha256:5f93c86d3501c079425a13987b732592a2ee1d9b92e85bb701e48d6c753142cb"}} as unknown as DocumentNode<LogoutMutation, LogoutMutationVariables>;
export const ChangePasswordDocument = {"__meta__":{"operation":"mutation","operationName":"ChangePassword","hash":"sha256:eba705631b027d1b7d0cdb55c6541f88068ad0a031b196c09522a564bca6df81"}} as unknown as DocumentNode<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const UpdateProfileDocument = {"__meta__":{"operation":"mutation","operationName":"UpdateProfile","hash":"sha256:a44bd321ba268e6b8beb74f7305992ddbb597dcf8b8a680cb88e3b87f23e1e33"}} as unknown as DocumentNode<UpdateProfileMutation, UpdateProfileMutationVariables>;
export const OwnSecondFactorDocument = {"__meta__":{"operation":"query","operationName":"OwnSecondFactor","hash":"sha256:5377485506fe112373058a87410d231882f4a9d94e0aa430840c2a8e761065a9"}} as unknown as DocumentNode<OwnSecondFactorQuery, OwnSecondFactorQueryVariables>;
export const CompleteLoginDocument = {"__meta__":{"operation":"mutation","operationName":"CompleteLogin","hash":"sha256:0d1d5753b8b914fe878f7a97f1c52ff8e165acb0afd1a14076285f3d13e37f76"}} as unknown as DocumentNode<CompleteLoginMutation, CompleteLoginMutationVariables>;
export const BeginSecondFactorDocument = {"__meta__":{"operation":"mutation","operationName":"BeginSecondFactor","hash":"sha256:f7b647268918ddae73836f5d203e832ae54c86724380cb0b2b55c39f5e92c34c"}} as unknown as DocumentNode<BeginSecondFactorMutation, BeginSecondFactorMutationVariables>;
export const ConfirmSecondFactorDocument = {"__meta__":{"operation":"mutation","operationName":"ConfirmSecondFactor","hash":"sha256:05c747e72b5fcff5880b6ea27e4888feb3974a109630b149cbd08bb7aff3f630"}} as unknown as DocumentNode<ConfirmSecondFactorMutation, ConfirmSecondFactorMutationVariables>;
export const NewRecoveryCodesDocument = {"__meta__":{"operation":"mutation","operationName":"NewRecoveryCodes","hash":"sha256:0f29bf5c673a292a531b701977bda6a7219dd8206bf6290fc3e63997a7eaf45e"}} as unknown as DocumentNode<NewRecoveryCodesMutation, NewRecoveryCodesMutationVariables>;
export const RemoveSecondFactorDocument = {"__meta__":{"operation":"mutation","operationName":"RemoveSecondFactor","hash":"sha256:fa2e6b77b313419e7f9f45a402edaeee766a6af1b0b48ea890d8708573b5eebd"}} as unknown as DocumentNode<RemoveSecondFactorMutation, RemoveSecondFactorMutationVariables>;
export const AuditLogPageDocument = {"__meta__":{"operation":"query","operationName":"AuditLogPage","hash":"sha256:c8010c047e4b5d6ee6bed5610a7e847e8445e04e8f3666d6a3f53e253df07a98"}} as unknown as DocumentNode<AuditLogPageQuery, AuditLogPageQueryVariables>;
export const AuditAroundDocument = {"__meta__":{"operation":"query","operationName":"AuditAround","hash":"sha256:24665aea688d0caaab28a938994ba2c239ebcd7f3a2a3217d2917fe762701f90"}} as unknown as DocumentNode<AuditAroundQuery, AuditAroundQueryVariables>;
export const AuditedClientDocument = {"__meta__":{"operation":"query","operationName":"AuditedClient","hash":"sha256:375ac2e0eafdf04078c7b2ec382f6b0eb764eec785cb37bd72df74ae911540df"}} as unknown as DocumentNode<AuditedClientQuery, AuditedClientQueryVariables>;
export const FindAuditedClientDocument = {"__meta__":{"operation":"query","operationName":"FindAuditedClient","hash":"sha256:faeda7d20bdedcef37c6555f5945e3855c72343b141bea5d13e7ebc096ecf4ef"}} as unknown as DocumentNode<FindAuditedClientQuery, FindAuditedClientQueryVariables>;
export const CentreSettingsDocument = {"__meta__":{"operation":"query","operationName":"CentreSettings","hash":"sha256:f2d0340d5273c00e6814f75bdbb992dac3d54aa818f4fb1f019368419a43c5d9"}} as unknown as DocumentNode<CentreSettingsQuery, CentreSettingsQueryVariables>;
export const ChangeCentreSettingsDocument = {"__meta__":{"operation":"mutation","operationName":"ChangeCentreSettings","hash":"sha256:21e51d73cfc3a484b872e860079df58f92775565e84d0f42e6846f2df9b17be9"}} as unknown as DocumentNode<ChangeCentreSettingsMutation, ChangeCentreSettingsMutationVariables>;
export const StationSettingsDocument = {"__meta__":{"operation":"query","operationName":"StationSettings","hash":"sha256:39f36343e3040911efb11a3e69cd9d1dfbfeec9febc63af54a48f25c2a0ba8a9"}} as unknown as DocumentNode<StationSettingsQuery, StationSettingsQueryVariables>;
export const CreateStationDocument = {"__meta__":{"operation":"mutation","operationName":"CreateStation","hash":"sha256:98385f58d728707251caf98c925fe695d3126c51628eeb8520c6120d85e94146"}} as unknown as DocumentNode<CreateStationMutation, CreateStationMutationVariables>;
export const RenameStationDocument = {"__meta__":{"operation":"mutation","operationName":"RenameStation","hash":"sha256:3556167573dcf16578a8d177f0c94beab5f82b33957ac80b472744bc076fe7ee"}} as unknown as DocumentNode<RenameStationMutation, RenameStationMutationVariables>;
export const RetireStationDocument = {"__meta__":{"operation":"mutation","operationName":"RetireStation","hash":"sha256:f20854a90615537a26d9f1f80120fa49ba3cb7e26ea4daa0d3e5f01aee77a9ef"}} as unknown as DocumentNode<RetireStationMutation, RetireStationMutationVariables>;
export const RestoreStationDocument = {"__meta__":{"operation":"mutation","operationName":"RestoreStation","hash":"sha256:786c33e890aae2b076cb821b9b45a358d502babd140a0612e0de2020a7247d61"}} as unknown as DocumentNode<RestoreStationMutation, RestoreStationMutationVariables>;
export const PolicySettingsDocument = {"__meta__":{"operation":"query","operationName":"PolicySettings","hash":"sha256:82963bef56bf051d8ef2d370d8d89552f30c95f3b1358f68412245f42b369940"}} as unknown as DocumentNode<PolicySettingsQuery, PolicySettingsQueryVariables>;
export const ChangePolicySentencesDocument = {"__meta__":{"operation":"mutation","operationName":"ChangePolicySentences","hash":"sha256:c1d70920818e632de2d6562cf4cf0bcca937b66b404aa898d68f88aa78477683"}} as unknown as DocumentNode<ChangePolicySentencesMutation, ChangePolicySentencesMutationVariables>;
export const CheckInsPageDocument = {"__meta__":{"operation":"query","operationName":"CheckInsPage","hash":"sha256:14e36829e1dd4ac0dee6e27026e00d539cb0e196d12c6353f971d21c4f14812a"}} as unknown as DocumentNode<CheckInsPageQuery, CheckInsPageQueryVariables>;
export const CheckInsFiltersDocument = {"__meta__":{"operation":"query","operationName":"CheckInsFilters","hash":"sha256:d8c1e12d67acc5000ce84b2aede55f40d71675fc0c383621e8f3e3bd9ac4ac67"}} as unknown as DocumentNode<CheckInsFiltersQuery, CheckInsFiltersQueryVariables>;
export const FilteredClientDocument = {"__meta__":{"operation":"query","operationName":"FilteredClient","hash":"sha256:30a073b61d75d0374d941cd16bc77e5d534b0ecaf864bbbed3494e80cac86c29"}} as unknown as DocumentNode<FilteredClientQuery, FilteredClientQueryVariables>;
export const FindVisitorDocument = {"__meta__":{"operation":"query","operationName":"FindVisitor","hash":"sha256:f45895ea07d51497816930bf91a16a4715d630353a0934f8db3bdb4541c00b05"}} as unknown as DocumentNode<FindVisitorQuery, FindVisitorQueryVariables>;
export const ClientVisitDaysDocument = {"__meta__":{"operation":"query","operationName":"ClientVisitDays","hash":"sha256:6615306e5684770f1488a5017d70deabd69479fa99c0c1b9967d5dda96433a01"}} as unknown as DocumentNode<ClientVisitDaysQuery, ClientVisitDaysQueryVariables>;
export const LiveFeedDocument = {"__meta__":{"operation":"query","operationName":"LiveFeed","hash":"sha256:33aa4e2083b31825a21952a78397ab256051cc57a7cc8597315173bd45a4487c"}} as unknown as DocumentNode<LiveFeedQuery, LiveFeedQueryVariables>;
export const CheckInAddedDocument = {"__meta__":{"operation":"subscription","operationName":"CheckInAdded","hash":"sha256:a377330ed4ae1990089abd1252431f31a8f01240768410ff630c0cd3808f7ff1"}} as unknown as DocumentNode<CheckInAddedSubscription, CheckInAddedSubscriptionVariables>;
export const StationsDocument = {"__meta__":{"operation":"query","operationName":"Stations","hash":"sha256:0a75d32fc052491bcd8f09cbd3307e4217cebb30f63b6815e74f23c08e8b4046"}} as unknown as DocumentNode<StationsQuery, StationsQueryVariables>;
export const ClientByCodeDocument = {"__meta__":{"operation":"query","operationName":"ClientByCode","hash":"sha256:eadbb12a1a5c366529bc1a8a5770d3564a68cf73bb463db340c431745b8da9cb"}} as unknown as DocumentNode<ClientByCodeQuery, ClientByCodeQueryVariables>;
export const CheckInDocument = {"__meta__":{"operation":"mutation","operationName":"CheckIn","hash":"sha256:d474cd8889144601ffb5a10da6dd09961ebcb6530d8ac3dc0a352845f91422cb"}} as unknown as DocumentNode<CheckInMutation, CheckInMutationVariables>;
export const VoidCheckInDocument = {"__meta__":{"operation":"mutation","operationName":"VoidCheckIn","hash":"sha256:5b48f5117618d05017c35386042cd52edb61120c2305646432b31ee9d14cab65"}} as unknown as DocumentNode<VoidCheckInMutation, VoidCheckInMutationVariables>;
export const UndoVoidDocument = {"__meta__":{"operation":"mutation","operationName":"UndoVoid","hash":"sha256:98ae7fe9bc7f54c5bd0ad894942e95e392dc322135932c93ca7764dd76829915"}} as unknown as DocumentNode<UndoVoidMutation, UndoVoidMutationVariables>;
export const CheckOutDocument = {"__meta__":{"operation":"mutation","operationName":"CheckOut","hash":"sha256:cd68be7cc180ac3687cfcdf758b23b7a68d2fb3584fc6dfbb68e628b2d977c07"}} as unknown as DocumentNode<CheckOutMutation, CheckOutMutationVariables>;
export const UndoCheckOutDocument = {"__meta__":{"operation":"mutation","operationName":"UndoCheckOut","hash":"sha256:42e36824f53d84f608e699d0302a454240fc690fd5c56b5108abac18c6f6a9f5"}} as unknown as DocumentNode<UndoCheckOutMutation, UndoCheckOutMutationVariables>;
export const ClientPageDocument = {"__meta__":{"operation":"query","operationName":"ClientPage","hash":"sha256:602f44d3dd1db0258447c04a8d8872fdeb289f346953c5c6b26a88055454b9ad"}} as unknown as DocumentNode<ClientPageQuery, ClientPageQueryVariables>;
export const ClientNowDocument = {"__meta__":{"operation":"query","operationName":"ClientNow","hash":"sha256:e7952a058ae29fd214cc48ae57732d7fd38142e63c0956efdb963662db978ec6"}} as unknown as DocumentNode<ClientNowQuery, ClientNowQueryVariables>;
export const ClientTimelineDocument = {"__meta__":{"operation":"query","operationName":"ClientTimeline","hash":"sha256:3211e7e7fd8cc80be255a35190098358967374e5f04cd580d5db72bdf6e85677"}} as unknown as DocumentNode<ClientTimelineQuery, ClientTimelineQueryVariables>;
export const SimilarClientsDocument = {"__meta__":{"operation":"query","operationName":"SimilarClients","hash":"sha256:b26dd83e0cc71e42b8954c55c702980eb9b1324a2d0c5f016ef448ad2e9a99bb"}} as unknown as DocumentNode<SimilarClientsQuery, SimilarClientsQueryVariables>;
export const CreateClientDocument = {"__meta__":{"operation":"mutation","operationName":"CreateClient","hash":"sha256:df67180470219879f055dfe5c75e40cedd2ce52a5d2c6327a1e49284b1c4c6b6"}} as unknown as DocumentNode<CreateClientMutation, CreateClientMutationVariables>;
export const UpdateClientDocument = {"__meta__":{"operation":"mutation","operationName":"UpdateClient","hash":"sha256:3d415bdea72fe14782ce43ced7152c9f0defd791b22f4c58710034b779e6fdfd"}} as unknown as DocumentNode<UpdateClientMutation, UpdateClientMutationVariables>;
export const ArchiveClientDocument = {"__meta__":{"operation":"mutation","operationName":"ArchiveClient","hash":"sha256:f077596090a9f0a99923a2a837958906bf52f91361d3d7e2207b2a82c3264498"}} as unknown as DocumentNode<ArchiveClientMutation, ArchiveClientMutationVariables>;
export const RestoreClientDocument = {"__meta__":{"operation":"mutation","operationName":"RestoreClient","hash":"sha256:21f4aab93f02f148d3de776eb7338dc4e00c57ce60120779e590fde5db2f1a40"}} as unknown as DocumentNode<RestoreClientMutation, RestoreClientMutationVariables>;
export const NewMemberCodeDocument = {"__meta__":{"operation":"mutation","operationName":"NewMemberCode","hash":"sha256:770a26e41ba50571a19d243ef0269348c587e5bf50647def3deb6daa9144f2b0"}} as unknown as DocumentNode<NewMemberCodeMutation, NewMemberCodeMutationVariables>;
export const AddContactMethodDocument = {"__meta__":{"operation":"mutation","operationName":"AddContactMethod","hash":"sha256:d86d914c77a56546d18608b651ae0b03bccce3ad025872f1457e8b5411a01f8d"}} as unknown as DocumentNode<AddContactMethodMutation, AddContactMethodMutationVariables>;
export const UpdateContactMethodDocument = {"__meta__":{"operation":"mutation","operationName":"UpdateContactMethod","hash":"sha256:8a498f02dda18551539dfc462581e72440cb38b5ccf3ddac47ac592564aca0e1"}} as unknown as DocumentNode<UpdateContactMethodMutation, UpdateContactMethodMutationVariables>;
export const RemoveContactMethodDocument = {"__meta__":{"operation":"mutation","operationName":"RemoveContactMethod","hash":"sha256:77b5b3f14d30d68e0e698e269309eaeb8ded88431d1f089c23a467a771c420b6"}} as unknown as DocumentNode<RemoveContactMethodMutation, RemoveContactMethodMutationVariables>;
export const RestoreContactMethodDocument = {"__meta__":{"operation":"mutation","operationName":"RestoreContactMethod","hash":"sha256:b79323ef71c31f56a7c2781bf84abd452bb1694abcc0464d256a470f900b2007"}} as unknown as DocumentNode<RestoreContactMethodMutation, RestoreContactMethodMutationVariables>;
export const RecordConsentDocument = {"__meta__":{"operation":"mutation","operationName":"RecordConsent","hash":"sha256:27fd68c0fd62669e59b8b8b27c78c5942d7ab40cd613f473f02d0b7b35cfeb0e"}} as unknown as DocumentNode<RecordConsentMutation, RecordConsentMutationVariables>;
export const FindClientDocument = {"__meta__":{"operation":"query","operationName":"FindClient","hash":"sha256:9cce1346ca572c7a625eccc2849a8c0e30772242cc323cb3d03800f6198af301"}} as unknown as DocumentNode<FindClientQuery, FindClientQueryVariables>;
export const DashboardDocument = {"__meta__":{"operation":"query","operationName":"Dashboard","hash":"sha256:d9368e8a94ecc722f2fb8fb3040db9a0914d3e9bae6025bc4b9d89d3ab344688"}} as unknown as DocumentNode<DashboardQuery, DashboardQueryVariables>;
export const DeskSearchDocument = {"__meta__":{"operation":"query","operationName":"DeskSearch","hash":"sha256:fd0ac9646733cf7d4c03bf8e0a468b407751e1a13c486353624679e8344495c3"}} as unknown as DocumentNode<DeskSearchQuery, DeskSearchQueryVariables>;
export const DuplicatesDocument = {"__meta__":{"operation":"query","operationName":"Duplicates","hash":"sha256:4d879e408d5d244724b470df70f037695f6955cd7c900a59170b92bb9cd232a0"}} as unknown as DocumentNode<DuplicatesQuery, DuplicatesQueryVariables>;
export const DismissDuplicateDocument = {"__meta__":{"operation":"mutation","operationName":"DismissDuplicate","hash":"sha256:7a43288a9d2de408e60c370bf5d83bd8d52861fda35788b9d39f432ec2792881"}} as unknown as DocumentNode<DismissDuplicateMutation, DismissDuplicateMutationVariables>;
export const KeyInStartDocument = {"__meta__":{"operation":"query","operationName":"KeyInStart","hash":"sha256:1703b2dfc8bdadec3c65770155aaeeb0d8caa3549657bcbfb21c221bac98d8da"}} as unknown as DocumentNode<KeyInStartQuery, KeyInStartQueryVariables>;
export const KeyInVisitDocument = {"__meta__":{"operation":"mutation","operationName":"KeyInVisit","hash":"sha256:6931db41b4beca9b573e91421b066380aa595de27e28f2309d366f034420162b"}} as unknown as DocumentNode<KeyInVisitMutation, KeyInVisitMutationVariables>;
export const ApiKeysDocument = {"__meta__":{"operation":"query","operationName":"ApiKeys","hash":"sha256:7b56dc45892653802006d38a7264766f7b1d7803039f52e5c91fe76e8290fb81"}} as unknown as DocumentNode<ApiKeysQuery, ApiKeysQueryVariables>;
export const ApiKeyScopesDocument = {"__meta__":{"operation":"query","operationName":"ApiKeyScopes","hash":"sha256:13d9e3341c861aae6ca1aa53c67d5c563f884a5d262d7a8d42866535ebceec68"}} as unknown as DocumentNode<ApiKeyScopesQuery, ApiKeyScopesQueryVariables>;
export const ApiKeyPageDocument = {"__meta__":{"operation":"query","operationName":"ApiKeyPage","hash":"sha256:9fde617b5524235156438cb5235891a441082ad4213da81cbfb6d6ecdea82303"}} as unknown as DocumentNode<ApiKeyPageQuery, ApiKeyPageQueryVariables>;
export const CreateApiKeyDocument = {"__meta__":{"operation":"mutation","operationName":"CreateApiKey","hash":"sha256:112534a245aa7c5e3d13c018a13c0305d2d660fb914b347f15dbf5796aa79621"}} as unknown as DocumentNode<CreateApiKeyMutation, CreateApiKeyMutationVariables>;
export const RotateApiKeyDocument = {"__meta__":{"operation":"mutation","operationName":"RotateApiKey","hash":"sha256:51b89759a41af4e44d492304c94bc2e58ad007b80058f146b13f8edf766612f4"}} as unknown as DocumentNode<RotateApiKeyMutation, RotateApiKeyMutationVariables>;
export const UpdateApiKeyDocument = {"__meta__":{"operation":"mutation","operationName":"UpdateApiKey","hash":"sha256:625ccff7b69f3c5af7eb9217fa94a3b6f87a6321472c1df0e3f7ecf34502c93f"}} as unknown as DocumentNode<UpdateApiKeyMutation, UpdateApiKeyMutationVariables>;
export const RevokeApiKeyDocument = {"__meta__":{"operation":"mutation","operationName":"RevokeApiKey","hash":"sha256:a6c17216224e98d9ea7ed80f90ded31ab2c22172770588dcec238fb42d0de77a"}} as unknown as DocumentNode<RevokeApiKeyMutation, RevokeApiKeyMutationVariables>;
export const KiosksPageDocument = {"__meta__":{"operation":"query","operationName":"KiosksPage","hash":"sha256:bb2bf394cceea3b2d7207a920d4b83597c0ca0efc898cda31119b3498282a749"}} as unknown as DocumentNode<KiosksPageQuery, KiosksPageQueryVariables>;
export const KioskSettingsDocument = {"__meta__":{"operation":"query","operationName":"KioskSettings","hash":"sha256:50da5ada9c4ef0cf05efbaddd9f6ba5f87b907a78fe5ed15f0e1aaf040ebf3ea"}} as unknown as DocumentNode<KioskSettingsQuery, KioskSettingsQueryVariables>;
export const KioskExitCodeDocument = {"__meta__":{"operation":"query","operationName":"KioskExitCode","hash":"sha256:b047d6840f15317ee15b482b672ce247a47ef67c2360ce569c15029b4b64d8dc"}} as unknown as DocumentNode<KioskExitCodeQuery, KioskExitCodeQueryVariables>;
export const ApproveKioskDocument = {"__meta__":{"operation":"mutation","operationName":"ApproveKiosk","hash":"sha256:8e0a185636f46023a5216ad95917019f25e73adabe8434e82f2b85c4c79ed36c"}} as unknown as DocumentNode<ApproveKioskMutation, ApproveKioskMutationVariables>;
export const UpdateKioskDocument = {"__meta__":{"operation":"mutation","operationName":"UpdateKiosk","hash":"sha256:d5bc87a798689d02aa57ae105f407ed44f213e891f2281eff7f02d06ce79ac1a"}} as unknown as DocumentNode<UpdateKioskMutation, UpdateKioskMutationVariables>;
export const RevokeKioskDocument = {"__meta__":{"operation":"mutation","operationName":"RevokeKiosk","hash":"sha256:81e36739a2500a105e369e6bf3c66b7150acfa0a315f11c52916e953d7e23697"}} as unknown as DocumentNode<RevokeKioskMutation, RevokeKioskMutationVariables>;
export const ChangeKioskSettingsDocument = {"__meta__":{"operation":"mutation","operationName":"ChangeKioskSettings","hash":"sha256:f74d76f85271445fec4c7e1e6191cf5cb02f85b64d3432c1d88d784f80746731"}} as unknown as DocumentNode<ChangeKioskSettingsMutation, ChangeKioskSettingsMutationVariables>;
export const KioskInboxDocument = {"__meta__":{"operation":"query","operationName":"KioskInbox","hash":"sha256:64c1240c47cbeafb79ba0d7b6ae9aed320aed58cdbcfe775acf1ebd59ceef52e"}} as unknown as DocumentNode<KioskInboxQuery, KioskInboxQueryVariables>;
export const AcceptKioskEventDocument = {"__meta__":{"operation":"mutation","operationName":"AcceptKioskEvent","hash":"sha256:159a49bb4cdd5fdc3c249f9592a2242daf93ffd2113e4e10bf02bc72ca77aea1"}} as unknown as DocumentNode<AcceptKioskEventMutation, AcceptKioskEventMutationVariables>;
export const DismissKioskEventDocument = {"__meta__":{"operation":"mutation","operationName":"DismissKioskEvent","hash":"sha256:96b51fd71f999238940fa6eabc4be358e9c3ea324fd23872ddd78b63aeecc856"}} as unknown as DocumentNode<DismissKioskEventMutation, DismissKioskEventMutationVariables>;
export const KiosksWaitingDocument = {"__meta__":{"operation":"query","operationName":"KiosksWaiting","hash":"sha256:f3c5f21d549a446ce6f8398c160767b61ee27dcd79604e58017d6bb33c5a5cd4"}} as unknown as DocumentNode<KiosksWaitingQuery, KiosksWaitingQueryVariables>;
export const KioskInboxChangedDocument = {"__meta__":{"operation":"subscription","operationName":"KioskInboxChanged","hash":"sha256:d5c913ee5ae78fd88e6de8240284f3995ece3d5c604a57e3a020a87d8d1bff92"}} as unknown as DocumentNode<KioskInboxChangedSubscription, KioskInboxChangedSubscriptionVariables>;
export const MembershipTiersDocument = {"__meta__":{"operation":"query","operationName":"MembershipTiers","hash":"sha256:25b2054443096ae516e398dbd44cdf2235dea342aae270409c0c4087dbf15a9a"}} as unknown as DocumentNode<MembershipTiersQuery, MembershipTiersQueryVariables>;
export const TierSettingsDocument = {"__meta__":{"operation":"query","operationName":"TierSettings","hash":"sha256:656a9b6d1989d32628fa54f9a6e5140cc45e818cba5b1b03259880b35e39106b"}} as unknown as DocumentNode<TierSettingsQuery, TierSettingsQueryVariables>;
export const RunningOutDocument = {"__meta__":{"operation":"query","operationName":"RunningOut","hash":"sha256:a08760298e032daa84bbd9dc7b6125a03e3db7f5a3a95d6b0e60534deb443c68"}} as unknown as DocumentNode<RunningOutQuery, RunningOutQueryVariables>;
export const AddMembershipDocument = {"__meta__":{"operation":"mutation","operationName":"AddMembership","hash":"sha256:038cd301dca0bba15cb0e59b942ff94506796ad9789d5674c01508b2fe46407e"}} as unknown as DocumentNode<AddMembershipMutation, AddMembershipMutationVariables>;
export const UpdateMembershipDocument = {"__meta__":{"operation":"mutation","operationName":"UpdateMembership","hash":"sha256:5831eb0824f9b451c4c39c88f92ae81391196cd3ddfa6778ed547bcb06b2e64b"}} as unknown as DocumentNode<UpdateMembershipMutation, UpdateMembershipMutationVariables>;
export const RenewMembershipDocument = {"__meta__":{"operation":"mutation","operationName":"RenewMembership","hash":"sha256:37cd9dfabd1ab6d18c70cb10dc25ebb28d2adc205414506d3d19c58d9cc755c6"}} as unknown as DocumentNode<RenewMembershipMutation, RenewMembershipMutationVariables>;
export const ExtendMembershipDocument = {"__meta__":{"operation":"mutation","operationName":"ExtendMembership","hash":"sha256:8d0b13df5799469fe3c6169ffe7c9baf8a8cfb632a5f4374c74ec3058e170f17"}} as unknown as DocumentNode<ExtendMembershipMutation, ExtendMembershipMutationVariables>;
export const EndMembershipDocument = {"__meta__":{"operation":"mutation","operationName":"EndMembership","hash":"sha256:99e38cf55fca31eaf288905446a49d28b445255c8374f9ecda7a1ce8e22965b1"}} as unknown as DocumentNode<EndMembershipMutation, EndMembershipMutationVariables>;
export const RemoveMembershipDocument = {"__meta__":{"operation":"mutation","operationName":"RemoveMembership","hash":"sha256:9970b612fe3cd404311107dff926864aa2f9f73dc042f0eabeabd808e83e95f3"}} as unknown as DocumentNode<RemoveMembershipMutation, RemoveMembershipMutationVariables>;
export const PutMembershipBackDocument = {"__meta__":{"operation":"mutation","operationName":"PutMembershipBack","hash":"sha256:9f520484655077a79b254909ad10aa8573db0959386df2301f20aa541b424eca"}} as unknown as DocumentNode<PutMembershipBackMutation, PutMembershipBackMutationVariables>;
export const AddAuthorizationDocument = {"__meta__":{"operation":"mutation","operationName":"AddAuthorization","hash":"sha256:321cb4b37562cd9338496d73b9d67b160e069a9634f0c864813a660ac3210544"}} as unknown as DocumentNode<AddAuthorizationMutation, AddAuthorizationMutationVariables>;
export const UpdateAuthorizationDocument = {"__meta__":{"operation":"mutation","operationName":"UpdateAuthorization","hash":"sha256:8f469cf11967ad84ce2abf587bb46b45bd5dc59872f5a8eac748d4ab8814c0e1"}} as unknown as DocumentNode<UpdateAuthorizationMutation, UpdateAuthorizationMutationVariables>;
export const RenewAuthorizationDocument = {"__meta__":{"operation":"mutation","operationName":"RenewAuthorization","hash":"sha256:96b5f207ef41448233d08838d35bf811a5343b01a664fe393aee305d7f07e58c"}} as unknown as DocumentNode<RenewAuthorizationMutation, RenewAuthorizationMutationVariables>;
export const ExtendAuthorizationDocument = {"__meta__":{"operation":"mutation","operationName":"ExtendAuthorization","hash":"sha256:38abab52073f060948bee2d1168a5d5a624c93bbec3899173b6b8f7bafc71739"}} as unknown as DocumentNode<ExtendAuthorizationMutation, ExtendAuthorizationMutationVariables>;
export const EndAuthorizationDocument = {"__meta__":{"operation":"mutation","operationName":"EndAuthorization","hash":"sha256:cfe23604da45136b4fe5fe338d3068c5e7af5b571068b26d1f5a1692552ca17b"}} as unknown as DocumentNode<EndAuthorizationMutation, EndAuthorizationMutationVariables>;
export const RemoveAuthorizationDocument = {"__meta__":{"operation":"mutation","operationName":"RemoveAuthorization","hash":"sha256:a21614c1ad6cf779a19d17e7579ab4cd7b20165e76470578dc718aad6c063f5d"}} as unknown as DocumentNode<RemoveAuthorizationMutation, RemoveAuthorizationMutationVariables>;
export const PutAuthorizationBackDocument = {"__meta__":{"operation":"mutation","operationName":"PutAuthorizationBack","hash":"sha256:38e94f0339df47a00d283442dedc5a7e3a4eaaaaa5f6930cce2509d88ed51ee9"}} as unknown as DocumentNode<PutAuthorizationBackMutation, PutAuthorizationBackMutationVariables>;
export const CreateTierDocument = {"__meta__":{"operation":"mutation","operationName":"CreateTier","hash":"sha256:a6c9af1f734e0df3d27ddf9ed513afe53975722e9c84650f846c4a2b9dc99969"}} as unknown as DocumentNode<CreateTierMutation, CreateTierMutationVariables>;
export const UpdateTierDocument = {"__meta__":{"operation":"mutation","operationName":"UpdateTier","hash":"sha256:da4c951246c057314451e418675dfc1688ecd4c93d8aeda7213a03ac401e4d22"}} as unknown as DocumentNode<UpdateTierMutation, UpdateTierMutationVariables>;
export const RetireTierDocument = {"__meta__":{"operation":"mutation","operationName":"RetireTier","hash":"sha256:d4983413b1bd7d3082a1439f31a28fabd8405d0b322b5936a6f098e6074424f9"}} as unknown as DocumentNode<RetireTierMutation, RetireTierMutationVariables>;
export const UnretireTierDocument = {"__meta__":{"operation":"mutation","operationName":"UnretireTier","hash":"sha256:4f9cf390c16dff6e2e42d6e1292c11395c131db7e5aebbbd3b6811535ac1d990"}} as unknown as DocumentNode<UnretireTierMutation, UnretireTierMutationVariables>;
export const AddNoteDocument = {"__meta__":{"operation":"mutation","operationName":"AddNote","hash":"sha256:b7788158fc7c8e13fc705b146117332d9d97d559bcefaa5596a00d1197c0c3da"}} as unknown as DocumentNode<AddNoteMutation, AddNoteMutationVariables>;
export const UpdateNoteDocument = {"__meta__":{"operation":"mutation","operationName":"UpdateNote","hash":"sha256:92a6734b482cc4d846c1837490865e16108e29aefaddfdb4cb9f00e79161fb17"}} as unknown as DocumentNode<UpdateNoteMutation, UpdateNoteMutationVariables>;
export const DeleteNoteDocument = {"__meta__":{"operation":"mutation","operationName":"DeleteNote","hash":"sha256:0c8d53429122f255f05b1d44a9f50625365f123ef0336267c00be3ef9a1d65b5"}} as unknown as DocumentNode<DeleteNoteMutation, DeleteNoteMutationVariables>;
export const RestoreNoteDocument = {"__meta__":{"operation":"mutation","operationName":"RestoreNote","hash":"sha256:73cf30c58f8f2f4280728f09248719bda854a1e8be9a2710cefb40521bece95f"}} as unknown as DocumentNode<RestoreNoteMutation, RestoreNoteMutationVariables>;
export const MergePreviewDocument = {"__meta__":{"operation":"query","operationName":"MergePreview","hash":"sha256:984a3979046a678ed916c091b3f62a2ab79c3df4bf2e0d4839475dd081f1911b"}} as unknown as DocumentNode<MergePreviewQuery, MergePreviewQueryVariables>;
export const MergeClientsDocument = {"__meta__":{"operation":"mutation","operationName":"MergeClients","hash":"sha256:e491e3c324e1d3f5f9542a042db246936722d89e90041704678777d09f2ef11e"}} as unknown as DocumentNode<MergeClientsMutation, MergeClientsMutationVariables>;
export const UndoMergeDocument = {"__meta__":{"operation":"mutation","operationName":"UndoMerge","hash":"sha256:c6e6073d843daf3a7aef07996824535efe3d1d344715c6c81417621ad11d4b2e"}} as unknown as DocumentNode<UndoMergeMutation, UndoMergeMutationVariables>;
export const ClientDocumentsDocument = {"__meta__":{"operation":"query","operationName":"ClientDocuments","hash":"sha256:02e2b512e64d4bbe1083cafdd041cd755f34933ba3ae8b879bb6bebcf4d2ba2b"}} as unknown as DocumentNode<ClientDocumentsQuery, ClientDocumentsQueryVariables>;
export const EraseClientDocument = {"__meta__":{"operation":"mutation","operationName":"EraseClient","hash":"sha256:25e23354703c1b79b3c3921ac80852ca3cf4a307dbcab3821aa2c7489783195f"}} as unknown as DocumentNode<EraseClientMutation, EraseClientMutationVariables>;
export const PaletteViewsDocument = {"__meta__":{"operation":"query","operationName":"PaletteViews","hash":"sha256:7e7124aef9614c8afd5bf687cf53e5a5f4b9f29652d28c8e7db00f13ae8e0405"}} as unknown as DocumentNode<PaletteViewsQuery, PaletteViewsQueryVariables>;
export const SystemOverviewDocument = {"__meta__":{"operation":"query","operationName":"SystemOverview","hash":"sha256:16b374332d387567ca7a77399d378f7ecc829cd4ce7ca78aef6a627a8fe2ffad"}} as unknown as DocumentNode<SystemOverviewQuery, SystemOverviewQueryVariables>;
export const BackupsDocument = {"__meta__":{"operation":"query","operationName":"Backups","hash":"sha256:d95b07d369017ab3238e5c85c6b7c74bd2ee2fd31def4cb41e90ae7025dfd776"}} as unknown as DocumentNode<BackupsQuery, BackupsQueryVariables>;
export const BackUpNowDocument = {"__meta__":{"operation":"mutation","operationName":"BackUpNow","hash":"sha256:a720d187398f640f914d3ddb5faa74ee508febdf2961cbb2c729ad0c2985025d"}} as unknown as DocumentNode<BackUpNowMutation, BackUpNowMutationVariables>;
export const AdoptionReportDocument = {"__meta__":{"operation":"query","operationName":"AdoptionReport","hash":"sha256:ebf46a7b6d45d8701dbb9abc21384d4a5261f952b884af8b3591c15f82492b91"}} as unknown as DocumentNode<AdoptionReportQuery, AdoptionReportQueryVariables>;
export const AdoptionRowsDocument = {"__meta__":{"operation":"query","operationName":"AdoptionRows","hash":"sha256:5f8b4b06d51e74098744d863323611ccb4f3db7979f362f725520205ee5600e5"}} as unknown as DocumentNode<AdoptionRowsQuery, AdoptionRowsQueryVariables>;
export const RootCertificateDocument = {"__meta__":{"operation":"query","operationName":"RootCertificate","hash":"sha256:c7a9b2a6358eee0859fb96bce46af64916ecec7fe2c8349e9b3a4824e456d20d"}} as unknown as DocumentNode<RootCertificateQuery, RootCertificateQueryVariables>;
export const MessagesPauseDocument = {"__meta__":{"operation":"query","operationName":"MessagesPause","hash":"sha256:6c813bbf29704a6c1cd18e0951d618b4bdad715771527998934f723d2f77d925"}} as unknown as DocumentNode<MessagesPauseQuery, MessagesPauseQueryVariables>;
export const ResumeMessagesDocument = {"__meta__":{"operation":"mutation","operationName":"ResumeMessages","hash":"sha256:642206c6177e7c3f65f3e0efcf4e30b2384966f1f16698962afbdce7e98cddc0"}} as unknown as DocumentNode<ResumeMessagesMutation, ResumeMessagesMutationVariables>;
export const ClientTableDocument = {"__meta__":{"operation":"query","operationName":"ClientTable","hash":"sha256:155e2e4189a8c2e6ec56fadf77bd9638f079a2c9e5d030f13c3a39545a15cadf"}} as unknown as DocumentNode<ClientTableQuery, ClientTableQueryVariables>;
export const MoreOfClientTableDocument = {"__meta__":{"operation":"query","operationName":"MoreOfClientTable","hash":"sha256:06b9e26876cce30086b5396058772aa32b011e17a641494c67b7873bdc58231a"}} as unknown as DocumentNode<MoreOfClientTableQuery, MoreOfClientTableQueryVariables>;
export const TableChoicesDocument = {"__meta__":{"operation":"query","operationName":"TableChoices","hash":"sha256:f53659917c09ee16714551f26aab32cd5c78ec11c702e68962ef5dc63c63e922"}} as unknown as DocumentNode<TableChoicesQuery, TableChoicesQueryVariables>;
export const ClientViewsDocument = {"__meta__":{"operation":"query","operationName":"ClientViews","hash":"sha256:4c40654ce50b4a6bfad7d556476f1d181fd8a8c8b1ffaf98313d37a1e80dede1"}} as unknown as DocumentNode<ClientViewsQuery, ClientViewsQueryVariables>;
export const SaveViewDocument = {"__meta__":{"operation":"mutation","operationName":"SaveView","hash":"sha256:af6bd8b366e4fb690abae9aa0aab7cb69c872fe14fec41280a457a997b4b682f"}} as unknown as DocumentNode<SaveViewMutation, SaveViewMutationVariables>;
export const UpdateViewDocument = {"__meta__":{"operation":"mutation","operationName":"UpdateView","hash":"sha256:afeeb8857ca888d522397f6c14613e3ea4451e68a34a978d187a145e4208b54b"}} as unknown as DocumentNode<UpdateViewMutation, UpdateViewMutationVariables>;
export const DeleteViewDocument = {"__meta__":{"operation":"mutation","operationName":"DeleteView","hash":"sha256:8dc409dfc86b3ca55b83134cb75138847951fe2255b2a7e53e15819813e7febe"}} as unknown as DocumentNode<DeleteViewMutation, DeleteViewMutationVariables>;
export const BulkPreviewDocument = {"__meta__":{"operation":"query","operationName":"BulkPreview","hash":"sha256:d0efdb50a30fafc1e70ee5e30bcf3f329bb0953a401b9060929b8ada29a7be93"}} as unknown as DocumentNode<BulkPreviewQuery, BulkPreviewQueryVariables>;
export const BulkProgressDocument = {"__meta__":{"operation":"query","operationName":"BulkProgress","hash":"sha256:45ac84e886ba5b066fd9fe781ccd448718674e39ab24de10e590db5ede714ee2"}} as unknown as DocumentNode<BulkProgressQuery, BulkProgressQueryVariables>;
export const StartBulkChangeDocument = {"__meta__":{"operation":"mutation","operationName":"StartBulkChange","hash":"sha256:79d408546831f52736bcbc071e588da0f153d92690d4052c98ac6c42b73207b2"}} as unknown as DocumentNode<StartBulkChangeMutation, StartBulkChangeMutationVariables>;
export const UndoBulkChangeDocument = {"__meta__":{"operation":"mutation","operationName":"UndoBulkChange","hash":"sha256:4f306f3232268b84b0c9465539dd8c3327b10da1ccda49428777704ca20a677d"}} as unknown as DocumentNode<UndoBulkChangeMutation, UndoBulkChangeMutationVariables>;
export const TagsDocument = {"__meta__":{"operation":"query","operationName":"Tags","hash":"sha256:efec51bb86b6fc5e329b9d07065c2345b0568ce493e35b03194478eebe8e1113"}} as unknown as DocumentNode<TagsQuery, TagsQueryVariables>;
export const ChangeClientTagsDocument = {"__meta__":{"operation":"mutation","operationName":"ChangeClientTags","hash":"sha256:14ac1fab8e1762fb5d110d0f96a399bc9c9057b49c80ff175916be4f7bb49286"}} as unknown as DocumentNode<ChangeClientTagsMutation, ChangeClientTagsMutationVariables>;
export const CreateTagDocument = {"__meta__":{"operation":"mutation","operationName":"CreateTag","hash":"sha256:daffded090dcc2cec744e771ccd801808b98ce4069a0729eea93af27ae3453e6"}} as unknown as DocumentNode<CreateTagMutation, CreateTagMutationVariables>;
export const UpdateTagDocument = {"__meta__":{"operation":"mutation","operationName":"UpdateTag","hash":"sha256:1c81940f314a487345e733f3aa81c4d144d016a8a0c697f27513be81c2f5595c"}} as unknown as DocumentNode<UpdateTagMutation, UpdateTagMutationVariables>;
export const JoinTagsDocument = {"__meta__":{"operation":"mutation","operationName":"JoinTags","hash":"sha256:59527673e9c1ce4437be3d7a28dc02d5d9b57923d697f06fa84d0260cdd8f904"}} as unknown as DocumentNode<JoinTagsMutation, JoinTagsMutationVariables>;
export const DeleteTagDocument = {"__meta__":{"operation":"mutation","operationName":"DeleteTag","hash":"sha256:56cf4d5b3fb6df98969274bf773f2ccd76300f5a5835eecf4aadce037fd63c66"}} as unknown as DocumentNode<DeleteTagMutation, DeleteTagMutationVariables>;
export const UsersDocument = {"__meta__":{"operation":"query","operationName":"Users","hash":"sha256:473cb4070f4a473186b3b693feb81c9a88e143625bcf0604686ec03bf6de9605"}} as unknown as DocumentNode<UsersQuery, UsersQueryVariables>;
export const UserPageDocument = {"__meta__":{"operation":"query","operationName":"UserPage","hash":"sha256:a8ee9141099f0401557c1d1d79a67389a55e97bffca504ba8ce2c4308b79856f"}} as unknown as DocumentNode<UserPageQuery, UserPageQueryVariables>;
export const OwnSessionsDocument = {"__meta__":{"operation":"query","operationName":"OwnSessions","hash":"sha256:015abc6dcf9153cdbe08c5ea9785b3e2ae1b521ee831c8f86fab8abde60ba939"}} as unknown as DocumentNode<OwnSessionsQuery, OwnSessionsQueryVariables>;
export const CreateUserDocument = {"__meta__":{"operation":"mutation","operationName":"CreateUser","hash":"sha256:ad8d69fb0629de9466582df663b150e533d6ba4f9988296a268f683b338b3727"}} as unknown as DocumentNode<CreateUserMutation, CreateUserMutationVariables>;
export const UpdateUserDocument = {"__meta__":{"operation":"mutation","operationName":"UpdateUser","hash":"sha256:0bc8a8aba616c46d5ad9b5aef239055a9ff27f80cda9b08694eedb536dff4d23"}} as unknown as DocumentNode<UpdateUserMutation, UpdateUserMutationVariables>;
export const ActivateUserDocument = {"__meta__":{"operation":"mutation","operationName":"ActivateUser","hash":"sha256:992616de96c7d74d7176d74e0cc66f1c32fca676c4ac6e7d5608b36fdb9e3fd9"}} as unknown as DocumentNode<ActivateUserMutation, ActivateUserMutationVariables>;
export const DeactivateUserDocument = {"__meta__":{"operation":"mutation","operationName":"DeactivateUser","hash":"sha256:a499484afba9fb88261478cd1f657ab610a48deded7dea1251fa31ce4ddf6d9f"}} as unknown as DocumentNode<DeactivateUserMutation, DeactivateUserMutationVariables>;
export const ResetPasswordDocument = {"__meta__":{"operation":"mutation","operationName":"ResetPassword","hash":"sha256:dca15d5d1b56dec6d1fe68bf0d18ef738d465a8074522c7c293215aa76b2009f"}} as unknown as DocumentNode<ResetPasswordMutation, ResetPasswordMutationVariables>;
export const NewSignInLinkDocument = {"__meta__":{"operation":"mutation","operationName":"NewSignInLink","hash":"sha256:f251bd08f71b09a935ae904c278bb9b2e8be9b5300d184aa5ecb68ac96f8f4ac"}} as unknown as DocumentNode<NewSignInLinkMutation, NewSignInLinkMutationVariables>;
export const WithdrawSignInLinkDocument = {"__meta__":{"operation":"mutation","operationName":"WithdrawSignInLink","hash":"sha256:cba7f41d88f34d4dea5c3a6a1e48447ccf974907ab66d110820c02a5edef0d91"}} as unknown as DocumentNode<WithdrawSignInLinkMutation, WithdrawSignInLinkMutationVariables>;
export const DeleteUserDocument = {"__meta__":{"operation":"mutation","operationName":"DeleteUser","hash":"sha256:6363a994525730089dffd62df01862790e6d6c8cf0ca843bb35f0341f1e4ad24"}} as unknown as DocumentNode<DeleteUserMutation, DeleteUserMutationVariables>;
export const ResetSecondFactorOfDocument = {"__meta__":{"operation":"mutation","operationName":"ResetSecondFactorOf","hash":"sha256:26cd9a2587e2eae7696d422a3a10770f4a2c5412fc1e67cc7a056c88c3adf9a8"}} as unknown as DocumentNode<ResetSecondFactorOfMutation, ResetSecondFactorOfMutationVariables>;
export const EndUserSessionsDocument = {"__meta__":{"operation":"mutation","operationName":"EndUserSessions","hash":"sha256:c0de0d3e0910bd38119d51ef6ba71d684cb596e69401faeb8f3b0b52f51fc340"}} as unknown as DocumentNode<EndUserSessionsMutation, EndUserSessionsMutationVariables>;
export const EndSessionDocument = {"__meta__":{"operation":"mutation","operationName":"EndSession","hash":"sha256:f7a98cca804301b765ac4a439462bcfe03e63a0d5e4802339045de44119164c0"}} as unknown as DocumentNode<EndSessionMutation, EndSessionMutationVariables>;
export const EndOtherSessionsDocument = {"__meta__":{"operation":"mutation","operationName":"EndOtherSessions","hash":"sha256:0e14448c0048107c63d13ebba28c82b027f831586d1b4573e132c00f1c9d6d62"}} as unknown as DocumentNode<EndOtherSessionsMutation, EndOtherSessionsMutationVariables>;
export const OpenSignInLinkDocument = {"__meta__":{"operation":"mutation","operationName":"OpenSignInLink","hash":"sha256:707c1d818f17ee1057b46701a88e73b2b254227ebf9b1e8c75d489646ce6b37c"}} as unknown as DocumentNode<OpenSignInLinkMutation, OpenSignInLinkMutationVariables>;
export const SetPasswordByLinkDocument = {"__meta__":{"operation":"mutation","operationName":"SetPasswordByLink","hash":"sha256:4dbab169c676d15be6f63a9d4e9097be8f57295f4cbe24a2af876b462ec70964"}} as unknown as DocumentNode<SetPasswordByLinkMutation, SetPasswordByLinkMutationVariables>;