"""Bootstrap as an operator runs it: a real process, a real database, a login over HTTP at the end."""

import asyncio
import json
import sys
from pathlib import Path

import asyncpg
import pexpect
import pytest

from backend.accounts import passwords
from backend.operations.bootstrap.revisions import revisions
from backend.operations.bootstrap.trouble import Trouble
from tests.operations.bootstrap_support import bootstrap, catalog, cli, contents, ended, environment, in_this_process, rows, run_sql, start

HEAD = revisions()[-1]
GOOD = "seventeen green kites"


async def admin_of(url: str) -> asyncpg.Record:
    found = await rows(url, "SELECT * FROM users WHERE role = 'ADMIN' AND active")
    assert len(found) == 1
    return found[0]


async def test_an_empty_database_becomes_a_working_login(empty_database_url: str, tmp_path: Path) -> None:
    run = await bootstrap(empty_database_url, tmp_path)
    assert run.code == 0, run.err
    result = run.json
    assert (result["decision"], result["revision_before"], result["revision_after"], result["exit_code"]) == ("empty", None, HEAD, 0)
    assert result["login"]["ok"]
    assert result["login"]["tried"]
    admin = await admin_of(empty_database_url)
    assert admin["must_change_password"]
    assert await passwords.verify(result["admin"]["password"], admin["password_hash"])
    assert [row["name"] for row in await rows(empty_database_url, "SELECT name FROM stations ORDER BY id")] == ["Front Desk", "Kiosk"]
    tier = (await rows(empty_database_url, "SELECT * FROM membership_tiers"))[0]
    assert (tier["code"], tier["name"], tier["policy"], tier["is_default"]) == ("standard", "Standard", "REMIND", True)


async def test_a_second_run_issues_no_ddl_and_changes_no_row(empty_database_url: str, tmp_path: Path) -> None:
    await bootstrap(empty_database_url, tmp_path)
    before, rows_before = await catalog(empty_database_url), await contents(empty_database_url)
    run = await bootstrap(empty_database_url, tmp_path)
    assert run.code == 0, run.err
    assert run.json["decision"] == "at-head"
    assert "password" not in run.json["admin"]
    assert not run.json["login"]["tried"]
    assert await catalog(empty_database_url) == before
    rows_after = await contents(empty_database_url)
    # The wrong login that is tried is counted and audited, as every other.
    new = set(rows_after.pop("public.audit_log")) - set(rows_before.pop("public.audit_log"))
    assert all("session.refused" in entry for entry in new)
    assert rows_after.pop("public.login_counters") != rows_before.pop("public.login_counters")
    assert rows_after == rows_before


async def test_renamed_stations_and_tiers_stay_renamed(empty_database_url: str, tmp_path: Path) -> None:
    await bootstrap(empty_database_url, tmp_path)
    await run_sql(
        empty_database_url, "UPDATE stations SET name = 'Door' WHERE name = 'Kiosk'", "UPDATE membership_tiers SET code = 'basic'"
    )
    assert (await bootstrap(empty_database_url, tmp_path)).code == 0
    assert len(await rows(empty_database_url, "SELECT FROM stations")) == 2
    assert len(await rows(empty_database_url, "SELECT FROM membership_tiers")) == 1


async def test_the_admin_of_the_settings_is_made_and_can_log_in(empty_database_url: str, tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text(GOOD + "\n", encoding="utf-8")
    settings = {"ADMIN_EMAIL": "Boss@Example.test", "ADMIN_USERNAME": "Boss", "ADMIN_PASSWORD_FILE": str(secret)}
    run = await bootstrap(empty_database_url, tmp_path, **settings)
    assert run.code == 0, run.err
    assert "password" not in run.json["admin"]
    assert run.json["login"]["tried"]
    admin = await admin_of(empty_database_url)
    assert (admin["email"], admin["username"], admin["must_change_password"]) == ("boss@example.test", "boss", False)
    again = await bootstrap(empty_database_url, tmp_path, **settings)
    assert again.code == 0
    assert again.json["login"]["tried"], "the password is known, so it is tried"
    assert GOOD not in run.out + run.err + again.out + again.err


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"ADMIN_PASSWORD": "short"}, "at least 8"),
        ({"ADMIN_PASSWORD": "password1"}, "guess"),
        ({"ADMIN_USERNAME": "two words"}, "ADMIN_USERNAME"),
        ({"ADMIN_EMAIL": "a@b c"}, "ADMIN_EMAIL"),
    ],
)
async def test_a_bad_admin_is_refused_before_anything_is_changed(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], says: str
) -> None:
    before = await catalog(empty_database_url)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(Trouble, match=rf"{says}.*[Nn]othing was changed"):
        await in_this_process(empty_database_url)
    assert await catalog(empty_database_url) == before


