"""The blocks of docs/api run as they stand, against a real server over real HTTP and WebSocket."""

import asyncio
import json
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from backend.accounts.permissions import KEY_SCOPES, Permission
from backend.graphql import ids
from backend.graphql.documents import TrustedDocuments
from backend.memberships.models import Membership, MembershipTier
from tests.accounts.integrations import make_key
from tests.client import Api
from tests.clients.people import add_client
from tests.graphql.test_sockets import check_in
from tests.server import serve
from tests.world import OPERATOR

DOCS = Path(__file__).parents[1] / "docs" / "api"
_BLOCK = re.compile(r"^## (?P<title>[^\n]+)$|^```(?P<language>\w+)\n(?P<block>.*?)^```$", re.MULTILINE | re.DOTALL)
SECONDS = 60


def blocks(name: str) -> dict[tuple[str, str], str]:
    """The blocks of a document, by the heading they stand under and their language."""
    found, title = {}, ""
    for match in _BLOCK.finditer((DOCS / name).read_text("utf-8")):
        title = match["title"] or title
        if match["language"]:
            found[title, match["language"]] = match["block"]
    return found


EXAMPLES = blocks("examples.md")
FIND, EXPORT, SYNC, FEED, ATTENDANCE = dict.fromkeys(title for title, _ in EXAMPLES)
languages = pytest.mark.parametrize("language", ["sh", "python"])


class Integration:
    """A folder, a server's address and a key; what each block needs."""

    def __init__(self, api: Api, folder: Path, address: str) -> None:
        self.api, self.folder, self.address = api, folder, address
        self.key = ""

    async def may(self, *scopes: Permission) -> None:
        """Have a key with the scopes that the document names, and no other."""
        _, self.key = await make_key(self.api.database, *scopes)

    async def start(self, title: str, language: str, **environment: str) -> asyncio.subprocess.Process:
        """Run a block."""
        arguments = [sys.executable, "-c"] if language == "python" else ["sh", "-c"]
        return await asyncio.create_subprocess_exec(
            *arguments,
            EXAMPLES[title, language],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "KRC_URL": f"http://{self.address}", "KRC_KEY": self.key, **environment},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def run(self, title: str, language: str, **environment: str) -> list[str]:
        """Run a block to its end and give the lines that it printed."""
        process = await self.start(title, language, **environment)
        out, err = await asyncio.wait_for(process.communicate(), SECONDS)
        assert (process.returncode, err.decode()) == (0, "")
        return out.decode().splitlines()


@pytest.fixture
async def integration(api: Api, tmp_path: Path) -> AsyncIterator[Integration]:
    # The product's own rule for documents: nothing is open to all.
    real = Api(api.settings, api.database, documents=TrustedDocuments({}))
    async with serve(real.app) as address:
        yield Integration(api, tmp_path, address)
    await real.close()


def test_every_linked_file_exists() -> None:
    for path in DOCS.glob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_every_scope_is_explained() -> None:
    told = re.findall(r"`([a-z-]+:[a-z-]+)`", (DOCS / "scopes.md").read_text("utf-8").partition("| scope |")[2])
    assert sorted(told) == sorted(scope.value for scope in KEY_SCOPES)


def test_each_job_is_shown_in_both_languages() -> None:
    assert set(EXAMPLES) == {(title, language) for title in (FIND, EXPORT, SYNC, FEED, ATTENDANCE) for language in ("sh", "python")} | {
        (SYNC, "csv")
    }


@languages
async def test_find_and_check_in(integration: Integration, language: str) -> None:
    await add_client(integration.api.database)
    await integration.may(Permission.CLIENTS_READ, Permission.CHECK_INS_WRITE)
    (line,) = await integration.run(FIND, language)
    assert line.startswith("CheckInRecorded: ")
    async with integration.api.database.reading() as reader:
        assert await reader.scalar(text("SELECT method::text FROM check_ins")) == "API"
    # Another of that name: nobody is checked in by chance.
    await add_client(integration.api.database)
    process = await integration.start(FIND, language)
    _, err = await asyncio.wait_for(process.communicate(), SECONDS)
    assert process.returncode != 0
    assert "not one person" in err.decode()


@languages
async def test_a_key_that_does_not_count_ends_the_job(integration: Integration, language: str) -> None:
    for title in (FIND, EXPORT, SYNC, ATTENDANCE):
        integration.key = "krc_wrong"
        (integration.folder / "memberships.csv").write_text(EXAMPLES[SYNC, "csv"])
        process = await integration.start(title, language)
        out, _ = await asyncio.wait_for(process.communicate(), SECONDS)
        assert (process.returncode != 0, out) == (True, b""), title
    assert not (integration.folder / "last-export.txt").exists()


@languages
async def test_export_of_changed_clients(integration: Integration, language: str) -> None:
    api, lines = integration.api, integration.folder / "clients.jsonl"
    await integration.may(Permission.CLIENTS_READ)
    await api.login("admin")
    numbers = [await add_client(api.database, f"Person {number}", "", phone=f"+1415555{number:04}") for number in range(60)]
    await add_client(api.database, "Nobody touched", "")
    note = 'mutation ($id: ID!) { addNote(input: {clientId: $id, body: "Called."}) { __typename } }'
    for number in numbers:
        await api.execute(note, {"id": ids.encode("Client", number)})
    await api.execute(
        "mutation ($id: ID!) { archiveClient(input: {id: $id, version: 1}) { __typename } }", {"id": ids.encode("Client", numbers[-1])}
    )
    await integration.run(EXPORT, language)
    written = [json.loads(line) for line in lines.read_text().splitlines()]
    assert [one["displayName"] for one in written] == [f"Person {number}" for number in range(60)]
    assert written[0]["contactMethods"] == [{"kind": "PHONE", "value": "+14155550000"}]
    assert [one["archived"] for one in written] == [False] * 59 + [True]

    # A night later: what was changed meanwhile, and nothing else.
    began = datetime.fromisoformat((integration.folder / "last-export.txt").read_text().strip())
    assert timedelta(minutes=4) < datetime.now(UTC) - began < timedelta(minutes=7)
    (integration.folder / "last-export.txt").write_text(datetime.now(UTC).isoformat())
    lines.unlink()
    await api.execute(note, {"id": ids.encode("Client", numbers[3])})
    await integration.run(EXPORT, language)
    assert [json.loads(line)["displayName"] for line in lines.read_text().splitlines()] == ["Person 3"]


