"""Any database in, a working login out, nothing deleted.

`run` looks at the database (`state`, `fingerprint`), decides by a table (`rules`), changes what the decision says
(`revisions`, `seeds`, `admin`) and signs in as a check (`login`), all of it alone (`locks`) and safe to be killed anywhere.
"""

from backend.operations.bootstrap.command import Wishes, run

__all__ = ["Wishes", "run"]
