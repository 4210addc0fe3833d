"""The way to PostgreSQL: declarative base, engine, and the two kinds of session.

Reads get a `ReadSession`, writes a `UnitOfWork`. They are different types, so that a query can't write by accident
and a reviewer sees in a signature what a function may do. Only `UnitOfWork.__aexit__` commits.
"""

import asyncio
import enum
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, ClassVar, Self, TypeAlias, TypeVar

import orjson
from sqlalchemy import ARRAY, BigInteger, ColumnElement, Enum, Executable, MetaData, Result, Row, Select, any_, literal, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute

from backend.broadcast import Broadcast
from backend.config import Settings
from backend.errors import Unavailable

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The root of every table. Relationships are not used for loading: queries say what they read."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {int: BigInteger}


def choice(kind: type[enum.StrEnum], name: str) -> Enum:
    """A native PostgreSQL enum that stores the members' values."""
    return Enum(kind, name=name, values_callable=lambda members: [member.value for member in members])


def among(column: ColumnElement[int] | InstrumentedAttribute[int], numbers: Iterable[int]) -> ColumnElement[bool]:
    """``column`` is one of the numbers: as one array parameter, so that the statement is the same for any number and stays prepared."""
    return column == any_(literal(list(numbers), ARRAY(BigInteger)))


class ActorKind(enum.StrEnum):
    """What kind of principal did something."""

    USER = "USER"
    API_KEY = "API_KEY"
    KIOSK = "KIOSK"
    JOB = "JOB"
    OPERATOR = "OPERATOR"
    ANONYMOUS = "ANONYMOUS"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts in a transaction: ``id`` is the row's id where there is one, ``request_id`` ties it to the log."""

    kind: ActorKind
    id: int | None = None
    label: str = ""
    request_id: str | None = None


AnyRow: TypeAlias = Row[*tuple[Any, ...]]
"""A row whose columns its query names."""
AnySelect: TypeAlias = Select[*tuple[Any, ...]]
"""A SELECT of any columns."""

_Outcome = TypeVar("_Outcome")

# Less than a request may last, so that whoever asks hears that the database is away and not that the request took too long.
ANSWER_SECONDS = 3
BUSY = "The database is busy just now. Nothing was changed; please try again."
UNCERTAIN = "The connection to the database broke while this was being saved, so it may or may not be saved. Look before you try again."


def is_connection_loss(error: BaseException) -> bool:
    """Whether the database could not be reached, as opposed to a statement it refused."""
    if isinstance(error, DBAPIError):
        if error.connection_invalidated or isinstance(error, InterfaceError):
            return True
        # 57P01..03: shutting down, crashed, starting up; 08xxx: connection exceptions; 53300: too many connections.
        state = getattr(error.orig, "sqlstate", None) or ""
        return state.startswith(("57P", "08")) or state == "53300" or (isinstance(error, OperationalError) and not state)
    return isinstance(error, (OSError, TimeoutError))


class ReadSession:
    """One connection for the reads of one request.

    Query fields run concurrently and one connection can't, so statements wait for each other here. The connection
    is taken at the first statement. A pooled connection may have died while it was idle, so a loss at the very first
    statement is tried once more on a fresh one. Not when rows wait to be written: a rollback would forget them.
    """

    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self._lock = asyncio.Lock()
        self._fresh = True

    async def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> Result[*tuple[Any, ...]]:
        """Run one statement; raises `Unavailable` when the database is away."""
        return await self._guarded(lambda: self.session.execute(statement, parameters))

    async def _guarded(self, work: Callable[[], Awaitable[_Outcome]]) -> _Outcome:
        async with self._lock:
            may_repeat, self._fresh = self._fresh and not self._has_changes(), False
            try:
                return await work()
            except PoolTimeout as error:
                raise Unavailable(BUSY) from error
            except Exception as error:
                if not is_connection_loss(error):
                    raise
                await self._discard()
                if not may_repeat or isinstance(error, TimeoutError):
                    raise self._away() from error
            try:
                return await work()
            except Exception as error:
                if is_connection_loss(error):
                    await self._discard()
                    raise self._away() from error
                raise

    def _away(self) -> Unavailable:
        return Unavailable()

    def _has_changes(self) -> bool:
        return bool(self.session.new or self.session.dirty or self.session.deleted)

    async def _discard(self) -> None:
        try:
            await self.session.rollback()
        except (DBAPIError, OSError):
            await self.session.invalidate()

    async def rows(self, statement: Executable, parameters: Mapping[str, Any] | None = None) -> Sequence[AnyRow]:
        """All rows."""
        return (await self.execute(statement, parameters)).all()

    async def row(self, statement: Executable, parameters: Mapping[str, Any] | None = None) -> AnyRow | None:
        """The only row, or None; more than one is a defect and raises."""
        return (await self.execute(statement, parameters)).one_or_none()

    async def scalar(self, statement: Executable, parameters: Mapping[str, Any] | None = None) -> Any:
        """The first column of the only row, or None."""
        return (await self.execute(statement, parameters)).scalar_one_or_none()

    async def scalars(self, statement: Executable, parameters: Mapping[str, Any] | None = None) -> Sequence[Any]:
        """The first column of all rows."""
        return (await self.execute(statement, parameters)).scalars().all()


