"""What can go wrong with the roster, said in one sentence for the person at the terminal."""

from typing import ClassVar

from backend.errors import Failure


class PaperFailed(Failure):
    """No new roster was written; the one that was there stays. The message says why, and what to do."""

    code: ClassVar[str] = "PAPER_FAILED"


class NoPassphrase(PaperFailed):
    """Without a passphrase nothing is written: names in the clear don't belong on a share."""

    code = "NO_PASSPHRASE"
