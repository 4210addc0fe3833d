"""Sentences and repeat window as the centre chose them: what the desk is told, and when a second check-in counts."""

from typing import Any

import pytest
from sqlalchemy import text

from backend.checkins.words import SENTENCES
from backend.memberships.models import CheckInPolicy
from backend.system.choices import LANGUAGES, POLICIES
from tests.checkins.desk import check_in, set_policy, visits
from tests.client import Api
from tests.clients.people import add_client
from tests.statements import StatementCounter
from tests.system.settings_page import change, read
from tests.world import OPERATOR

SENTENCES_NOW = "{ policySentences { version sentences { policy language builtIn own } } }"
SAY = """mutation ($input: ChangePolicySentencesInput!) { changePolicySentences(input: $input) { __typename
  ... on ValidationProblem { fields { path code } } ... on Conflict { version } ... on Problem { code } } }"""


async def say(api: Api, *sentences: tuple[str, str, str | None], version: int | None = None) -> dict[str, Any]:
    given = [{"policy": policy, "language": language, "own": own} for policy, language, own in sentences]
    at = version if version is not None else (await read(api))["version"]
    member: dict[str, Any] = (await api.execute(SAY, {"input": {"version": at, "sentences": given}}))["changePolicySentences"]
    return member


async def own_words(api: Api) -> dict[tuple[str, str], str]:
    found = (await api.execute(SENTENCES_NOW))["policySentences"]["sentences"]
    return {(each["policy"], each["language"]): each["own"] for each in found if each["own"] is not None}


def test_the_policies_and_languages_are_those_of_check_in() -> None:
    assert set(POLICIES) == {policy.value for policy in CheckInPolicy}
    assert set(LANGUAGES) == SENTENCES.keys()


async def test_every_policy_has_a_built_in_sentence_in_both_languages(api: Api) -> None:
    await api.login("staff")
    found = (await api.execute(SENTENCES_NOW))["policySentences"]["sentences"]
    assert {(each["policy"], each["language"]) for each in found} == {(p, language) for p in POLICIES for language in ("EN", "ES")}
    assert all(each["builtIn"] and each["own"] is None for each in found)


@pytest.mark.parametrize("policy", list(CheckInPolicy))
async def test_the_desk_is_told_the_centres_sentence(api: Api, policy: CheckInPolicy) -> None:
    await api.login("admin")
    await set_policy(api.database, policy)
    assert (await say(api, (policy.value, "EN", "  Ask   Kim at the counter. ")))["__typename"] == "CentreSettingsSaved"
    client = await add_client(api.database)
    answer = await check_in(api, client)
    assert answer["sentence"].endswith("Ask Kim at the counter.")
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(text("UPDATE users SET language = 'es' WHERE username = 'staff'"))
    staff = api.another()
    await staff.login("staff")
    other = await add_client(api.database)
    assert (await check_in(staff, other))["sentence"].endswith(SENTENCES["es"][policy.value])
    await staff.close()


async def test_a_tiers_own_sentence_goes_before_it_and_a_blank_one_gives_way(api: Api) -> None:
    await api.login("admin")
    await say(api, ("REMIND", "EN", "Ask Kim."), ("REMIND", "ES", "Pregunte a Kim."))
    assert await own_words(api) == {("REMIND", "EN"): "Ask Kim.", ("REMIND", "ES"): "Pregunte a Kim."}
    await say(api, ("REMIND", "EN", "   "))
    assert await own_words(api) == {("REMIND", "ES"): "Pregunte a Kim."}
    await say(api, ("REMIND", "ES", None))
    assert await own_words(api) == {}
    await say(api, ("REMIND", "EN", "Ask Kim."))
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(text("UPDATE membership_tiers SET sentence_en = 'Ask Lee.'"))
    assert (await check_in(api, await add_client(api.database)))["sentence"].endswith("Ask Lee.")


async def test_sentences_that_cant_be_said_and_a_stale_version(api: Api) -> None:
    await api.login("admin")
    wrong = await say(api, ("BLOCK", "EN", "x" * 201), ("ALLOW", "ES", "a\u0000b"))
    assert sorted((field["path"], field["code"]) for field in wrong["fields"]) == [
        (["policySentences", "ALLOW", "es"], "BAD_CHARACTER"),
        (["policySentences", "BLOCK", "en"], "TOO_LONG"),
    ]
    assert await own_words(api) == {}
    await say(api, ("ALLOW", "EN", "Hello."))
    stale = await say(api, ("ALLOW", "EN", "Bye."), version=0)
    assert (stale["__typename"], stale["code"]) == ("Conflict", "STALE_VERSION")
    assert await own_words(api) == {("ALLOW", "EN"): "Hello."}


async def test_staff_may_read_and_not_change_them(api: Api) -> None:
    await api.login("staff")
    assert (await say(api, ("ALLOW", "EN", "Hello.")))["__typename"] == "NotAllowed"


async def test_the_repeat_window_is_the_centres(api: Api) -> None:
    await api.login("admin")
    client = await add_client(api.database)
    assert (await change(api, repeatWindowMinutes=0))["repeatWindowMinutes"] == 0
    assert [(await check_in(api, client))["repeat"] for _ in range(2)] == [False, False]
    await change(api, repeatWindowMinutes=30)
    assert (await check_in(api, client))["repeat"] is True
    assert len(await visits(api.database, client_id=client)) == 2


async def test_a_check_in_stays_one_statement(api: Api, statements: StatementCounter) -> None:
    await api.login("admin")
    await change(api, repeatWindowMinutes=5, timeZone="Pacific/Auckland")
    await say(api, ("REMIND", "EN", "Ask Kim."))
    client = await add_client(api.database)
    # What the change made this process forget is read by its next request.
    await read(api)
    statements.clear()
    assert (await check_in(api, client))["__typename"] == "CheckInRecorded"
    assert len([one for one in statements.texts if "check_ins" in one]) == 1
    assert not [one for one in statements.texts if "centre_settings" in one]
