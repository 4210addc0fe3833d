"""The installation as admins see it: health, backups, and the pause after a restore."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from backend import clock
from backend.app import create_app
from backend.audit.models import AuditEntry
from backend.graphql.documents import TrustedDocuments
from backend.jobs.models import Schedule
from backend.operations.backup import nightly
from backend.system.queries import NIGHTLY_BACKUP
from backend.system.version import product_version
from tests.client import Api
from tests.statements import StatementCounter
from tests.system.records import add_backup, add_installation, change, plan_backup
from tests.world import settings_for

OVERVIEW = """{ system {
  installation { createdAt restoredAt restoredFrom messagesPausedAt messagesPausedBecause }
  health { database revision redis worker scheduler version }
  backups { fileName why madeAt sizeBytes totalRows provenAt problem }
  lastProvenBackupAt nextBackupAt backupUnderWaySince rootCertificateUrl counts { possibleDuplicates contactMethodsToFix } } }"""
TIMES = "{ system { lastProvenBackupAt nextBackupAt backupUnderWaySince } }"
RESUME = """mutation ($at: DateTime!) { resumeMessages(input: {pausedAt: $at}) { __typename
  ... on MessagesResumed { installation { messagesPausedAt messagesPausedBecause restoredFrom } } ... on Conflict { code } } }"""
BACK_UP = (
    """mutation { backUpNow { __typename ... on BackupRequested { requestedAt alreadyRequested } ... on Conflict { code message } } }"""
)
NOW = clock.now()


async def audited(api: Api, action: str) -> list[AuditEntry]:
    async with api.database.reading() as reader:
        return list(await reader.scalars(select(AuditEntry).where(AuditEntry.action == action)))


async def test_a_new_installation_has_nothing_to_show_and_says_so(api: Api) -> None:
    await api.login("admin")
    seen = (await api.execute(OVERVIEW))["system"]
    assert seen["backups"] == []
    assert (seen["lastProvenBackupAt"], seen["nextBackupAt"], seen["backupUnderWaySince"], seen["rootCertificateUrl"]) == (None,) * 4
    assert seen["counts"] == {"possibleDuplicates": 0, "contactMethodsToFix": 0}


async def test_everything_about_the_installation(api: Api) -> None:
    await api.login("admin")
    await change(api.database, "DELETE FROM installation")
    await add_installation(api.database, paused_at=NOW - timedelta(hours=1))
    seen = (await api.execute(OVERVIEW))["system"]
    assert seen["installation"]["createdAt"] == "2026-01-02T03:04:05+00:00"
    assert seen["installation"]["restoredFrom"] == "krc-1.backup"
    assert seen["installation"]["messagesPausedBecause"] == "restored"
    async with api.database.reading() as reader:
        revision = await reader.scalar(text("SELECT version_num FROM alembic_version"))
    assert seen["health"] == {
        "database": "OK",
        "revision": revision,
        "redis": "DOWN",
        "worker": "SILENT",
        "scheduler": "SILENT",
        "version": product_version(),
    }


async def test_redis_and_scheduler_are_ok_when_they_give_signs_of_life(api: Api, redis_url: str) -> None:
    from redis import asyncio as aioredis

    from backend.jobs.health import WORKER_KEY

    await api.login("admin")
    await change(api.database, "INSERT INTO schedules (topic, next_at, last_at) VALUES ('scheduler.heartbeat', now(), now())")
    health = "{ system { health { redis worker scheduler } } }"
    assert (await api.execute(health))["system"]["health"] == {"redis": "OK", "worker": "SILENT", "scheduler": "OK"}
    client = aioredis.from_url(redis_url)
    await client.set(WORKER_KEY, "1")
    await client.aclose()
    assert (await api.execute(health))["system"]["health"]["worker"] == "OK"


def test_the_scheduler_looks_at_the_same_topic() -> None:
    assert nightly.TOPIC == NIGHTLY_BACKUP


def test_the_version_is_the_projects() -> None:
    assert product_version().count(".") == 2


async def test_the_root_certificate_is_offered_where_https_is_served(api: Api) -> None:
    settings = settings_for(api.settings.database_url).model_copy(update={"https_port": 8443})
    api.http._transport.app = create_app(settings, database=api.database, documents=TrustedDocuments({}, open_to_all=True))  # type: ignore[attr-defined]
    await api.login("admin")
    assert (await api.execute("{ system { rootCertificateUrl } }"))["system"] == {"rootCertificateUrl": "/root.crt"}


async def test_backups_are_the_newest_that_are_still_there(api: Api) -> None:
    await api.login("admin")
    for day in range(33):
        made = NOW - timedelta(days=day)
        await add_backup(api.database, f"krc-{day}.backup", made, proven_at=made + timedelta(minutes=1))
    await change(api.database, "UPDATE backups SET removed_at = now() WHERE file_name = 'krc-0.backup'")
    await change(api.database, "UPDATE backups SET proven_at = NULL, problem = 'A table differs.' WHERE file_name = 'krc-1.backup'")
    seen = (await api.execute(OVERVIEW))["system"]
    assert [backup["fileName"] for backup in seen["backups"]] == [f"krc-{day}.backup" for day in range(1, 31)]
    assert seen["backups"][0] | {"madeAt": ""} == {
        "fileName": "krc-1.backup",
        "why": "nightly",
        "madeAt": "",
        "sizeBytes": 3_000_000_000,
        "totalRows": 1234,
        "provenAt": None,
        "problem": "A table differs.",
    }
    assert seen["lastProvenBackupAt"] == (NOW - timedelta(days=2) + timedelta(minutes=1)).isoformat()


async def test_a_try_that_made_no_file_is_shown_for_a_week(api: Api) -> None:
    await api.login("admin")
    for days in (1, 8):
        made = clock.now() - timedelta(days=days)
        await add_backup(api.database, f"try-{days}", made, size_bytes=0, total_rows=0, problem="The disk is full.", removed_at=made)
    seen = (await api.execute(OVERVIEW))["system"]
    assert [(backup["fileName"], backup["sizeBytes"], backup["problem"]) for backup in seen["backups"]] == [
        ("try-1", 0, "The disk is full.")
    ]


async def test_a_backup_is_under_way_until_one_is_on_record(api: Api) -> None:
    await api.login("admin")
    due, fired = NOW + timedelta(hours=9), NOW - timedelta(minutes=2)
    await plan_backup(api.database, due)
    assert (await api.execute(TIMES))["system"] == {
        "lastProvenBackupAt": None,
        "nextBackupAt": due.isoformat(),
        "backupUnderWaySince": None,
    }
    await change(api.database, "UPDATE schedules SET last_at = :at WHERE topic = 'backup.nightly'", at=fired)
    assert (await api.execute(TIMES))["system"]["backupUnderWaySince"] == fired.isoformat()
    await add_backup(api.database, "earlier", fired - timedelta(days=1), proven_at=fired)
    await add_backup(api.database, "this", fired + timedelta(seconds=1))
    assert (await api.execute(TIMES))["system"]["backupUnderWaySince"] == fired.isoformat()
    await change(api.database, "UPDATE backups SET problem = 'The disk is full.' WHERE file_name = 'this'")
    assert (await api.execute(TIMES))["system"]["backupUnderWaySince"] is None


async def test_one_screen_is_a_fixed_number_of_statements(api: Api, statements: StatementCounter) -> None:
    await api.login("admin")
    await api.execute("{ viewer { user { id } } }")  # reads the session once
    counts = []
    for round_ in range(2):
        for number in range(5):
            await add_backup(api.database, f"krc-{round_}-{number}.backup", NOW)
        statements.clear()
        await api.execute(OVERVIEW)
        counts.append(statements.count)
    # The installation, the revision, the scheduler's heartbeat, the backups, their times, the counts.
    assert counts == [6, 6], statements.texts


async def test_back_up_now_makes_the_nightly_backup_due(api: Api) -> None:
    await api.login("admin")
    planned = NOW + timedelta(hours=9)
    await plan_backup(api.database, planned)
    first = (await api.execute(BACK_UP))["backUpNow"]
    assert first["__typename"] == "BackupRequested"
    assert first["alreadyRequested"] is False
    async with api.database.reading() as reader:
        assert (await reader.scalar(select(Schedule.next_at <= text("now()")).where(Schedule.topic == "backup.nightly"))) is True
    times = (await api.execute(TIMES))["system"]
    assert (times["nextBackupAt"], times["backupUnderWaySince"]) == (None, first["requestedAt"])
    again = (await api.execute(BACK_UP))["backUpNow"]
    assert again == {**first, "alreadyRequested": True}
    (entry,) = await audited(api, "backup.requested")
    assert (entry.actor_label, entry.before) == ("Admin", {"next_at": planned.isoformat()})


async def test_without_a_scheduler_nobody_can_back_up_from_here(api: Api) -> None:
    await api.login("admin")
    answer = (await api.execute(BACK_UP))["backUpNow"]
    assert (answer["__typename"], answer["code"]) == ("Conflict", "NO_SCHEDULER")
    assert "just backup" in answer["message"]


async def test_messages_are_resumed_once_and_audited(api: Api) -> None:
    await api.login("admin")
    await change(api.database, "DELETE FROM installation")
    paused = NOW - timedelta(hours=1)
    await add_installation(api.database, paused_at=paused)
    resumed = (await api.execute(RESUME, {"at": paused.isoformat()}))["resumeMessages"]
    assert resumed == {
        "__typename": "MessagesResumed",
        "installation": {"messagesPausedAt": None, "messagesPausedBecause": None, "restoredFrom": "krc-1.backup"},
    }
    assert (await api.execute(RESUME, {"at": paused.isoformat()}))["resumeMessages"] == {"__typename": "Conflict", "code": "NOT_PAUSED"}
    (entry,) = await audited(api, "installation.messages_resumed")
    assert entry.before == {"messages_paused_at": paused.isoformat(), "messages_paused_because": "restored"}
    assert entry.actor_label == "Admin"


@pytest.mark.parametrize("seen", ["2026-01-01T00:00:00Z", "2026-01-01T00:00:00"])
async def test_a_pause_that_nobody_has_seen_stays(api: Api, seen: str) -> None:
    await api.login("admin")
    await change(api.database, "DELETE FROM installation")
    await add_installation(api.database, paused_at=NOW)
    assert (await api.execute(RESUME, {"at": seen}))["resumeMessages"] == {"__typename": "Conflict", "code": "PAUSED_AGAIN"}
    assert (await api.execute(OVERVIEW))["system"]["installation"]["messagesPausedAt"] == NOW.isoformat()
    assert await audited(api, "installation.messages_resumed") == []


@pytest.mark.parametrize("document", [OVERVIEW, BACK_UP, RESUME])
async def test_staff_see_and_change_nothing_of_it(api: Api, document: str) -> None:
    await api.login("staff")
    answer = await api.raw(document, {"at": NOW.isoformat()})
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["NOT_ALLOWED"]
