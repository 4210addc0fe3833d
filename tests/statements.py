"""Counting SQL statements: the number for a page must not grow with the page."""

from types import TracebackType
from typing import Any, Self

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine


class StatementCounter:
    """``texts`` holds every statement that the engine ran since `clear`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine.sync_engine
        self.texts: list[str] = []

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        self.texts.append(statement)

    def clear(self) -> None:
        """Begin again."""
        self.texts.clear()

    @property
    def count(self) -> int:
        """How many statements ran."""
        return len(self.texts)

    def __enter__(self) -> Self:
        event.listen(self._engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        event.remove(self._engine, "before_cursor_execute", self._note)