async def test_two_different_passwords_are_refused(empty_database_url: str, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("another " + GOOD, encoding="utf-8")
    run = await bootstrap(empty_database_url, tmp_path, ADMIN_PASSWORD=GOOD, ADMIN_PASSWORD_FILE=str(tmp_path / "password"))
    assert run.code == 1
    assert "different" in run.json["message"]


async def test_an_existing_admin_is_never_touched(seeded_url: str, tmp_path: Path) -> None:
    before = await contents(seeded_url)
    run = await bootstrap(seeded_url, tmp_path, ADMIN_EMAIL="other@example.test", ADMIN_USERNAME="other", ADMIN_PASSWORD=GOOD)
    assert run.code == 0, run.err
    assert run.json["admin"]["username"] == "admin"
    after = await contents(seeded_url)
    assert after["public.users"] == before["public.users"]


async def test_a_name_that_a_disabled_admin_has_is_not_taken_over(seeded_url: str, tmp_path: Path) -> None:
    await run_sql(seeded_url, "UPDATE users SET active = false WHERE role = 'ADMIN'")
    before = await contents(seeded_url)
    run = await bootstrap(seeded_url, tmp_path)
    assert run.code == 1
    assert "belongs to a user who is not an active admin" in run.json["message"]
    assert await contents(seeded_url) == before


async def test_a_password_that_nobody_saw_is_made_anew(empty_database_url: str, tmp_path: Path) -> None:
    first = await bootstrap(empty_database_url, tmp_path)
    await run_sql(
        empty_database_url, "SET session_replication_role = replica", "DELETE FROM audit_log WHERE action = 'admin.password_shown'"
    )
    second = await bootstrap(empty_database_url, tmp_path)
    assert second.code == 0, second.err
    assert second.json["admin"]["password"] != first.json["admin"]["password"]
    assert await passwords.verify(second.json["admin"]["password"], (await admin_of(empty_database_url))["password_hash"])
    third = await bootstrap(empty_database_url, tmp_path)
    assert "password" not in third.json["admin"]


async def test_people_get_a_summary_with_the_password_once(empty_database_url: str, tmp_path: Path) -> None:
    run = await cli(empty_database_url, tmp_path, "bootstrap")
    assert run.code == 0, run.err
    assert run.out.count("Password: ") == 1
    assert "The database is ready: empty" in run.out
    assert "migrating from nothing to" in run.err


async def test_it_waits_for_a_database_that_is_only_starting(empty_database_url: str, tmp_path: Path) -> None:
    host, port = empty_database_url.rsplit("@", 1)[1].split("/", maxsplit=1)[0].split(":")

    async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(host, int(port))

        async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
            while data := await source.read(65536):
                sink.write(data)
                await sink.drain()
            sink.close()

        await asyncio.gather(pump(reader, back), pump(there, writer), return_exceptions=True)

    gate = await asyncio.start_server(forward, "127.0.0.1", 0)
    free = gate.sockets[0].getsockname()[1]
    gate.close()
    await gate.wait_closed()
    process = await start(empty_database_url.replace(f":{port}/", f":{free}/"), tmp_path, "bootstrap", "--json", "--wait", "30")
    assert process.stderr is not None
    said = (await process.stderr.readline()).decode()
    assert "waiting up to 30 s" in said
    gate = await asyncio.start_server(forward, "127.0.0.1", free)
    run = await ended(process)
    gate.close()
    assert run.code == 0, run.err


async def test_the_users_commands_let_people_in_again(seeded_url: str, tmp_path: Path) -> None:
    made = await cli(seeded_url, tmp_path, "user", "add", "new@example.test", "--username", "newby", "--admin")
    assert made.code == 0, made.err
    reset = await cli(seeded_url, tmp_path, "user", "reset-password", "STAFF")
    assert reset.code == 0, reset.err
    password = reset.out.split("Password: ")[1].split()[0]
    stored = (await rows(seeded_url, "SELECT password_hash, must_change_password FROM users WHERE username = 'staff'"))[0]
    assert await passwords.verify(password, stored["password_hash"])
    assert stored["must_change_password"]
    listed = await cli(seeded_url, tmp_path, "user", "list", "--json")
    assert {user["username"] for user in json.loads(listed.out)} == {"admin", "staff", "newcomer", "newby"}
    unknown = await cli(seeded_url, tmp_path, "user", "reset-password", "nobody")
    assert unknown.code == 1
    assert "Nobody has" in unknown.err
    assert "Traceback" not in unknown.err


def test_at_a_terminal_it_asks_for_the_admin(clean_url: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "backend.cli", "bootstrap"]
    surroundings = environment(clean_url, tmp_path)
    dialogue = pexpect.spawn(command[0], command[1:], cwd=str(tmp_path), env=surroundings, encoding="utf-8", timeout=30)
    answers = {
        "Email of the first admin": "boss@example.test",
        "Username": "",
        "Password": "short",
        "at least 8": None,
        "Password:": GOOD,
        "The same again": "something else",
        "two different": None,
        "Password: ": GOOD,
        "The same again:": GOOD,
    }
    for question, answer in answers.items():
        dialogue.expect_exact(question)
        if answer is not None:
            dialogue.sendline(answer)
    dialogue.expect_exact("Signed in and out again")
    dialogue.expect(pexpect.EOF)
    dialogue.close()
    assert dialogue.exitstatus == 0
