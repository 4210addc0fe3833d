"""The settings: whether they are right, where they come from, and which of them should not stay as they are."""

import ipaddress
from collections.abc import Sequence
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from backend.operations.doctor import containers, stack
from backend.operations.doctor.case import Case, Need, source_of
from backend.operations.doctor.lines import Line, Topic, listed
from backend.operations.stack.given import is_given
from backend.system import centre

SETTINGS = Topic(
    "settings",
    "the settings, from the environment, `.env` and secret files",
    "",
    "one is wrong or missing",
    "Correct each of them, in the environment or in `.env`, and restart.",
)
TIME_ZONE = Topic(
    "time-zone",
    "the centre's time zone, which decides what today means",
    "nobody set it",
    "",
    "Choose the time zone on the settings page of the centre, or set CENTRE_TIMEZONE, such as America/Los_Angeles, and restart.",
)
HTTPS = Topic(
    "https",
    "whether browsers come over HTTPS",
    "they don't: a kiosk works neither offline nor with its camera then",
    "",
    "Set HTTPS_PORT (8443), open https://… on the kiosk, and install the root certificate there (settings page).",
)
ADMIN_PASSWORD = Topic(
    "admin-password",
    "whether the first admin's password still stands in the settings",
    "it does: who reads them can sign in, unless it was changed",
    "",
    "Remove ADMIN_PASSWORD from the environment and `.env`: it is needed once, by the first bootstrap.",
)


async def settings(case: Case) -> Sequence[Line]:
    """Wrong ones each on a line; else where they come from. Values are never shown."""
    lines = [SETTINGS.bad(f"{problem.rstrip('.')}.") for problem in case.problems]
    if "SECRET_KEY" in case.doubtful and not case.problems and (case.stack.data_dir / "postgres" / "cluster").exists():
        where = case.stack.data_dir / "secrets" / "secret-key"
        lines.append(SETTINGS.bad(f"{where} is missing while its database exists.", "Put it back from a backup, or set SECRET_KEY_FILE."))
    if lines:
        return lines
    names = [name.upper() for name in type(case.settings).model_fields]
    by_source: dict[str, list[str]] = {}
    for name in names:
        if source := source_of(case, name):
            by_source.setdefault(source, []).append(name)
    said = "; ".join(f"{listed(found, 4)} from {source}" for source, found in by_source.items())
    count = sum(len(found) for found in by_source.values())
    return [SETTINGS.good(f"They are right: {said or 'nothing is set'}, the rest are defaults.", set=count)]


async def time_zone(case: Case) -> Sequence[Line]:
    """Chosen on the page, set by the operator, or left at its default."""
    if await case.has(Need.TABLES):
        async with case.database.reading() as reader:
            chosen = (await centre.read(reader)).time_zone
        if chosen is not None:
            return [TIME_ZONE.good(f"Today is what it is in {chosen}, as the settings page says.")]
    name = case.settings.centre_timezone
    if not is_given("CENTRE_TIMEZONE", case.given):
        return [TIME_ZONE.doubtful(f"CENTRE_TIMEZONE is not set, so today is what it is in {name}.")]
    if "CENTRE_TIMEZONE" in case.doubtful:
        return []
    return [TIME_ZONE.good(f"Today is what it is in {name}.")]


async def https(case: Case) -> Sequence[Line]:
    """A kiosk needs it, whoever else can do without."""
    if case.settings.https_port is not None:
        return [HTTPS.good(f"HTTPS is served at port {case.settings.https_port}.", port=case.settings.https_port)]
    if case.settings.secure:
        return [HTTPS.good("PUBLIC_URL is an https address, served by a proxy in front of this.")]
    return [
        HTTPS.doubtful(f"Browsers come over plain HTTP ({_where(case.settings.origin)}): a kiosk can't work offline or use its camera.")
    ]


def _where(origin: str) -> str:
    host = urlsplit(origin).hostname or ""
    try:
        local = ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = host == "localhost"
    return "on this machine alone" if local else f"at {origin}"


async def admin_password(case: Case) -> Sequence[Line]:
    """It has done its work once there is an admin."""
    if source := "ADMIN_PASSWORD" in case.given and source_of(case, "ADMIN_PASSWORD"):
        return [ADMIN_PASSWORD.doubtful(f"ADMIN_PASSWORD still stands in {source}.")]
    return [ADMIN_PASSWORD.good("No admin's password stands in the settings.")]


async def processes(case: Case) -> Sequence[Line]:
    """The containers where their list was given, else this machine's own stack."""
    if case.containers is None:
        return [stack.judge(case.stack, case.embedded, inside=case.inside)]
    database, redis = (_host(case, name) for name in ("DATABASE_URL", "REDIS_URL"))
    return containers.judge(case.containers, database or "postgres", redis or "redis")


def _host(case: Case, name: str) -> str:
    """Where a server is; "" when that isn't known."""
    try:
        return "" if name in case.doubtful else make_url(getattr(case.settings, name.lower())).host or ""
    except (ArgumentError, ValueError):
        return ""
