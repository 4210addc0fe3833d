"""Why nothing was brought over, in a sentence for the operator."""

from typing import ClassVar

from backend.errors import Failure


class Refused(Failure):
    """The source is not what can be adopted, or our database is not ready for it. Nothing was changed."""

    code: ClassVar[str] = "ADOPTION_REFUSED"
