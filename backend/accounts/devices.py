"""What a browser says of itself, in words: enough to tell one's devices apart, and never more certain than that."""

from dataclasses import dataclass

# The first that is found counts: most browsers name others as well, to be served like them.
_BROWSERS = (
    ("Edge", ("Edg/", "EdgA/", "EdgiOS/", "Edge/")),
    ("Opera", ("OPR/", "OPiOS/", "Opera")),
    ("Samsung Internet", ("SamsungBrowser/",)),
    ("Vivaldi", ("Vivaldi/",)),
    ("Firefox", ("Firefox/", "FxiOS/")),
    ("Chrome", ("Chrome/", "CriOS/", "Chromium/")),
    ("Safari", ("Safari/",)),
    ("curl", ("curl/",)),
    ("Python", ("python-httpx/", "python-requests/", "Python-urllib/", "aiohttp/", "python/")),
)
_SYSTEMS = (
    ("iPhone", ("iPhone",)),
    ("iPad", ("iPad",)),
    ("Android", ("Android",)),
    ("ChromeOS", ("CrOS",)),
    ("Windows", ("Windows",)),
    ("macOS", ("Macintosh", "Mac OS X")),
    ("Linux", ("Linux", "X11")),
)


@dataclass(frozen=True, slots=True)
class Device:
    """A browser and a system by their names; None where what it says is not understood."""

    browser: str | None
    system: str | None


def read(user_agent: str) -> Device:
    """The device of a ``User-Agent`` header, whatever stands in it."""
    return Device(_named(_BROWSERS, user_agent), _named(_SYSTEMS, user_agent))


def _named(names: tuple[tuple[str, tuple[str, ...]], ...], user_agent: str) -> str | None:
    folded = user_agent.lower()
    return next((name for name, marks in names if any(mark.lower() in folded for mark in marks)), None)
