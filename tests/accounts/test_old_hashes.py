"""Passwords whose hashes another system made sign in over real HTTP, once: then the hash is one of ours."""

import argon2
import bcrypt
import httpx
import pytest

from backend.accounts import passwords
from tests.accounts.authenticator import user_of
from tests.accounts.people import set_hash
from tests.client import LOGIN, Api
from tests.server import serve
from tests.world import PASSWORDS

PASSWORD = PASSWORDS["staff"]


def by_bcrypt(prefix: str) -> str:
    return prefix + bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()[4:]


def by_argon2(kind: argon2.Type, memory: int) -> str:
    return argon2.PasswordHasher(time_cost=1, memory_cost=memory, parallelism=2, type=kind).hash(PASSWORD)


OLD = {
    "bcrypt 2a": by_bcrypt("$2a$"),
    "bcrypt 2b": by_bcrypt("$2b$"),
    "bcrypt 2y": by_bcrypt("$2y$"),
    "argon2id, weaker": by_argon2(argon2.Type.ID, 8192),
    "argon2id, stronger": by_argon2(argon2.Type.ID, 65536),
    "argon2i": by_argon2(argon2.Type.I, 8192),
    "argon2d": by_argon2(argon2.Type.D, 8192),
}


@pytest.mark.parametrize("old", OLD.values(), ids=OLD.keys())
async def test_it_signs_in_and_is_replaced(api: Api, old: str) -> None:
    assert passwords.needs_rehash(old)
    await set_hash(api.database, await user_of(api.database), old)
    async with serve(api.app) as address, httpx.AsyncClient(base_url=f"http://{address}") as browser:

        async def sign_in(password: str) -> str:
            body = {"query": LOGIN, "variables": {"input": {"identifier": "staff", "password": password}}}
            return str((await browser.post("/graphql", json=body)).json()["data"]["login"]["__typename"])

        assert await sign_in("wrong words 1") == "LoginRefused"
        assert (await user_of(api.database)).password_hash == old
        assert await sign_in(PASSWORD) == "SessionStarted"
        new = (await user_of(api.database)).password_hash
        assert not passwords.needs_rehash(new)
        assert await sign_in(PASSWORD) == "SessionStarted"
        assert (await user_of(api.database)).password_hash == new
        assert await sign_in("wrong words 1") == "LoginRefused"
