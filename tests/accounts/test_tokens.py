import base64
import json
import re
from datetime import timedelta
from typing import Any

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from backend import clock
from backend.accounts import tokens
from backend.config import Settings
from backend.errors import Unauthenticated
from tests.accounts.people import Clock

SETTINGS = Settings(database_url="postgresql://nowhere/none", redis_url="redis://nowhere", secret_key=SecretStr("k" * 40))
OTHERS = Settings(database_url="postgresql://nowhere/none", redis_url="redis://nowhere", secret_key=SecretStr("o" * 40))
KEY = tokens.derive_key(SETTINGS, "access-token")


def issue(**more: Any) -> str:
    values: dict[str, Any] = {"user_id": 7, "session_id": 9, "version": 3, "session_expires_at": clock.now() + timedelta(days=1)}
    return tokens.issue(SETTINGS, **(values | more))[0]


def claims(**changes: Any) -> dict[str, Any]:
    now = int(clock.now().timestamp())
    good = {
        "iss": "krc-check-in",
        "aud": "krc-check-in/graphql",
        "sub": "7",
        "sid": "9",
        "ver": 3,
        "jti": "x",
        "iat": now,
        "exp": now + 600,
    }
    return {name: value for name, value in (good | changes).items() if value is not ...}


def signed(payload: dict[str, Any], key: bytes = KEY, algorithm: str = "HS256") -> str:
    return jwt.encode(payload, key, algorithm=algorithm)


def segment(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def refused(token: str, settings: Settings = SETTINGS) -> bool:
    with pytest.raises(Unauthenticated):
        tokens.verify(settings, token)
    return True


def test_what_was_issued_is_read_back() -> None:
    found = tokens.verify(SETTINGS, issue())
    assert (found.user_id, found.session_id, found.version) == (7, 9, 3)
    assert timedelta(minutes=9, seconds=55) < found.expires_at - clock.now() <= timedelta(minutes=10)
    assert issue() != issue()


def test_it_does_not_outlive_the_session() -> None:
    token, expires_at = tokens.issue(SETTINGS, user_id=7, session_id=9, version=1, session_expires_at=clock.now() + timedelta(minutes=2))
    assert expires_at - clock.now() <= timedelta(minutes=2)
    assert tokens.verify(SETTINGS, token).expires_at == expires_at


def test_it_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    time = Clock(monkeypatch)
    token = issue()
    time.forward(minutes=9, seconds=58)
    tokens.verify(SETTINGS, token)
    time.forward(seconds=3)
    assert refused(token)


def test_the_claims_of_this_test_are_good_ones() -> None:
    assert tokens.verify(SETTINGS, signed(claims())).session_id == 9


@pytest.mark.parametrize("name", ["exp", "iat", "aud", "iss", "jti", "sid", "sub", "ver"])
def test_every_claim_is_required(name: str) -> None:
    assert refused(signed(claims(**{name: ...})))


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "another"},
        {"aud": ["another"]},
        {"iss": "another"},
        {"sid": "0"},
        {"sid": "-1"},
        {"sid": "9 "},
        {"sid": "٩"},
        {"sid": "9" * 30},
        {"sid": 9},
        {"sub": "admin"},
        {"ver": "3"},
        {"ver": True},
        {"exp": "soon"},
        {"exp": 1e300},
        {"exp": 10**30},
        {"iat": 0},
    ],
)
def test_wrong_claims(changes: dict[str, Any]) -> None:
    assert refused(signed(claims(**changes)))


def test_wrong_times() -> None:
    # Made now and not when the tests are collected, which may be many minutes before.
    now = clock.now().timestamp()
    assert refused(signed(claims(iat=now)))
    assert refused(signed(claims(exp=int(now) + 86_400)))
    assert refused(signed(claims(iat=int(now) + 400, exp=int(now) + 500)))


def test_other_keys_and_algorithms() -> None:
    assert refused(signed(claims(), key=b"z" * 32))
    assert refused(signed(claims(), key=SETTINGS.secret_key.get_secret_value().encode()))
    assert refused(signed(claims(), key=tokens.derive_key(SETTINGS, "refresh-successor")))
    assert refused(issue(), settings=OTHERS)
    assert refused(signed(claims(), key=KEY * 2, algorithm="HS512"))
    for name in ("none", "None", "NONE", ""):
        assert refused(f"{segment({'alg': name, 'typ': 'JWT'})}.{segment(claims())}.")


def test_every_changed_character_is_noticed() -> None:
    token = issue()
    header, payload, signature = token.split(".")
    for part, place in ((0, 3), (1, 5), (1, len(payload) // 2), (2, 0), (2, 20)):
        pieces = [header, payload, signature]
        old = pieces[part][place]
        pieces[part] = pieces[part][:place] + ("A" if old != "A" else "B") + pieces[part][place + 1 :]
        assert refused(".".join(pieces))
    assert refused(f"{header}.{segment(claims(sub='1'))}.{signature}")


@given(st.one_of(st.text(max_size=200), st.builds(".".join, st.lists(st.text(max_size=30), min_size=3, max_size=5))))
def test_any_text_is_refused_without_a_stumble(text: str) -> None:
    assert refused(text)


def test_a_huge_one_is_not_even_read() -> None:
    assert refused("a" * 1_000_000)
    assert refused("\ud83d.\ud83d.\ud83d")


def test_opaque_tokens() -> None:
    token = tokens.new_opaque()
    assert tokens.is_opaque(token)
    assert token != tokens.new_opaque()
    for wrong in (None, "", token[:-1], token + "A", token[:-1] + "é", token[:-1] + "\n", token[:-1] + "="):
        assert not tokens.is_opaque(wrong)
    assert len(tokens.digest(token)) == 32


def test_a_successor_is_always_the_same_and_needs_the_secret() -> None:
    token = tokens.new_opaque()
    assert tokens.successor(SETTINGS, token) == tokens.successor(SETTINGS, token) != token
    assert tokens.successor(SETTINGS, token) != tokens.successor(OTHERS, token)
    assert re.fullmatch("[A-Za-z0-9_-]{43}", tokens.successor(SETTINGS, token))
