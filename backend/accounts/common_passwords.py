"""Passwords that are guessed first, composed from the patterns by which people make them: words, keyboard walks, runs and years.

Everything is in folded form (lower case), as `passwords.check` compares.
"""

from itertools import product

_WORDS = (
    "password passwort passw0rd p@ssw0rd p@ssword contraseña contrasena clave secret secreto letmein welcome bienvenido "
    "admin administrator administrador root superuser user guest test testing default changeme changeit login master manager "
    "staff frontdesk reception desk checkin check-in kiosk centre center gaming gamer games game arcade member membership krc "
    "qwerty qwertz azerty asdf zxcv dragon monkey shadow sunshine princess princesa football futbol baseball basketball soccer "
    "superman batman spiderman pokemon pikachu mario minecraft fortnite roblox playstation nintendo xbox starwars hunter killer "
    "iloveyou teamo teamomucho whatever trustno freedom summer winter spring autumn verano january monday friday california losangeles "
    "america mexico angel michael jordan jessica ashley charlie daniel computer internet samsung google cheese chocolate cookie banana"
)
_ENDINGS = (
    "",
    "1",
    "12",
    "123",
    "1234",
    "12345",
    "123456",
    "!",
    "1!",
    "123!",
    "01",
    "007",
    "69",
    "99",
    *(str(year) for year in range(2015, 2031)),
)
_WALKS = (
    "qwertyuiop qwertzuiop azertyuiop asdfghjkl zxcvbnm 1qaz2wsx 1q2w3e4r 1q2w3e4r5t q1w2e3r4 q1w2e3r4t5 qazwsxedc zaq12wsx "
    "qweasdzxc qwerasdf asdfqwer asdfzxcv 1234qwer qwer1234 123qweasd qweasd123 abc12345 abcd1234 1234abcd a1b2c3d4 aa123456 "
    "!qaz2wsx 1qazxsw2 zxcvbnm123 asdfghjkl123 trustno1 letmein1 iloveyou1 correcthorsebatterystaple"
)
_PIECES = ("123", "1234", "321", "4321", "abc", "abcd", "123abc", "abc123")
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_SHORTEST = 8


def _compose() -> frozenset[str]:
    words = _WORDS.split()
    found = {word + ending for word, ending in product(words, _ENDINGS)}
    found |= {word * 2 for word in words} | set(_WALKS.split())
    for row in _ROWS:
        for line in (row, row[::-1]):
            found |= {line[start:end] for start in range(len(line)) for end in range(start + _SHORTEST, len(line) + 1)}
    # Short pieces said again and again: 12341234, abcabcabc.
    found |= {(piece * 16)[:length] for piece in _PIECES for length in range(8, 17)}
    return frozenset(password for password in found if len(password) >= _SHORTEST)


COMMON = _compose()
