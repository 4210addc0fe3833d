"""Every root field names a permission, and it is enforced."""

from typing import Any

import pytest
from graphql import (
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from backend.accounts.models import KioskKind, UserRole
from backend.accounts.permissions import KEY_SCOPES, MUST_CHANGE_PASSWORD, PERMISSIONS_OF, PERMISSIONS_OF_KIOSK, Permission
from backend.graphql.fields import Guard
from backend.graphql.schema import schema
from tests.client import Api
from tests.graphql.literals import literal

PUBLIC = {
    "Query.apiKeyInUse",
    "Query.centre",
    "Query.node",
    "Query.nodes",
    "Mutation.askToPair",
    "Mutation.completeLogin",
    "Mutation.login",
    "Mutation.refreshSession",
    "Mutation.openSignInLink",
    "Mutation.setPasswordByLink",
}
# What staff may not do, by name: a permission that wanders into their role is noticed here.
OF_DEVICES = {
    "Mutation.checkInBatch": {KioskKind.CHECK_IN},
    "Mutation.lookUp": {KioskKind.CHECK_IN},
    "Mutation.reportKiosk": {KioskKind.CHECK_IN, KioskKind.LOBBY},
    "Mutation.walkIn": {KioskKind.CHECK_IN},
    "Query.kioskRoster": {KioskKind.CHECK_IN},
    "Query.lobby": {KioskKind.LOBBY},
}
ADMINS_ALONE = {
    "Mutation.approveKiosk",
    "Mutation.changeKioskSettings",
    "Mutation.revokeKiosk",
    "Mutation.updateKiosk",
    "Query.kioskExitCode",
    "Mutation.archiveClient",
    "Mutation.backUpNow",
    "Mutation.eraseClient",
    "Mutation.mergeClients",
    "Mutation.resetSecondFactor",
    "Mutation.restoreClient",
    "Mutation.resumeMessages",
    "Mutation.undoMerge",
    *(f"Query.{name}" for name in ("auditActors", "auditChain", "auditLog")),
    "Query.mergePreview",
    "Query.system",
    *(f"Query.{name}" for name in ("apiKey", "apiKeyScopes", "apiKeys")),
    *(f"Mutation.{name}" for name in ("createApiKey", "revokeApiKey", "rotateApiKey", "updateApiKey")),
    *(f"Query.{name}" for name in ("user", "users")),
    *(f"Mutation.{name}" for name in ("createUser", "updateUser", "activateUser", "deactivateUser", "deleteUser", "resetPassword")),
    *(f"Mutation.{name}" for name in ("newSignInLink", "withdrawSignInLink", "endUserSessions")),
    *(f"Mutation.{name}" for name in ("createTier", "retireTier", "unretireTier", "updateTier")),
    "Mutation.changePolicySentences",
} | {f"Mutation.{name}" for name in ("changeCentreSettings", "createStation", "renameStation", "retireStation", "restoreStation")}


def root_fields() -> dict[str, Guard]:
    """Every root field with its guard; a field without one fails here."""
    found = {}
    for name in ("Query", "Mutation", "Subscription"):
        definition: Any = schema.get_type_by_name(name)
        for field in definition.fields:
            guards = [extension for extension in field.extensions if isinstance(extension, Guard)]
            graphql_name = schema.config.name_converter.get_graphql_name(field)
            assert len(guards) == 1, f"{name}.{graphql_name} declares no permission"
            found[f"{name}.{graphql_name}"] = guards[0]
    return found


def test_every_root_field_declares_a_permission() -> None:
    fields = root_fields()
    assert len(fields) >= 15
    assert {name for name, guard in fields.items() if guard.permission is None} == PUBLIC


def test_running_the_installation_is_for_admins_alone() -> None:
    staff, admin = PERMISSIONS_OF[UserRole.STAFF], PERMISSIONS_OF[UserRole.ADMIN]
    needed = {name: guard.permission for name, guard in root_fields().items() if guard.permission is not None}
    assert {name for name, permission in needed.items() if permission not in staff} == ADMINS_ALONE | OF_DEVICES.keys()
    assert {name for name, permission in needed.items() if permission not in admin} == OF_DEVICES.keys()


def test_what_devices_ask_is_for_no_person_and_no_key() -> None:
    needed = {name: guard.permission for name, guard in root_fields().items()}
    for name, kinds in OF_DEVICES.items():
        permission = needed[name]
        assert permission is not None
        assert {kind for kind, granted in PERMISSIONS_OF_KIOSK.items() if permission in granted} == kinds
        assert permission not in KEY_SCOPES


def test_the_installation_is_reached_through_no_other_field() -> None:
    guarded = {"System", "Installation", "Health", "Backup", "Adoption", "AdoptionRemark", "ToLookAt"}
    ways_in = {
        f"{name}.{field_name}"
        for name, kind in schema._schema.type_map.items()
        for field_name, field in (getattr(kind, "fields", None) or {}).items()
        if name not in guarded and get_named_type(field.type).name in guarded
    }
    # Unions and pages that only these root fields answer with.
    assert ways_in == {"Query.system", "MessagesResumed.installation", "AdoptionRemarkEdge.node"}


def test_every_type_field_and_argument_is_described() -> None:
    bare = []
    for name, kind in schema._schema.type_map.items():
        if name.startswith("__") or name in {"Query", "Mutation", "Subscription", "String", "Int", "Boolean", "ID", "Float", "UUID"}:
            continue
        if not kind.description:
            bare.append(name)
    for name, kind in schema._schema.type_map.items():
        for field_name, field in getattr(kind, "fields", {}).items() if not name.startswith("__") else ():
            if not field.description:
                bare.append(f"{name}.{field_name}")
            bare += [f"{name}.{field_name}({argument})" for argument, value in getattr(field, "args", {}).items() if not value.description]
    assert bare == []


def document(field: str) -> str:
    """A valid document that asks for one root field with any arguments."""
    operation, name = field.split(".")
    root: Any = schema._schema.get_type(operation)
    definition = root.fields[name]
    arguments = ", ".join(f"{arg}: {literal(value.type)}" for arg, value in definition.args.items() if is_required_argument(value))
    selection = "" if is_leaf_type(get_named_type(definition.type)) else " { __typename }"
    return f"{operation.lower()} {{ {name}{f'({arguments})' if arguments else ''}{selection} }}"


def verdict(answer: dict[str, Any]) -> str:
    # A query whose made-up input is refused was let in.
    codes = [error["extensions"]["code"] for error in answer.get("errors", []) if error["extensions"]["code"] != "VALIDATION_FAILED"]
    if codes:
        return str(codes[0])
    values = list((answer["data"] or {}).values())
    return "NOT_ALLOWED" if values and isinstance(values[0], dict) and values[0].get("__typename") == "NotAllowed" else "ALLOWED"


FIELDS = sorted(name for name in root_fields() if not name.startswith("Subscription"))


@pytest.mark.parametrize("who", [None, "newcomer", "staff", "admin"])
async def test_each_field_is_open_to_whom_its_permission_says(api: Api, who: str | None) -> None:
    granted = {
        None: frozenset[Permission](),
        "newcomer": MUST_CHANGE_PASSWORD,
        "staff": PERMISSIONS_OF[UserRole.STAFF],
        "admin": PERMISSIONS_OF[UserRole.ADMIN],
    }[who]
    wrong = []
    # Logout last: it ends the session.
    for name in sorted(FIELDS, key=lambda field: field == "Mutation.logout"):
        if who is not None:
            await api.login(who)
        permission = root_fields()[name].permission
        allowed = permission is None or permission in granted
        found = verdict(await api.raw(document(name)))
        expected = {"ALLOWED"} if allowed else {"UNAUTHENTICATED"} if who is None else {"NOT_ALLOWED"}
        if found not in expected:
            wrong.append((name, found))
    assert wrong == []


def test_roots_are_object_types() -> None:
    assert isinstance(schema._schema.get_type("Query"), GraphQLObjectType)
