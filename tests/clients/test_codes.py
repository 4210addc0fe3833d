"""Member codes: no word, no sign that looks like another, and a slip is always noticed."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, literal, select

from backend.clients import codes
from backend.db import Database

PAYLOADS = st.text(codes.ALPHABET, min_size=7, max_size=7)
PLACES = st.integers(0, 7)


def plain(code: str) -> str:
    return code.replace("-", "")


def printed(signs: str) -> str:
    return f"{signs[:4]}-{signs[4:]}"


def test_the_alphabet() -> None:
    assert len(codes.ALPHABET) == len(set(codes.ALPHABET)) == 23
    for twins in ("0O", "1IL", "2Z", "5S", "8B", "UV"):
        assert len(set(twins) & set(codes.ALPHABET)) <= 1
    assert not set("AEIOU") & set(codes.ALPHABET)


def test_what_is_made_has_the_form_and_differs() -> None:
    made = {codes.make() for _ in range(500)}
    assert len(made) == 500
    assert all(re.fullmatch(f"[{codes.ALPHABET}]{{4}}-[{codes.ALPHABET}]{{4}}", code) for code in made)
    assert not any(codes.mistyped(code) for code in made)


@settings(deadline=None)
@given(PAYLOADS, PLACES, st.sampled_from(codes.ALPHABET))
def test_a_wrong_sign_is_noticed(payload: str, place: int, sign: str) -> None:
    signs = plain(codes.with_check(payload))
    wrong = signs[:place] + sign + signs[place + 1 :]
    assert codes.mistyped(printed(wrong)) == (wrong != signs)


@settings(deadline=None)
@given(PAYLOADS, PLACES, PLACES)
def test_two_signs_that_changed_places_are_noticed(payload: str, one: int, other: int) -> None:
    signs = list(plain(codes.with_check(payload)))
    before = "".join(signs)
    signs[one], signs[other] = signs[other], signs[one]
    assert codes.mistyped("".join(signs)) == ("".join(signs) != before)


@settings(deadline=None)
@given(PAYLOADS, st.sampled_from(["", " ", "-", ".", "_", " - "]))
def test_case_and_separators_do_not_count(payload: str, between: str) -> None:
    code = codes.with_check(payload)
    assert codes.folded(between.join(code.lower())) == codes.folded(code)


def test_codes_of_other_makes_are_not_judged() -> None:
    for code in ("KRC-0042", "12345678", "", "K7XP", "KRCCCCCCC", "é" * 8):
        assert not codes.mistyped(code)


async def test_the_database_says_the_same(database: Database) -> None:
    async with database.reading() as reader:
        for code in ("K7XP-4RMD", " k.r_c - 42 ", "ÄÖ-ß 9", "--", "a\tb\nc"):
            assert await reader.scalar(select(func.krc_code(literal(code)))) == codes.folded(code)