@languages
async def test_sync_of_memberships(integration: Integration, language: str) -> None:
    api = integration.api
    await integration.may(Permission.CLIENTS_READ, Permission.MEMBERSHIPS_READ, Permission.MEMBERSHIPS_WRITE)
    (integration.folder / "memberships.csv").write_text(EXAMPLES[SYNC, "csv"])
    ana = await add_client(api.database, "Ana", "Alvarez", email="ana@example.test")
    ben = await add_client(api.database, "Ben", "Brook", email="ben@example.test")
    async with api.database.writing(OPERATOR) as uow:
        tier = MembershipTier(name="Monthly", code="monthly", period_months=1)
        uow.add(tier)
        await uow.flush()
        uow.add(Membership(client_id=ben, tier_id=tier.id, starts_on=date(2026, 11, 15), ends_on=date(2026, 12, 14)))
    first = await integration.run(SYNC, language)
    assert first == ["ana@example.test: given", "ben@example.test: has it", "nobody@example.test: not on file"]
    assert (await integration.run(SYNC, language))[0] == "ana@example.test: has it"
    async with api.database.reading() as reader:
        rows = await reader.rows(select(Membership.client_id, Membership.starts_on, Membership.ends_on).order_by(Membership.client_id))
    assert [tuple(row) for row in rows] == [
        (ana, date(2026, 11, 1), date(2026, 11, 30)),
        (ben, date(2026, 11, 15), date(2026, 12, 14)),
    ]


@languages
async def test_live_feed(integration: Integration, language: str) -> None:
    api = integration.api
    await integration.may(Permission.CHECK_INS_READ, Permission.CLIENTS_READ)
    await api.login("staff")
    numbers = [await add_client(api.database, name, "") for name in ("Ana", "Ben", "Cleo")]
    process = await integration.start(FEED, language)
    assert process.stdout is not None
    try:
        # Python hears what happens after it began to listen, so one is checked in until it does.
        pending = asyncio.ensure_future(process.stdout.readline())
        await check_in(api, numbers[0])
        for _ in range(20):
            done, _ = await asyncio.wait({pending}, timeout=1)
            if done:
                break
            async with api.database.writing(OPERATOR) as uow:
                await uow.execute(text("UPDATE check_ins SET happened_at = happened_at - interval '1 day'"))
                await uow.execute(text("UPDATE clients SET last_check_in_at = last_check_in_at - interval '1 day'"))
            await check_in(api, numbers[0])
        assert b" Ana" in await asyncio.wait_for(pending, SECONDS)
        for number, name in zip(numbers[1:], (b" Ben", b" Cleo"), strict=True):
            await check_in(api, number)
            while name not in (line := await asyncio.wait_for(process.stdout.readline(), SECONDS)):
                assert b" Ana" in line
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


@languages
async def test_attendance_for_a_month(integration: Integration, language: str) -> None:
    api = integration.api
    await integration.may(Permission.CHECK_INS_READ, Permission.CLIENTS_READ)
    numbers = [await add_client(api.database, f"Person {number}", "") for number in range(104)]
    visits = """
        INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, standing_status, policy, voided_at, void_reason)
        SELECT gen_random_uuid(), client, CAST(:day AS date) + interval '20 hours', CAST(:day AS date), 'STAFF', 'NONE', 'ALLOW',
               CAST(:voided AS timestamptz), CASE WHEN :voided IS NOT NULL THEN 'test' END
        FROM unnest(CAST(:clients AS bigint[])) AS client"""
    async with api.database.writing(OPERATOR) as uow:
        for day, clients, voided in (
            (date(2026, 1, 31), numbers[:1], None),
            (date(2026, 2, 1), numbers, None),
            (date(2026, 2, 1), numbers[:2], None),
            (date(2026, 2, 3), numbers[:1], datetime.now(UTC)),
            (date(2026, 2, 28), numbers[:5], None),
            (date(2026, 3, 1), numbers[:1], None),
        ):
            await uow.execute(text(visits), {"day": day, "clients": clients, "voided": voided})
    assert await integration.run(ATTENDANCE, language, MONTH="2026-02") == [
        "2026-02-01 visits=106 people=104",
        "2026-02-28 visits=5 people=5",
    ]


async def test_the_first_call_of_the_guide(integration: Integration) -> None:
    await integration.may(Permission.STATIONS_READ)
    found = blocks("README.md")
    script = found["Your first call", "sh"]
    # Its two lines of settings are the reader's own to fill in.
    call = script[script.index("curl") :]
    process = await asyncio.create_subprocess_exec(
        "sh",
        "-c",
        call,
        env={"PATH": os.environ["PATH"], "KRC_URL": f"http://{integration.address}", "KRC_KEY": integration.key},
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await asyncio.wait_for(process.communicate(), SECONDS)
    answer, shown = json.loads(out), json.loads(found["Your first call", "json"])
    assert shown.keys() == answer.keys()
    assert answer["extensions"] == shown["extensions"]
    assert answer["data"]["apiKeyInUse"].keys() == shown["data"]["apiKeyInUse"].keys()
    assert answer["data"]["stations"]
