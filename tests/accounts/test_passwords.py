import asyncio
import threading
import time
import unicodedata

import argon2
import bcrypt
import pytest

from backend.accounts import passwords
from backend.accounts.common_passwords import COMMON
from backend.errors import RateLimited
from tests.accounts.people import work_done

OWN = ("maria.lopez@centre.test", "mlopez", "María López")


def codes(password: str) -> list[str]:
    return [problem.code for problem in passwords.check(password, own=OWN)]


@pytest.mark.parametrize(
    "password",
    [
        "tigre azul 9",
        "пароль-длинный",
        "正确的马电池订书钉啊",
        "🦊🐻🐼🦁🐯🐨🐸🐵",
        "x" * 60 + "yz",
        "Blue-Otter-Runs",
        pytest.param(passwords.generate(), id="generated"),
    ],
)
def test_good_passwords_of_any_script(password: str) -> None:
    assert codes(password) == []


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short-1", "TOO_SHORT"),
        ("", "TOO_SHORT"),
        ("ab" + "c" * 127, "TOO_LONG"),
        ("long\0enough", "INVALID_CHARACTER"),
        ("half\ud83d of a pair", "INVALID_CHARACTER"),
        ("password", "TOO_COMMON"),
        ("PassWord123!", "TOO_COMMON"),
        ("ＰＡＳＳＷＯＲＤ", "TOO_COMMON"),
        ("12345678", "TOO_COMMON"),
        ("87654321", "TOO_COMMON"),
        ("qwertyuiop", "TOO_COMMON"),
        ("aaaaaaaaaaaa", "TOO_COMMON"),
        ("abababababab", "TOO_COMMON"),
        ("Summer2026", "TOO_COMMON"),
        ("maria.lopez@centre.test", "OWN_NAME"),
        ("MARIA.LOPEZ", "OWN_NAME"),
        ("mlopez2024!", "OWN_NAME"),
        ("María López", "OWN_NAME"),
        ("maríalópez", "OWN_NAME"),
        ("123López!", "OWN_NAME"),
    ],
)
def test_bad_passwords(password: str, code: str) -> None:
    assert codes(password) == [code]


def test_the_limits_are_inclusive() -> None:
    assert codes("abcdxyz8") == []
    assert codes("ab" + "c8" * 63) == []


def test_the_common_ones_are_in_the_form_that_is_compared() -> None:
    assert len(COMMON) >= 500
    assert all(unicodedata.normalize("NFKC", word).casefold() == word and len(word) >= 8 for word in COMMON)


def test_generated_ones_pass_and_differ() -> None:
    made = {passwords.generate() for _ in range(50)}
    assert len(made) == 50
    assert not any(codes(password) for password in made)


async def test_hash_and_verify() -> None:
    stored = await passwords.hash("tigre azul 9")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not passwords.needs_rehash(stored)
    assert await passwords.verify("tigre azul 9", stored)
    assert not await passwords.verify("tigre azul 8", stored)
    assert stored != await passwords.hash("tigre azul 9")


async def test_composed_and_decomposed_letters_are_one_password() -> None:
    composed, decomposed = "contraseña-ñandú", unicodedata.normalize("NFD", "contraseña-ñandú")
    assert composed != decomposed
    assert passwords.same(composed, decomposed)
    assert await passwords.verify(decomposed, await passwords.hash(composed))
    foreign = bcrypt.hashpw(decomposed.encode(), bcrypt.gensalt(4)).decode()
    assert await passwords.verify(decomposed, foreign)


@pytest.mark.parametrize("prefix", ["$2a$", "$2b$", "$2y$"])
async def test_bcrypt_of_every_prefix(prefix: str) -> None:
    stored = prefix + bcrypt.hashpw(b"an old password", bcrypt.gensalt(4)).decode()[4:]
    assert passwords.needs_rehash(stored)
    assert await passwords.verify("an old password", stored)
    assert not await passwords.verify("another password", stored)


async def test_bcrypt_beyond_72_bytes_is_cut_as_it_was_then() -> None:
    long = "ñ" * 50
    stored = bcrypt.hashpw(long.encode()[:72], bcrypt.gensalt(4)).decode()
    assert await passwords.verify(long, stored)
    assert not await passwords.verify("n" + long, stored)


async def test_argon2_of_other_parameters() -> None:
    for kind in (argon2.Type.ID, argon2.Type.I):
        stored = argon2.PasswordHasher(time_cost=1, memory_cost=8192, parallelism=2, type=kind).hash("an old password")
        assert passwords.needs_rehash(stored)
        assert await passwords.verify("an old password", stored)
        assert not await passwords.verify("another password", stored)


@pytest.mark.parametrize(
    "stored", [None, "", "!", "plain text", "$argon2id$v=19$broken", "$2b$10$short", "$6$rounds$sha", "$argon2id$v=19$m=1,t=1,p=1$YQ$YQ"]
)
async def test_unusable_hashes_match_nothing(stored: str | None) -> None:
    for password in ("", "!", "-", "plain text", "tigre azul 9", "long\0enough", "half\ud83d", "x" * 60_000):
        assert not await passwords.verify(password, stored)


@pytest.mark.parametrize("stored", [None, "!", "plain text"])
@pytest.mark.parametrize("password", ["right or wrong", "nul\0", "\ud83d", "x" * 5000])
async def test_one_hash_of_work_in_every_case(monkeypatch: pytest.MonkeyPatch, stored: str | None, password: str) -> None:
    worked = work_done(monkeypatch)
    await passwords.verify(password, stored)
    assert worked == [passwords._DUMMY]


async def test_the_event_loop_goes_on_while_passwords_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: set[str] = set()

    def slow(_password: str, _stored: str) -> bool:
        threads.add(threading.current_thread().name)
        time.sleep(0.5)
        return True

    monkeypatch.setattr(passwords, "_matches", slow)
    work = asyncio.gather(*(passwords.verify("tigre azul 9", "$2b$") for _ in range(4)))
    ticks = 0
    while not work.done():
        await asyncio.sleep(0.01)
        ticks += 1
    assert await work == [True] * 4
    assert ticks >= 20
    assert len(threads) == 2
    assert threading.current_thread().name not in threads


async def test_a_flood_is_refused_and_the_queue_recovers(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    monkeypatch.setattr(passwords, "_matches", lambda *_: gate.wait(20))
    waiting = [asyncio.ensure_future(passwords.verify("tigre azul 9", "$2b$")) for _ in range(passwords._MAX_PENDING)]
    await asyncio.sleep(0)
    with pytest.raises(RateLimited) as refused:
        await passwords.verify("tigre azul 9", "$2b$")
    assert refused.value.retry_after > 0
    waiting.pop().cancel()
    await asyncio.sleep(0.01)
    waiting.append(asyncio.ensure_future(passwords.verify("tigre azul 9", "$2b$")))
    await asyncio.sleep(0)
    gate.set()
    assert await asyncio.gather(*waiting) == [True] * passwords._MAX_PENDING
    assert await passwords.verify("tigre azul 9", "$2b$")