class UnitOfWork(ReadSession):
    """One transaction: everything that happens in it is committed once, at the end, or not at all.

    ``actor`` is who does it, for the audit log. Functions given to `after_commit` run when the commit is certain.
    """

    def __init__(self, session: AsyncSession, actor: Actor, broadcast: Broadcast, *, one_statement: bool = False) -> None:
        super().__init__(session)
        self.actor = actor
        self._one_statement = one_statement
        self._broadcast = broadcast
        self._afterwards: list[Callable[[], object]] = []

    def _away(self) -> Unavailable:
        return Unavailable(UNCERTAIN) if self._one_statement else Unavailable()

    def add(self, *instances: object) -> None:
        """Put new rows into the transaction; `flush` gives them their ids."""
        self.session.add_all(instances)

    async def flush(self) -> None:
        """Send what was added, so that ids and constraint errors appear now."""
        await self._guarded(self.session.flush)

    def after_commit(self, callback: Callable[[], object]) -> None:
        """Call ``callback`` once the commit is certain. It must not raise and must not block."""
        self._afterwards.append(callback)

    def announce(self, topic: str, number: int) -> None:
        """Tell live screens, once the commit is certain, that row ``number`` of ``topic`` is new."""
        self.after_commit(lambda: self._broadcast.send(topic, number))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if error is not None:
                await self._discard()
                return
            try:
                await self.session.commit()
            except PoolTimeout as failure:
                raise Unavailable(BUSY) from failure
            except Exception as failure:
                if is_connection_loss(failure):
                    raise Unavailable(UNCERTAIN) from failure
                raise
            for callback in self._afterwards:
                callback()
        finally:
            await asyncio.shield(self.session.close())


class Database:
    """The engine of one process and the factory of its sessions."""

    def __init__(self, url: str, *, pool_size: int = 10, statement_timeout_ms: int = 4000, name: str = "krc") -> None:
        self.engine: AsyncEngine = create_async_engine(
            url,
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=ANSWER_SECONDS,
            pool_recycle=1800,
            hide_parameters=True,  # an error's text must not carry anybody's data
            json_deserializer=orjson.loads,
            connect_args={
                "timeout": ANSWER_SECONDS,
                "server_settings": {
                    "statement_timeout": str(statement_timeout_ms),
                    "timezone": "UTC",
                    "search_path": "public",
                    "application_name": name,
                },
            },
        )
        # Without BEGIN and ROLLBACK around each read: two round trips less.
        self._unbegun = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self.broadcast = Broadcast(url.replace("postgresql+asyncpg://", "postgresql://", 1))

    @classmethod
    def of(cls, settings: Settings, *, name: str = "krc", statement_timeout_ms: int = 4000, pool_size: int | None = None) -> Self:
        """A database as the settings describe it."""
        size = pool_size or settings.database_pool_size
        return cls(settings.sqlalchemy_url, pool_size=size, statement_timeout_ms=statement_timeout_ms, name=name)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[ReadSession]:
        """A session for reads; nothing that happens in it is kept."""
        reader = self.reader()
        try:
            yield reader
        finally:
            await asyncio.shield(reader.session.close())

    def reader(self) -> ReadSession:
        """A read session whose owner closes ``.session`` itself (a request does, at its end)."""
        return ReadSession(AsyncSession(self._unbegun, expire_on_commit=False, autoflush=False))

    def writing(self, actor: Actor, *, one_statement: bool = False) -> UnitOfWork:
        """A unit of work; use it with ``async with``.

        ``one_statement``: the work is a single statement, which PostgreSQL makes a transaction of its own, so that
        BEGIN and COMMIT need no round trips. Nothing else may be written in it, and to run it twice must do no harm.
        """
        engine = self._unbegun if one_statement else self.engine
        return UnitOfWork(AsyncSession(engine, expire_on_commit=False), actor, self.broadcast, one_statement=one_statement)

    async def ping(self) -> None:
        """Raise `Unavailable` when the database does not answer."""
        async with self.reading() as reader:
            await reader.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Close every connection."""
        await self.broadcast.close()
        await self.engine.dispose()
