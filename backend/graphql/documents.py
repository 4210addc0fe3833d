"""Documents: which may run, and each one parsed, measured and validated once.

The SPA's build emits its documents with their hashes; the server runs those for everybody. Free-form documents are for
those whose principal says so.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
from graphql import DocumentNode, GraphQLError, GraphQLSchema, parse, specified_rules, validate
from strawberry.extensions import SchemaExtension

from backend import log
from backend.errors import Failure, NotAllowed
from backend.graphql import access, limits

logger = log.get(__name__)

_SOURCES = Path(__file__).parents[2] / "frontend" / "src"
COMMITTED = _SOURCES / "gql" / "persisted-documents.json"
OF_KIOSKS = _SOURCES / "kiosk" / "gql" / "persisted-documents.json"

_OPERATION = re.compile(r"^(?:query|mutation|subscription)\s+(\w+)", re.MULTILINE)

LOGIN = """mutation OperatorLogin($input: LoginInput!) {
  login(input: $input) {
    __typename
    ... on SessionStarted { accessToken viewer { mustChangePassword user { role username email } } }
    ... on LoginRefused { code message }
    ... on ValidationProblem { code message }
  }
}"""
"""What bootstrap and doctor log in with; always trusted."""


_UNKNOWN = "This document is not known to the server. Reload the page."


def _full(name: str) -> str:
    return name if name.startswith("sha256:") else f"sha256:{name}"


def _read(path: Path) -> dict[str, str]:
    try:
        found: dict[str, str] = orjson.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        logger.warning("no trusted documents", kind=type(error).__name__)
        found = {}
    return {_full(name): text for name, text in found.items()}


def document_id(text: str) -> str:
    """The id under which a trusted document is sent."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


class TrustedDocuments:
    """The documents that anybody may run, by id; ``of_kiosks`` are those that a kiosk may run, and it no others.

    ``open`` lets everybody run everything: for tests and schema tools alone.
    """

    def __init__(self, documents: Mapping[str, str], *, of_kiosks: Mapping[str, str] | None = None, open_to_all: bool = False) -> None:
        self._of_kiosks = dict(of_kiosks or {})
        self._documents = {document_id(LOGIN): LOGIN, **documents, **self._of_kiosks}
        self._names = {text: found[1] for text in self._documents.values() if (found := _OPERATION.search(text))}
        self.open_to_all = open_to_all

    @classmethod
    def committed(cls, path: Path = COMMITTED, of_kiosks: Path = OF_KIOSKS) -> "TrustedDocuments":
        """Those of the SPA's and the kiosk's last code generation; none, with a line in the log, where that is missing."""
        return cls(_read(path), of_kiosks=_read(of_kiosks))

    def of_kiosk(self, name: object) -> str:
        """The document that a kiosk names; raises `Failure` with PERSISTED_QUERY_NOT_FOUND for any that isn't a kiosk's."""
        text = self._of_kiosks.get(_full(name)) if isinstance(name, str) else None
        if text is None:
            raise Failure(_UNKNOWN, code="PERSISTED_QUERY_NOT_FOUND")
        return text

    def text(self, name: str) -> str:
        """The document; raises `Failure` with PERSISTED_QUERY_NOT_FOUND for an unknown one."""
        try:
            return self._documents[_full(name)]
        except KeyError:
            raise Failure(_UNKNOWN, code="PERSISTED_QUERY_NOT_FOUND") from None

    def name_of(self, text: str) -> str:
        """The operation's name, if the document is one of these; else ``free``: what callers invent is no label for a figure."""
        return self._names.get(text, "free")

    def admit(self, text: str, *, may_run_any: bool) -> str:
        """A free-form document, for those who may; raises `NotAllowed` for others."""
        if may_run_any or self.open_to_all or document_id(text) in self._documents:
            return text
        raise NotAllowed("Only the product's own documents may be run without an admin's session or an API key.")


@lru_cache(maxsize=512)
def parsed(text: str) -> DocumentNode:
    """The document, within the limits. Raises GraphQLError (syntax) or `backend.errors.LimitExceeded`."""
    try:
        document = parse(text, max_tokens=limits.LIMITS.tokens)
    except GraphQLError as error:
        if "more than" in error.message and "tokens" in error.message:
            raise limits.exceeded("tokens", limits.LIMITS.tokens) from None
        if "nested too deeply" in error.message:
            raise limits.exceeded("depth", limits.LIMITS.depth) from None
        raise
    limits.check(document)
    return document


@lru_cache(maxsize=512)
def validated(schema: GraphQLSchema, document: DocumentNode) -> tuple[GraphQLError, ...]:
    """What validation finds; at most five errors, the first ones help."""
    return tuple(validate(schema, document, specified_rules, max_errors=5))


class PreparedDocuments(SchemaExtension):
    """Gives Strawberry the parsed and validated document from caches that all requests share."""

    def on_parse(self) -> Iterator[None]:
        """Parse within the limits."""
        self.execution_context.graphql_document = parsed(self.execution_context.query or "")
        yield

    def on_validate(self) -> Iterator[None]:
        """Validate once for each document; then look whether all of it is shown to who asks."""
        context: Any = self.execution_context
        types, document = context.schema._schema, context.graphql_document  # noqa: SLF001 (Strawberry has no public name for it)
        problems = list(validated(types, document))
        if not problems:
            try:
                access.check(types, document, context.context.principal)
            except NotAllowed as refusal:
                problems.append(GraphQLError(refusal.message, original_error=refusal))
        context.pre_execution_errors = problems
        yield
