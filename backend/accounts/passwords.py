"""Passwords: the policy, hashing and verifying, always away from the event loop.

A password is hashed in Unicode's NFC form, because one keyboard sends ``é`` as one code point and another as two, and both people
typed the same thing (RFC 8265, OpaqueString, does the same). Hashes that another system made are tried with the text as typed too.

Hashes are argon2id with 19 MiB, two passes and one lane. Those of other systems (bcrypt 2a, 2b, 2y; argon2 of other parameters)
verify by their prefix, and `needs_rehash` says that they should be replaced.
"""

import asyncio
import os
import secrets
import sys
import threading
import unicodedata
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import argon2
import bcrypt

from backend.accounts.common_passwords import COMMON
from backend.errors import FieldError, RateLimited

MIN_LENGTH = 8
MAX_LENGTH = 128
_MAX_TYPED = 1024
_BCRYPT_BYTES = 72
_THREADS = 2
# Forty take some two seconds on a slow NAS, well within the time that a request may last.
_MAX_PENDING = 40
_CURRENT = "$argon2id$v=19$m=19456,t=2,p=1$"
# Well formed and of no password: verifying against it costs what a real one costs.
_DUMMY = f"{_CURRENT}{'A' * 22}${'A' * 43}"
# No look-alikes, since these are read from a screen and typed.
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"

_Result = TypeVar("_Result")

_hasher = argon2.PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, hash_len=32, salt_len=16, type=argon2.Type.ID)


async def hash(password: str) -> str:  # noqa: A001 (is read as passwords.hash)
    """The hash to store; raises `RateLimited` when too many are waiting. The policy is `check`'s business."""
    return await _in_pool(lambda: _hasher.hash(_normal(password)))


async def verify(password: str, stored: str | None) -> bool:
    """Whether the password belongs to the stored hash; raises `RateLimited` when too many are waiting.

    One hash of work is done in every case: for None (no such user), for a hash of an unknown kind, for text that can't be a password.
    """
    return await _in_pool(lambda: _verify(password, stored))


def needs_rehash(stored: str) -> bool:
    """Whether the hash is not of today's kind and parameters."""
    return not stored.startswith(_CURRENT)


def same(one: str, other: str) -> bool:
    """Whether two typed passwords are the same one."""
    return _normal(one) == _normal(other)


def generate() -> str:
    """A random password of 100 bits in five groups that can be read out, such as ``abcd-efgh-…``."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(5))


def check(password: str, *, own: Iterable[str | None] = (), path: tuple[str, ...] = ("password",)) -> list[FieldError]:
    """What is wrong with a new password; an empty list when it is good.

    ``own`` are the account's names, username and email, none of which may be the password, with digits or signs around it or not.
    """
    text = _normal(password)
    if not _is_text(password):
        return [FieldError(path, "INVALID_CHARACTER", "The password holds a character that can't be used.")]
    if len(text) < MIN_LENGTH:
        return [FieldError(path, "TOO_SHORT", f"The password needs at least {MIN_LENGTH} characters.")]
    if len(text) > MAX_LENGTH:
        return [FieldError(path, "TOO_LONG", f"The password may have at most {MAX_LENGTH} characters.")]
    folded = _folded(password)
    if folded in COMMON or len(set(folded)) < 3:
        return [FieldError(path, "TOO_COMMON", "This password is among the first that others would guess. Please choose another.")]
    if not _own_words(own).isdisjoint({folded, _core(folded)}):
        return [FieldError(path, "OWN_NAME", "The password must not be your name, username or email address.")]
    return []


def _own_words(own: Iterable[str | None]) -> set[str]:
    words: set[str] = set()
    for value in own:
        if value:
            folded = _folded(value)
            local = folded.partition("@")[0]
            words |= {folded, local, _core(folded), _core(local), "".join(folded.split()), *folded.split()}
    return {word for word in words if len(word) >= 3}


def _core(folded: str) -> str:
    """The text without the digits and signs around it."""
    letters = [place for place, character in enumerate(folded) if character.isalpha()]
    return folded[letters[0] : letters[-1] + 1] if letters else folded


def _normal(password: str) -> str:
    return unicodedata.normalize("NFC", password)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _is_text(password: str) -> bool:
    """No NUL (bcrypt stops there) and no half of a surrogate pair (has no UTF-8)."""
    return "\0" not in password and not any("\ud800" <= character <= "\udfff" for character in password)


def _verify(password: str, stored: str | None) -> bool:
    usable = stored is not None and stored.startswith(("$argon2", "$2a$", "$2b$", "$2y$"))
    if stored is None or not usable or not _is_text(password) or len(password) > _MAX_TYPED:
        _matches("-", _DUMMY)
        return False
    normal = _normal(password)
    if _matches(normal, stored):
        return True
    return normal != password and needs_rehash(stored) and _matches(password, stored)


def _matches(password: str, stored: str) -> bool:
    if stored.startswith("$2"):
        try:
            # bcrypt never looked further than this; its library now raises instead of cutting.
            return bcrypt.checkpw(password.encode()[:_BCRYPT_BYTES], stored.encode())
        except ValueError:
            return False
    try:
        return _hasher.verify(stored, password)
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False


class _Pool:
    """Two threads and a bounded queue: a flood of logins is refused, and neither memory nor the event loop pays for it."""

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(_THREADS, thread_name_prefix="passwords", initializer=_step_back)
        self._lock = threading.Lock()
        self._pending = 0

    def submit(self, work: Callable[[], _Result]) -> Future[_Result]:
        with self._lock:
            if self._pending >= _MAX_PENDING:
                raise RateLimited("Too many people are signing in at this moment. Please try again in a few seconds.", retry_after=5)
            self._pending += 1
        future = self._executor.submit(work)
        future.add_done_callback(self._release)
        return future

    def _release(self, _future: object) -> None:
        with self._lock:
            self._pending -= 1


def _step_back() -> None:
    """Let the event loop's thread go first: on a NAS with two cores the desk's searches share them with other people's logins."""
    if sys.platform == "linux":  # where a thread has a priority of its own
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)


_pool = _Pool()


async def _in_pool(work: Callable[[], _Result]) -> _Result:
    return await asyncio.wrap_future(_pool.submit(work))
