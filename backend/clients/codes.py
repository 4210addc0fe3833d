"""Member codes: what stands on a card, is typed by hand and read by scanners.

A code that the product makes is eight of 23 signs, written ``K7XP-4RMD``. No sign looks like another one (no 0 and O, 1 and I and L,
2 and Z, 5 and S, 8 and B, U and V), and without vowels no code is a word. The last sign checks the others: 23 is a prime, so a wrong
sign, and any two signs that changed places, are always noticed. Codes of other makes, from older cards, are kept as they are.

Case, blanks, hyphens, dots and underscores don't count; the database function ``krc_code`` says the same.
"""

import re
import secrets

ALPHABET = "23456789CDFGHJKMNPRTWXY"
LENGTH = 8
LONGEST = 64
_SIGNS = len(ALPHABET)
_IGNORED = re.compile(r"[\s._-]")


def folded(code: str) -> str:
    """The code as it is compared; empty where nothing of it counts."""
    return _IGNORED.sub("", code).lower()


def _sum(signs: str) -> int:
    # Weights from 8 down to 1 differ from each other modulo 23, so an exchange of two signs changes the sum.
    return sum((LENGTH - place) * ALPHABET.index(sign) for place, sign in enumerate(signs))


def with_check(payload: str) -> str:
    """Seven signs, with the one that checks them, as it is printed."""
    signs = payload + ALPHABET[-_sum(payload) % _SIGNS]
    return f"{signs[:4]}-{signs[4:]}"


def make() -> str:
    """A new code by chance: 3.4 thousand million are possible. That nobody else has it is for the caller to see to."""
    return with_check("".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1)))


def mistyped(code: str) -> bool:
    """Whether this has the form of a code that the product makes, but its last sign does not fit: something was read wrongly."""
    signs = folded(code).upper()
    return len(signs) == LENGTH and set(signs) <= set(ALPHABET) and _sum(signs) % _SIGNS != 0
