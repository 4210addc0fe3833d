"""Handles: the same as long as the kiosk is paired, unreadable, not to be made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.config import Settings
from backend.kiosks import handles
from tests.world import settings_for

SETTINGS: Settings = settings_for("postgresql://nobody@127.0.0.1/none")
NUMBERS = st.integers(1, 2**63 - 1)


@given(NUMBERS, NUMBERS)
def test_a_handle_leads_back_and_stays_the_same(kiosk: int, client: int) -> None:
    handle = handles.make(SETTINGS, kiosk, client)
    assert len(handle) == handles.LENGTH
    assert handle == handles.make(SETTINGS, kiosk, client)
    assert handles.read(SETTINGS, kiosk, handle) == client


@given(NUMBERS, NUMBERS, st.integers(0, 31))
def test_one_changed_sign_makes_it_nobodys(kiosk: int, client: int, place: int) -> None:
    handle = handles.make(SETTINGS, kiosk, client)
    other = "A" if handle[place] != "A" else "B"
    assert handles.read(SETTINGS, kiosk, handle[:place] + other + handle[place + 1 :]) is None


def test_it_is_another_on_another_kiosk() -> None:
    handle = handles.make(SETTINGS, 1, 7)
    assert handle != handles.make(SETTINGS, 2, 7)
    assert handles.read(SETTINGS, 2, handle) is None


@pytest.mark.parametrize("text", ["", "Q2xpZW50OjE", "x" * 32, "é" * 32, "\0" * 32, "A" * 10_000])
def test_what_is_no_handle_is_nobodys(text: str) -> None:
    assert handles.read(SETTINGS, 1, text) is None
