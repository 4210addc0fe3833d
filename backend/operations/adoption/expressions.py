"""SQL expressions that bring a value of the predecessor into our form. Each takes an expression and returns one.

They say the same as `backend.values`, for millions of rows at once.
"""

from backend.values import EARLIEST, LATEST

# What Python's str.split() takes for a blank; \s alone depends on the database's locale.
_BLANKS = r"[\s\u001c-\u001f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
_CONTROLS = r"[\u0001-\u0008\u000e-\u001b\u007f]+"
_INVISIBLE = r"[\u00ad\u180e\u200b-\u200f\u2060-\u2064\u3164\ufeff]+"
_PHONE_SIGNS = "U&' ().-/\\00a0\\2010\\2011\\2013'"
FIRST_DAY, LAST_DAY = f"date '{EARLIEST}'", f"(date '{LATEST}' - 1)"


def clean(value: str) -> str:
    """Text in Unicode's composed form, blanks in a row made one, none at the ends, no control characters; NULL stays NULL."""
    plain = f"regexp_replace(regexp_replace(normalize({value}, NFC), '{_CONTROLS}', '', 'g'), '{_BLANKS}', ' ', 'g')"
    return f"btrim({plain})"


def given(value: str) -> str:
    """Clean text, or NULL where there is none, or none that can be seen."""
    return f"CASE WHEN regexp_replace({clean(value)}, '{_INVISIBLE}', '', 'g') <> '' THEN {clean(value)} END"


def is_blank(value: str) -> str:
    """Whether there is nothing but blanks; true for NULL."""
    return f"(coalesce({value}, '') !~ '[^\\s\\u0085\\u00a0]')"


def shortened(value: str, longest: int, key: str) -> str:
    """A name that fits: a long one is cut and gets eight characters that tell it from others which begin in the same way."""
    return f"CASE WHEN length({value}) > {longest} THEN left({value}, {longest - 9}) || ' ' || left(md5({key}), 8) ELSE {value} END"


def is_instant(value: str) -> str:
    """Whether a time can be one: finite, and in a year from 1 to 9998, for which both PostgreSQL and Python have names."""
    return f"({value} >= timestamptz '0001-01-03 00:00+00' AND {value} < timestamptz '9999-01-01 00:00+00')"


def instant(value: str) -> str:
    """A time, or now where it can't be one. For when a row was made, which nothing depends on."""
    return f"CASE WHEN {is_instant(value)} THEN {value} ELSE now() END"


def north_american(written: str) -> str:
    """A phone in E.164 where the text is a North American number, else NULL."""
    digits = f"regexp_replace(translate(btrim({written}), {_PHONE_SIGNS}, ''), '^[+]1', '')"
    return f"'+1' || substring({digits} from '^1?([2-9][0-9]{{2}}[2-9][0-9]{{6}})$')"


def is_email(value: str) -> str:
    """Whether clean text is an email address that can be kept."""
    return f"({value} ~ '^[^@\\s]+@[^@\\s]+[.][^@\\s.]+$' AND length({value}) <= 254)"
