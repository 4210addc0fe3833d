"""Codes against the vectors of RFC 4226 and RFC 6238, and secrets at rest."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from backend.accounts import sealing, totp
from backend.config import Settings
from tests.world import settings_for

RFC_SECRET = b"12345678901234567890"
# RFC 4226, appendix D.
HOTP = ("755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489")
# RFC 6238, appendix B, SHA-1: the last six of its eight digits, which are the code of six.
TOTP = {
    59: "287082",
    1_111_111_109: "081804",
    1_111_111_111: "050471",
    1_234_567_890: "005924",
    2_000_000_000: "279037",
    20_000_000_000: "353130",
}
NOW = datetime(2026, 11, 24, 12, 0, 10, tzinfo=UTC)
STEP = totp.step_of(NOW)
SETTINGS = settings_for("postgresql://nobody@localhost/none")


def test_the_vectors_of_rfc_4226() -> None:
    assert tuple(totp.code_at(RFC_SECRET, counter) for counter in range(10)) == HOTP


@pytest.mark.parametrize(("seconds", "code"), TOTP.items())
def test_the_vectors_of_rfc_6238(seconds: int, code: str) -> None:
    instant = datetime.fromtimestamp(seconds, UTC)
    assert totp.matching_step(RFC_SECRET, code, instant, None) == seconds // 30


@pytest.mark.parametrize("off", [-2, -1, 0, 1, 2])
def test_one_step_of_drift_and_no_more(off: int) -> None:
    secret = totp.new_secret()
    expected = STEP + off if abs(off) <= 1 else None
    assert totp.matching_step(secret, totp.code_at(secret, STEP + off), NOW, None) == expected


def test_a_step_counts_once_and_so_does_every_one_before_it() -> None:
    secret = totp.new_secret()
    code, before = (totp.code_at(secret, step) for step in (STEP, STEP - 1))
    assert totp.matching_step(secret, code, NOW, STEP - 1) == STEP
    assert totp.matching_step(secret, code, NOW, STEP) is None
    assert totp.matching_step(secret, before, NOW, STEP) is None
    assert totp.matching_step(secret, before, NOW, STEP - 2) == STEP - 1


def test_steps_begin_on_the_half_minute() -> None:
    secret, border = totp.new_secret(), NOW.replace(second=30)
    code = totp.code_at(secret, STEP)
    assert totp.matching_step(secret, code, border + timedelta(seconds=29), None) == STEP
    assert totp.matching_step(secret, code, border + timedelta(seconds=30), None) is None


@pytest.mark.parametrize("typed", ["123456", " 123 456 ", "123-456", "123\u00a0456"])
def test_blanks_and_hyphens_don_t_matter(typed: str) -> None:
    assert totp.tidy(typed) == "123456"


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "-12345", "1" * 5000])
def test_what_is_no_code(typed: str) -> None:
    assert totp.tidy(typed) is None


def test_the_address_for_the_app() -> None:
    secret = totp.new_secret()
    parts = urlsplit(totp.uri(secret, issuer="Zocker & Söhne: Nord", account="ana+desk@centre.test"))
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    # One colon alone parts the two names.
    assert unquote(parts.path) == "/Zocker & Söhne  Nord:ana+desk@centre.test"
    assert parse_qs(parts.query) == {
        "secret": [totp.in_base32(secret)],
        "issuer": ["Zocker & Söhne: Nord"],
        "algorithm": ["SHA1"],
        "digits": ["6"],
        "period": ["30"],
    }
    assert len(totp.in_base32(secret)) == 32
    assert "=" not in totp.in_base32(secret)


@given(st.binary(min_size=1, max_size=32), st.integers(1, 10**9))
def test_what_is_sealed_opens_for_its_user_alone(secret: bytes, user_id: int) -> None:
    stored = sealing.seal(SETTINGS, user_id, secret)
    assert sealing.unseal(SETTINGS, user_id, stored) == secret
    assert sealing.unseal(SETTINGS, user_id + 1, stored) is None
    assert secret not in stored or len(secret) < 3


def test_the_same_secret_is_never_sealed_alike() -> None:
    assert sealing.seal(SETTINGS, 1, RFC_SECRET) != sealing.seal(SETTINGS, 1, RFC_SECRET)


def test_any_changed_byte_is_noticed() -> None:
    stored = sealing.seal(SETTINGS, 7, RFC_SECRET)
    for place in range(len(stored)):
        changed = bytearray(stored)
        changed[place] ^= 1
        assert sealing.unseal(SETTINGS, 7, bytes(changed)) is None
    for cut in (b"", stored[:-1], stored[1:], stored[:16], stored + b"\0" * 40):
        assert sealing.unseal(SETTINGS, 7, cut) is None


def test_another_secret_key_opens_nothing() -> None:
    other: Settings = SETTINGS.model_copy(update={"secret_key": SecretStr("another one " * 4)})
    assert sealing.unseal(other, 7, sealing.seal(SETTINGS, 7, RFC_SECRET)) is None


@pytest.mark.parametrize("size", [0, 33])
def test_what_can_t_be_sealed(size: int) -> None:
    with pytest.raises(ValueError, match="1 to 32"):
        sealing.seal(SETTINGS, 1, b"x" * size)
