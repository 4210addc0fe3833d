"""Whether somebody has their second factor: a code of the app, which counts once, or one of the recovery codes."""

import enum
from dataclasses import dataclass

from backend import clock
from backend.accounts import recovery_codes, sealing, totp
from backend.accounts.models import User
from backend.audit import service as audit
from backend.config import Settings
from backend.db import UnitOfWork
from backend.errors import FieldError, LoginRefused, ValidationFailed

_LOST = (
    "Your second factor can't be read on this server any more, since its secret key is another one. "
    "Please ask an admin to reset your second factor; whoever runs the server can as well."
)


class Outcome(enum.StrEnum):
    """What came of a try."""

    CODE = "CODE"
    RECOVERY_CODE = "RECOVERY_CODE"
    WRONG = "WRONG_CODE"
    LOST = "SECOND_FACTOR_LOST"

    @property
    def right(self) -> bool:
        """Whether they have it."""
        return self in (Outcome.CODE, Outcome.RECOVERY_CODE)

    def refusal(self) -> LoginRefused:
        """What to raise when they have it not. A wrong code, a used one and a recovery code that is none are told alike."""
        return LoginRefused(_LOST if self is Outcome.LOST else "The code is not right.", code=self.value)


@dataclass(frozen=True, slots=True)
class Given:
    """What was typed: six digits, or a recovery code."""

    code: str | None
    recovery_code: str | None


def given(code: str | None, recovery_code: str | None) -> Given:
    """One of the two, tidied. Raises `ValidationFailed` when there is neither or both, or the code has not six digits."""
    if recovery_code and recovery_code.strip():
        if code and code.strip():
            raise ValidationFailed(FieldError(("recoveryCode",), "ONE_OF_TWO", "Give the code or a recovery code, not both."))
        return Given(None, recovery_code.strip())
    if not code or not code.strip():
        raise ValidationFailed(FieldError(("code",), "REQUIRED", "Please enter the code that your app shows."))
    return Given(six_digits(code), None)


def six_digits(code: str) -> str:
    """A code of the app, tidied. Raises `ValidationFailed` when it can't be one."""
    digits = totp.tidy(code)
    if digits is None:
        raise ValidationFailed(FieldError(("code",), "NOT_A_CODE", "The code has six digits."))
    return digits


async def prove(uow: UnitOfWork, settings: Settings, user: User, typed: Given) -> Outcome:
    """Whether this is the second factor of a user whose row is locked; what was used is used up."""
    secret = sealing.unseal(settings, user.id, user.totp_secret or b"")
    if secret is None:
        return Outcome.LOST
    if typed.recovery_code is not None:
        if not await recovery_codes.spend(uow, settings, user.id, typed.recovery_code):
            return Outcome.WRONG
        audit.record(uow, "recovery_code.used", "user", user.id, after={"left": await recovery_codes.left(uow, user.id)})
        return Outcome.RECOVERY_CODE
    step = totp.matching_step(secret, typed.code or "", clock.now(), user.totp_last_step)
    if step is None:
        return Outcome.WRONG
    user.totp_last_step = step
    await uow.flush()
    return Outcome.CODE
