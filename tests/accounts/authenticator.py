"""A phone with an authenticator app, and what a browser asks of the API with it."""

import base64
from typing import Any

from backend import clock
from backend.accounts import queries, totp
from backend.accounts.models import User
from backend.db import Database
from tests.client import Api
from tests.world import PASSWORDS

REFUSED = "... on LoginRefused { code message retryAfterSeconds } ... on ValidationProblem { code fields { path code } }"
CONFLICT = "... on Conflict { code message }"
VIEWER = "viewer { mustSetUpSecondFactor permissions secondFactor { since recoveryCodesLeft } }"
LOGIN = f"""mutation ($input: LoginInput!) {{ login(input: $input) {{ __typename ... on SessionStarted {{ accessToken {VIEWER} }}
  ... on SecondFactorNeeded {{ challenge endsAt }} {REFUSED} }} }}"""
COMPLETE = f"""mutation ($input: CompleteLoginInput!) {{ completeLogin(input: $input) {{ __typename
  ... on SessionStarted {{ accessToken {VIEWER} }} {REFUSED} }} }}"""
BEGIN = f"""mutation ($input: BeginSecondFactorInput!) {{ beginSecondFactor(input: $input) {{ __typename
  ... on SecondFactorBegun {{ secret uri }} ... on LoginRefused {{ code message retryAfterSeconds }} {CONFLICT} }} }}"""
CONFIRM = f"""mutation ($input: ConfirmSecondFactorInput!) {{ confirmSecondFactor(input: $input) {{ __typename
  ... on RecoveryCodes {{ codes {VIEWER} }} {REFUSED} {CONFLICT} }} }}"""
RENEW = f"""mutation ($input: NewRecoveryCodesInput!) {{ newRecoveryCodes(input: $input) {{ __typename
  ... on RecoveryCodes {{ codes {VIEWER} }} {REFUSED} {CONFLICT} }} }}"""
REMOVE = f"""mutation ($input: RemoveSecondFactorInput!) {{ removeSecondFactor(input: $input) {{ __typename
  ... on SecondFactorRemoved {{ {VIEWER} }} {REFUSED} {CONFLICT} }} }}"""
RESET = f"""mutation ($input: ResetSecondFactorInput!) {{ resetSecondFactor(input: $input) {{ __typename
  ... on SecondFactorReset {{ ended user {{ id }} }} ... on NotFound {{ code }} {CONFLICT} }} }}"""


class Authenticator:
    """Shows the code of now. ``off`` is how many steps its clock is ahead."""

    def __init__(self, secret: str) -> None:
        self.secret = base64.b32decode(secret)

    def code(self, off: int = 0) -> str:
        return totp.code_at(self.secret, totp.step_of(clock.now()) + off)

    def wrong(self) -> str:
        """Six digits that no step near now has."""
        near = {self.code(off) for off in range(-2, 3)}
        return next(text for text in (f"{number:06}" for number in range(10)) if text not in near)


async def send(api: Api, document: str, **given: Any) -> dict[str, Any]:
    """One mutation; returns its union's member."""
    data = await api.execute(document, {"input": given})
    member: dict[str, Any] = next(iter(data.values()))
    return member


async def first_step(api: Api, who: str, password: str | None = None) -> dict[str, Any]:
    """The password alone; a browser without a token."""
    return await send(api, LOGIN, identifier=who, password=password or PASSWORDS[who])


async def second_step(api: Api, challenge: str, **proof: str) -> dict[str, Any]:
    """The code. A session that starts is the browser's."""
    member = await send(api, COMPLETE, challenge=challenge, **proof)
    api.token = member.get("accessToken", api.token)
    return member


async def set_up(api: Api, who: str) -> tuple[Authenticator, list[str]]:
    """Sign in and turn a second factor on, with the code of the step before, so that the present one is still good."""
    await api.login(who)
    begun = await send(api, BEGIN, currentPassword=PASSWORDS[who])
    app = Authenticator(begun["secret"])
    answer = await send(api, CONFIRM, code=app.code(-1))
    assert answer["__typename"] == "RecoveryCodes", answer
    codes: list[str] = answer["codes"]
    return app, codes


async def challenged(api: Api, who: str) -> str:
    """The first step, which has to ask for the second."""
    member = await first_step(api, who)
    assert member["__typename"] == "SecondFactorNeeded", member
    text: str = member["challenge"]
    return text


async def user_of(database: Database, username: str = "staff") -> User:
    """Their row."""
    async with database.reading() as reader:
        found = await queries.user_by_identifier(reader, username)
    assert found is not None
    return found
