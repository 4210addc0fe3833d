"""Whether a colour can be read on the product's backgrounds, by the rule of WCAG 2.2 (success criterion 1.4.3)."""

import re

LEAST = 4.5
"""The least ratio of text to its background."""
# The backgrounds of both themes, as frontend/src/styles/tokens.css has them: paper, raised, sunken.
LIGHT = ("#fbfbfa", "#ffffff", "#f3f3f0")
DARK = ("#0f1115", "#171a20", "#0a0c0f")
_HEX = re.compile(r"#[0-9a-f]{6}", re.ASCII)


def is_colour(written: str) -> bool:
    """Whether it is ``#rrggbb`` in small letters."""
    return _HEX.fullmatch(written) is not None


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb``: 0 for black, 1 for white."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, from 1 (the same) to 21 (black and white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def worst(colour: str, backgrounds: tuple[str, ...]) -> float:
    """The lowest ratio that a colour has on these backgrounds."""
    return min(contrast(colour, background) for background in backgrounds)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
