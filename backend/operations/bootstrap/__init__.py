"""Any database in, a working login out, nothing deleted.

`run` goes in rounds: it looks at the database (`state`, `catalogs`, `fingerprint`) and at what is kept beside it (`kept`),
decides by a table (`rules`, `refusals`), acts (`acts`, with `aside`, `indexes`, `revisions`) and looks again. Then it sees to
the rest (`finish`, with `seeds`, `admin`, `roles`, `passphrase`) and signs in as a check (`login`), all of it alone (`locks`)
and safe to be killed anywhere.
"""

from backend.operations.bootstrap.command import run
from backend.operations.bootstrap.work import Wishes

__all__ = ["Wishes", "run"]
