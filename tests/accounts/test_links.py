"""One-time links: what they let do, once, within a day; and that nothing tells a bad one from another."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import text

from backend import clock
from backend.accounts import by_link, limits, links, passwords, queries, sessions, tokens, users
from backend.accounts.entering import Browser, Challenged
from backend.accounts.models import User
from backend.accounts.started import Started
from backend.accounts.users import WayIn
from backend.config import Settings
from backend.db import Actor, ActorKind, Database
from backend.errors import Conflict, LoginRefused, RateLimited, Unauthenticated, ValidationFailed
from backend.operations import users as shell
from tests.accounts.administration import ACCESS, OPEN, SET, change, made, one, token_of, user_named
from tests.accounts.people import OTHER_PASSWORD, PASSWORD, TOTAL, Clock, audited, connect, count, make_user, operator, refusal, sign_in
from tests.accounts.people import statements as sent
from tests.client import Api
from tests.world import PASSWORDS

LINKS = "SELECT count(*) FROM sign_in_links"


async def link_for(database: Database, user: User) -> str:
    async with operator(database) as uow:
        return (await users.new_link(uow, user.id)).token


async def use(database: Database, settings: Settings, token: str, password: str = OTHER_PASSWORD, **browser: str) -> Started | Challenged:
    return await by_link.set_password(database, settings, token, password, Browser(**browser))


async def refused(database: Database, settings: Settings, token: str) -> LoginRefused:
    with pytest.raises(LoginRefused) as caught:
        await use(database, settings, token)
    return caught.value


async def test_a_new_user_sets_a_password_and_is_in(api: Api) -> None:
    await api.login("admin")
    answer = await made(api, how="ONE_TIME_LINK")
    assert answer["temporaryPassword"] is None
    assert (answer["user"]["mustChangePassword"], answer["user"]["link"]["waiting"]) == (False, True)
    # Nobody has told the server under which address browsers reach it.
    assert answer["link"]["url"] is None
    token = token_of(answer)
    robin = api.another()
    whose = (await robin.execute(OPEN, {"token": token}))["openSignInLink"]
    assert whose == {"__typename": "SignInLinkOpened", "email": "robin@desk.test", "username": "robin", "displayName": "Robin"}
    answer_to_robin = await robin.post({"query": SET, "variables": {"token": token, "password": OTHER_PASSWORD}})
    member = answer_to_robin.json()["data"]["setPasswordByLink"]
    assert (member["__typename"], member["viewer"]["user"]["username"]) == ("SessionStarted", "robin")
    assert {"krc_refresh", "krc_device"} <= set(robin.http.cookies)
    seen = await one(api, answer["user"]["id"])
    assert (seen["link"]["waiting"], seen["link"]["usedAt"] is None, len(seen["sessions"])) == (False, False, 1)
    assert (await robin.login("robin", OTHER_PASSWORD))["__typename"] == "SessionStarted"
    await robin.close()


async def test_the_whole_link_where_the_address_is_known(api: Api, settings: Settings, database: Database) -> None:
    known = Api(settings.model_copy(update={"public_url": "https://desk.centre.test/"}), database)
    await known.login("admin")
    answer = await made(known, how="ONE_TIME_LINK")
    assert answer["link"]["url"] == f"https://desk.centre.test/welcome#{token_of(answer)}"
    await known.close()


async def test_used_it_ends_what_went_on_before(database: Database, settings: Settings) -> None:
    user = await make_user(database)
    before = await sign_in(database, settings)
    token = await link_for(database, user)
    # Until then the old password and its sessions go on.
    await sessions.authenticate(database, settings, before.access_token)
    result = await use(database, settings, token, request_id="r-7")
    assert isinstance(result, Started)
    with pytest.raises(Unauthenticated):
        await sessions.authenticate(database, settings, before.access_token)
    assert (await sessions.authenticate(database, settings, result.access_token)).user_id == user.id
    assert (await refusal(database, settings, "dana", PASSWORD)).reason == "WRONG_CREDENTIALS"
    (entry,) = await audited(database, "password.set_by_link")
    assert (entry.actor_id, entry.after, entry.request_id) == (user.id, {"sessions_ended": 1}, "r-7")
    assert await count(database, "SELECT count(*) FROM known_devices") == 1


async def test_every_bad_link_is_refused_alike(database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    now = Clock(monkeypatch)
    bad = {"unknown": tokens.new_opaque(), "no link at all": "x", "empty": "", "long": "x" * 5000, "nul": "\0" * 43}
    for name in ("used", "withdrawn", "replaced", "inactive", "reset"):
        user = await make_user(database, name)
        bad[name] = await link_for(database, user)
        async with operator(database) as uow:
            if name == "withdrawn":
                assert await users.withdraw_link(uow, user.id)
                assert not await users.withdraw_link(uow, user.id)
            elif name == "replaced":
                await users.new_link(uow, user.id)
            elif name == "inactive":
                # Not through the service, which withdraws the link as well.
                await uow.execute(text("UPDATE users SET active = false WHERE id = :id"), {"id": user.id})
            elif name == "reset":
                await users.reset_password(uow, user.id, WayIn.TEMPORARY_PASSWORD)
    await use(database, settings, bad["used"])
    over = await make_user(database, "over")
    late = await link_for(database, over)
    now.forward(hours=23, minutes=59)
    await by_link.opened(database, settings, late, Browser())
    now.forward(minutes=1)
    bad["over"] = late
    answers, work = set(), set()
    for token in bad.values():
        with sent(database) as statements:
            refusal_of_it = await refused(database, settings, token)
        answers.add((refusal_of_it.reason, refusal_of_it.message, refusal_of_it.retry_after))
        work.add(len(statements))
        with pytest.raises(LoginRefused, match="no longer valid"):
            await by_link.opened(database, settings, token, Browser())
    assert answers == {("LINK_NOT_VALID", by_link.NOT_VALID, None)}
    assert len(work) == 1
    assert len(await audited(database, "link.refused")) == 2 * len(bad)


async def test_a_bad_password_leaves_the_link_unused(database: Database, settings: Settings) -> None:
    user = await make_user(database)
    token = await link_for(database, user)
    for password, code in (("short", "TOO_SHORT"), ("password1", "TOO_COMMON"), ("Dana Desk", "OWN_NAME"), ("dana1", "TOO_SHORT")):
        with pytest.raises(ValidationFailed) as caught:
            await use(database, settings, token, password)
        assert [(field.path, field.code) for field in caught.value.fields] == [(("newPassword",), code)]
    # Neither these tries nor a look at the link count.
    await by_link.opened(database, settings, token, Browser())
    assert await count(database, TOTAL) == 0
    assert isinstance(await use(database, settings, token), Started)


async def test_of_two_at_once_one_wins(database: Database, settings: Settings) -> None:
    user = await make_user(database)
    token = await link_for(database, user)
    await connect(database, 6)
    wanted = [passwords.generate() for _ in range(3)]
    outcomes: list[Any] = await asyncio.gather(*(use(database, settings, token, each) for each in wanted), return_exceptions=True)
    won = [index for index, outcome in enumerate(outcomes) if isinstance(outcome, Started)]
    assert len(won) == 1
    assert {outcome.reason for outcome in outcomes if isinstance(outcome, LoginRefused)} == {"LINK_NOT_VALID"}
    await sign_in(database, settings, password=wanted[won[0]])
    assert await count(database, TOTAL) == 0


async def test_a_link_and_its_withdrawal_at_once(database: Database, settings: Settings) -> None:
    user = await make_user(database)
    token = await link_for(database, user)
    await connect(database, 4)

    async def withdraw() -> bool:
        async with operator(database) as uow:
            return await users.withdraw_link(uow, user.id)

    used, withdrawn = await asyncio.gather(use(database, settings, token), withdraw(), return_exceptions=True)
    # Whoever came first; never both, never neither.
    assert isinstance(used, Started) is (withdrawn is False)


async def test_only_the_digest_is_kept_and_nothing_is_told(database: Database, settings: Settings) -> None:
    user = await make_user(database)
    token = await link_for(database, user)
    async with database.reading() as reader:
        assert await reader.scalar(text("SELECT token_hash FROM sign_in_links")) == tokens.digest(token)
        kept = await reader.rows(text("SELECT to_jsonb(audit_log)::text AS line FROM audit_log"))
    assert not any(token in row.line for row in kept)
    assert len(await audited(database, "link.made")) == 1


async def test_an_admin_makes_and_withdraws_one(api: Api) -> None:
    await api.login("admin")
    staff = await user_named(api, "staff")
    first = await change(api, "newSignInLink", ACCESS, id=staff["id"])
    second = await change(api, "newSignInLink", ACCESS, id=staff["id"])
    assert await count(api.database, LINKS) == 1
    assert token_of(first) != token_of(second)
    # The password goes on meanwhile.
    assert (await api.another().login("staff", PASSWORDS["staff"]))["__typename"] == "SessionStarted"
    gone = await change(api, "withdrawSignInLink", "... on LinkWithdrawn { withdrawn user { link { waiting } } }", id=staff["id"])
    assert (gone["withdrawn"], gone["user"]["link"]) == (True, None)
    again = await change(api, "withdrawSignInLink", "... on LinkWithdrawn { withdrawn }", id=staff["id"])
    assert again["withdrawn"] is False
    assert len(await audited(api.database, "link.withdrawn")) == 1


async def test_no_link_for_who_may_not_sign_in(database: Database) -> None:
    user = await make_user(database)
    async with operator(database) as uow:
        await users.set_active(uow, user.id, 1, active=False)
    with pytest.raises(Conflict) as caught:
        await link_for(database, user)
    assert caught.value.reason == "INACTIVE"


async def test_wrong_links_of_one_network_are_limited(database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "for_link", lambda settings, address: [limits._bucket(settings, "link", address, 3)])
    user = await make_user(database)
    token = await link_for(database, user)
    reasons = []
    for _ in range(5):
        with pytest.raises(LoginRefused) as caught:
            await use(database, settings, tokens.new_opaque(), address="192.0.2.7")
        reasons.append(caught.value.reason)
    assert reasons == ["LINK_NOT_VALID"] * 3 + ["TOO_MANY_TRIES"] * 2
    assert isinstance(await use(database, settings, token, address="198.51.100.7"), Started)


async def test_a_full_queue_leaves_the_link_unused(database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    user = await make_user(database)
    token = await link_for(database, user)
    monkeypatch.setattr(passwords._pool, "_pending", passwords._MAX_PENDING)
    with pytest.raises(RateLimited):
        await use(database, settings, token)
    monkeypatch.undo()
    assert await count(database, TOTAL) == 0
    assert isinstance(await use(database, settings, token), Started)


async def test_who_has_a_second_factor_is_asked_for_it(database: Database, settings: Settings) -> None:
    user = await make_user(database)
    token = await link_for(database, user)
    async with operator(database) as uow:
        await uow.execute(text("UPDATE users SET totp_secret = '\\x00', totp_confirmed_at = now()"))
    assert isinstance(await use(database, settings, token), Challenged)
    assert await count(database, "SELECT count(*) FROM sessions") == 0
    assert (await refused(database, settings, token)).reason == "LINK_NOT_VALID"


async def test_who_made_it_is_kept_and_an_account_with_a_link_can_go(database: Database) -> None:
    admin, user = await make_user(database, "admin"), await make_user(database)
    async with database.writing(Actor(ActorKind.USER, id=admin.id)) as uow:
        await users.new_link(uow, user.id)
    async with database.reading() as reader:
        link = (await queries.links_of_users(reader, [user.id, admin.id]))[user.id]
    assert link.made_by == admin.id
    async with operator(database) as uow:
        await users.remove(uow, user.id, 1)
    assert await count(database, LINKS) == 0


async def test_from_the_shell(database: Database, settings: Settings) -> None:
    await make_user(database)
    said = await shell.link(settings, "DANA")
    assert said.startswith(f"Link for dana: {settings.origin}/welcome#")
    token = said.split("#")[1].split()[0]
    assert "link           until" in await shell.show(settings, "dana")
    assert isinstance(await use(database, settings, token, user_agent="Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0"), Started)
    shown = await shell.show(settings, "dana@desk.test")
    assert "session        Firefox on Linux, last used" in shown
    assert "link           none" in shown
    (entry,) = await audited(database, "link.made")
    assert entry.actor_kind is ActorKind.OPERATOR


def test_a_link_has_its_token_behind_the_hash() -> None:
    link = links.OneTimeLink(tokens.new_opaque(), clock.now())
    assert link.path == f"/welcome#{link.token}"
