"""What each value of an enum means, for those who read the schema. Enums are the features' own; their words stand together here.

A value that says all by its name still has its sentence: whoever generates a client reads it in their editor.
"""

from collections.abc import Mapping

from graphql import GraphQLEnumType, GraphQLSchema

WORDS: Mapping[str, Mapping[str, str]] = {
    "ActorKind": {
        "ANONYMOUS": "Nobody who is known: a sign-in that was refused, for example.",
        "API_KEY": "A program with an API key.",
        "JOB": "Work in the background.",
        "KIOSK": "A kiosk at the door.",
        "OPERATOR": "A command on the server.",
        "USER": "A person who is signed in.",
    },
    "ApiKeyState": {
        "ACTIVE": "It works.",
        "ENDED": "Its time is over.",
        "REPLACED": "It was rotated and works until its end, beside its successor.",
        "REVOKED": "It was ended for good.",
    },
    "AuthorizationUnit": {
        "DAY": "A day on which there was a visit, however many there were.",
        "HOUR": "An hour of presence; it counts once the visit is checked out.",
        "VISIT": "A visit.",
    },
    "BulkKind": {
        "ADD_TAG": "Give them a tag.",
        "ARCHIVE": "Archive them.",
        "REMOVE_TAG": "Take a tag away.",
        "RESTORE": "Bring them back from the archive.",
    },
    "KioskDecision": {
        "ACCEPTED": "A visit was recorded.",
        "DISMISSED": "Nothing was recorded.",
        "SETTLED": "It was decided by itself: the client was checked in meanwhile.",
    },
    "KioskDoubt": {
        "AMBIGUOUS": "Several clients have this phone or a code that looks alike.",
        "ARCHIVED": "The client is archived.",
        "ASK_STAFF": "The policy of the client's tier sends them to the desk.",
        "BLOCKED": "The policy of the client's tier keeps them out.",
        "FUTURE": "By the kiosk's clock it is still to come.",
        "LONG_AGO": "It was more than 14 days ago.",
        "UNKNOWN": "Nobody has this phone or code.",
        "WALK_IN": "A first-time visitor told who they are.",
    },
    "KioskKind": {
        "CHECK_IN": "Members check in at it.",
        "LOBBY": "It shows in the lobby who is here.",
    },
    "KioskOutcome": {
        "ASK_STAFF": "They are to see the desk, which knows.",
        "CHECKED_IN": "The visit is recorded.",
        "FOR_STAFF": "It is kept, and staff decide.",
        "REPEAT": "There was a visit just before: it is that one.",
        "SEE_DESK": "They are to see the desk; nothing is kept for it to decide.",
        "TRY_AGAIN": "Nothing came of it yet: send it again.",
    },
    "BulkState": {
        "DONE": "Everybody on the list was looked at.",
        "RUNNING": "The worker is at it.",
        "STOPPED": "It could not go on, because the tag was removed.",
    },
    "CapWindow": {"MEMBERSHIP": "From its first to its last day.", "MONTH": "A calendar month."},
    "CheckInMethod": {
        "API": "A program with an API key recorded it.",
        "IMPORT": "It came with a file or from the predecessor.",
        "KIOSK": "The client did, at a kiosk.",
        "STAFF": "Staff did, at a desk.",
    },
    "CheckInPolicy": {
        "ALLOW": "They come in without a word.",
        "ASK_STAFF": "Staff decide.",
        "BLOCK": "They don't come in, unless staff override it with a reason.",
        "REMIND": "They come in and are told what to do.",
    },
    "ClientOrder": {
        "CREATED": "When they were put on file.",
        "LAST_CHECK_IN": "When they last came.",
        "NAME": "Last name, then first name.",
        "STANDING_END": "The last day of their standing.",
    },
    "CodeState": {
        "AMBIGUOUS": "Several cards say the same when spaces and hyphens are left out.",
        "ARCHIVED": "It is the card of an archived client.",
        "FOUND": "It is a client's card.",
        "UNKNOWN": "It is nobody's card.",
    },
    "ConsentKind": {
        "EMAIL": "Being written to by email.",
        "PHOTO": "Being photographed.",
        "SMS": "Being sent text messages.",
        "TERMS": "The centre's terms.",
        "LOBBY": "Their gamer tag on the screen in the lobby.",
        "WAIVER": "The waiver of liability.",
    },
    "ContactKind": {"DISCORD": "A Discord handle.", "EMAIL": "An email address.", "PHONE": "A phone number, in E.164."},
    "Direction": {"ASCENDING": "The least first.", "DESCENDING": "The greatest first."},
    "ErasureReason": {
        "ENTERED_BY_MISTAKE": "They should never have been on file.",
        "GUARDIAN_REQUEST": "Their guardian asked for it.",
        "OWN_REQUEST": "They asked for it.",
        "RETENTION_ENDED": "Their data have been kept for as long as they may be.",
    },
    "Language": {"EN": "English.", "ES": "Spanish."},
    "MergeField": {
        "DATE_OF_BIRTH": "`Client.dateOfBirth`.",
        "FIRST_NAME": "`Client.firstName`.",
        "GUARDIAN_NAME": "`Client.guardianName`.",
        "GUARDIAN_PHONE": "`Client.guardianPhone`.",
        "GUARDIAN_RELATION": "`Client.guardianRelation`.",
        "GAMER_TAG": "`Client.gamerTag`.",
        "KIOSK_COLOUR": "`Comfort.colour`.",
        "KIOSK_PICTURE": "`Comfort.picture`.",
        "LANGUAGE": "`Client.language`.",
        "LARGE_TEXT": "`Comfort.largeText`.",
        "LAST_NAME": "`Client.lastName`.",
        "MEMBER_CODE": "`Client.memberCode`.",
        "NO_MOTION": "`Comfort.noMotion`.",
        "NO_SOUND": "`Comfort.noSound`.",
        "PREFERRED_NAME": "`Client.preferredName`.",
        "SERVICE_COORDINATOR": "`Client.serviceCoordinator`.",
        "SERVICE_COORDINATOR_EMAIL": "`Client.serviceCoordinatorEmail`.",
        "SERVICE_COORDINATOR_PHONE": "`Client.serviceCoordinatorPhone`.",
    },
    "MergeKind": {
        "AUTHORIZATIONS": "Authorizations.",
        "CONSENTS": "Consents.",
        "CONTACT_METHODS": "Phones, email addresses, handles.",
        "GGLEAP_LINKS": "Links to ggLeap accounts.",
        "MEMBERSHIPS": "Memberships.",
        "MESSAGES": "Messages to them.",
        "NOTES": "Notes.",
        "TAGS": "Tags.",
        "VISITS": "Check-ins.",
    },
    "RemarkOutcome": {
        "ASIDE": "It stayed in the schema `legacy`.",
        "CHANGED": "It was copied, but a value of it is not as it was.",
        "JOINED": "It was joined with another row.",
    },
    "RunningOutList": {"EXPIRED": "The last covered day has passed.", "EXPIRING": "The last covered day is to come."},
    "SignOfLife": {"DOWN": "It does not answer.", "OK": "It works.", "SILENT": "No sign of life from it lately."},
    "SimilarReason": {
        "SAME_EMAIL": "The same email address.",
        "SAME_NAME_AND_BIRTHDAY": "The same name and date of birth.",
        "SAME_PHONE": "The same phone number.",
        "SAME_UCI": "The same UCI number.",
        "SIMILAR_NAME": "A name that sounds or looks alike.",
    },
    "StandingSource": {"AUTHORIZATION": "An authorization.", "MEMBERSHIP": "A membership."},
    "StandingStatus": {
        "ACTIVE": "Covered today, for more than 30 days.",
        "EXPIRED": "Covered once, and no longer.",
        "EXPIRING": "Covered today, for 30 days or fewer.",
        "NONE": "Never covered.",
        "PENDING": "Not covered today, but later.",
    },
    "Theme": {"DARK": "Dark.", "LIGHT": "Light.", "SYSTEM": "As the device has it."},
    "UserRole": {"ADMIN": "May do everything.", "STAFF": "Works at the desk."},
    "UserTrace": {
        "API_KEYS": "API keys that they made.",
        "AUDIT_LOG": "Entries of the audit log.",
        "CHECK_INS": "Visits that they recorded, voided or ended.",
        "LINKS": "One-time links that they made.",
        "NOTES": "Notes that they wrote or changed.",
        "OTHER": "Something else.",
        "SESSIONS": "Sign-ins.",
    },
    "WayIn": {
        "ONE_TIME_LINK": "A link with which they set a password of their own.",
        "TEMPORARY_PASSWORD": "A password that they have to change when they sign in.",
    },
}


def describe(schema: GraphQLSchema) -> None:
    """Put the words where values have none of their own."""
    uuid = schema.type_map.get("UUID")
    if uuid is not None and not uuid.description:
        uuid.description = "A UUID as text, such as 8a4ff0ba-21b1-4e3c-9d7c-2b5d5f3f0b1e."
    for name, words in WORDS.items():
        kind = schema.type_map.get(name)
        if isinstance(kind, GraphQLEnumType):
            for value, text in words.items():
                if value in kind.values and not kind.values[value].description:
                    kind.values[value].description = text
