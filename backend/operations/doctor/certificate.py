"""The certificate that Caddy shows: whether a browser that trusts the root accepts it, and how long both are good."""

import contextlib
import socket
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import httpx

from backend import clock
from backend.operations.doctor.case import Case, in_thread
from backend.operations.doctor.door import plain, secure
from backend.operations.doctor.entrance import Door
from backend.operations.doctor.lines import Line, Numbers, Topic, span

ROOT_PATH = "/root.crt"
# Caddy's local authority makes a leaf for 12 hours and renews it when a third is left; a twelfth is an hour then, and a week of 90 days.
SHARE_LEFT = 12
ROOT_DAYS = 180
DAY = 86400
SECONDS = 2.0

CERTIFICATE = Topic(
    "certificate",
    "the certificate at HTTPS_PORT: its chain, the name, the days left; the root's days left",
    f"less than a twelfth of its life is left (an hour of Caddy's own 12), or {ROOT_DAYS} days of the root's; its chain is unknown",
    "nothing answers there, it has expired, or it is for another name",
    "Caddy renews it by itself: start it again with `just up`, and look into its log (`just logs`) if that does not help.",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a handshake told: ``refusal`` says why a browser would refuse, "" if it would not. Times are seconds since 1970."""

    refusal: str
    begins: float | None
    ends: float | None
    root_ends: float | None


async def certificate(case: Case) -> Sequence[Line]:
    """Shake hands as a browser would that trusts our root and the well-known ones."""
    door = secure(case)
    if door is None:
        return []
    root = await _root(plain(case), door)
    try:
        seen = await in_thread(lambda: look(door, root))
    except OSError:
        return [CERTIFICATE.bad(f"Nothing answers with HTTPS at {door.url}.", port=door.port)]
    return judge(seen, door.name or "this machine", clock.now().timestamp(), root_known=bool(root))


async def _root(*doors: Door) -> str:
    """The root certificate that our settings page offers, in PEM; "" without one."""
    for door in doors:
        with contextlib.suppress(httpx.HTTPError, ValueError):
            async with door.client("") as client:
                answer = await client.get(ROOT_PATH, extensions=door.extensions)
                if answer.is_success and "BEGIN CERTIFICATE" in answer.text:
                    return answer.text
    return ""


def look(door: Door, root: str) -> Seen:
    """Shake hands with the door. Blocking. Raises OSError (ssl.SSLError among them) when there is no TLS at all."""
    anybody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    with _shaken(door, anybody) as connection:
        leaf = connection.getpeercert(binary_form=True) or b""
    trusting = ssl.create_default_context()
    trusting.check_hostname = bool(door.name)
    root_ends = None
    if root:
        trusting.load_verify_locations(cadata=root)
        root_ends = _soonest_end(root)
    try:
        with _shaken(door, trusting) as connection:
            return Seen("", *_dates(connection), root_ends)
    except ssl.SSLCertVerificationError as error:
        refusal = error.verify_message.rstrip(".")
    # Trusted for its own sake, to read its dates: an expired one is refused even so.
    alone = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    alone.check_hostname = False
    alone.verify_flags |= ssl.VerifyFlags.VERIFY_X509_PARTIAL_CHAIN
    alone.load_verify_locations(cadata=leaf)
    try:
        with _shaken(door, alone) as connection:
            return Seen(refusal, *_dates(connection), root_ends)
    except ssl.SSLCertVerificationError as error:
        return Seen(error.verify_message.rstrip("."), None, None, root_ends)


def judge(seen: Seen, name: str, now: float, *, root_known: bool) -> list[Line]:
    """What the handshake means. ``now`` in seconds since 1970; ``root_known``: the root of our settings page was trusted."""
    if seen.ends is None or seen.begins is None:
        return [CERTIFICATE.bad(f"A browser refuses the certificate for {name}: {seen.refusal}.")]
    left, life = seen.ends - now, seen.ends - seen.begins
    root_left = None if seen.root_ends is None else seen.root_ends - now
    numbers: Numbers = {"hours_left": round(left / 3600, 1), "root_days_left": None if root_left is None else round(root_left / DAY)}
    if seen.refusal and root_known:
        advice = f"Name {name} in HTTPS_HOSTS and restart Caddy." if "match" in seen.refusal.lower() else ""
        return [CERTIFICATE.bad(f"A browser refuses the certificate for {name}: {seen.refusal}.", advice, **numbers)]
    if left < life / SHARE_LEFT:
        return [CERTIFICATE.doubtful(f"The certificate for {name} ends in {span(left)} and was not renewed yet.", **numbers)]
    if root_left is not None and root_left < ROOT_DAYS * DAY:
        advice = "Remove Caddy's old authority, start Caddy again, and install the new root certificate on every device (settings page)."
        return [CERTIFICATE.doubtful(f"The root certificate ends in {span(root_left)}.", advice, **numbers)]
    if seen.refusal:
        say = f"The certificate's root is not known here, so its chain was not checked ({seen.refusal})."
        advice = f"Caddy should offer its root at {ROOT_PATH}; if a proxy of your own serves HTTPS, that is as it should be."
        return [CERTIFICATE.doubtful(say, advice, **numbers)]
    root = f", its root for {span(root_left)}" if root_left is not None else ""
    return [CERTIFICATE.good(f"The certificate for {name} is good for {span(left)}{root}.", **numbers)]


@contextlib.contextmanager
def _shaken(door: Door, context: ssl.SSLContext) -> Iterator[ssl.SSLSocket]:
    with (
        socket.create_connection((door.host, door.port), timeout=SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=door.name or None) as connection,
    ):
        yield connection


def _dates(connection: ssl.SSLSocket) -> tuple[float, float]:
    found = connection.getpeercert() or {}
    return _seconds(found["notBefore"]), _seconds(found["notAfter"])


def _soonest_end(pem: str) -> float | None:
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    own.load_verify_locations(cadata=pem)
    return min((_seconds(one["notAfter"]) for one in own.get_ca_certs()), default=None)


def _seconds(moment: object) -> float:
    return float(ssl.cert_time_to_seconds(str(moment)))
