"""What each process remembers of credentials for five seconds, so that most requests cost no SQL and a revoked one is soon refused."""

from collections import OrderedDict
from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar
from weakref import WeakKeyDictionary

from backend.accounts.sessions import REMEMBERED
from backend.db import Database

_MOST = 1024


class State(Protocol):
    """What was read of a credential: ``number`` is its row's, ``name`` what requests find it by."""

    @property
    def number(self) -> int:
        """The row's id."""

    @property
    def name(self) -> Hashable:
        """What a request finds it by."""

    @property
    def read_at(self) -> datetime:
        """When it was read."""


_State = TypeVar("_State", bound=State)


class Memory(Generic[_State]):
    """The states of one database's credentials of a kind. What is not known is not remembered, or guesses would push out what is."""

    def __init__(self) -> None:
        self._states: OrderedDict[Hashable, _State] = OrderedDict()
        self._names: dict[int, Hashable] = {}
        # Counts `forget`: a state that was being read meanwhile must not be remembered.
        self.generation = 0

    def fresh(self, name: Hashable | None, now: datetime) -> _State | None:
        """What is remembered and not too old."""
        state = self._states.get(name) if name else None
        return state if state is not None and timedelta(0) <= now - state.read_at < REMEMBERED else None

    def fresh_number(self, number: int, now: datetime) -> _State | None:
        """The same by the row's id."""
        return self.fresh(self._names.get(number), now)

    def remember(self, state: _State, generation: int) -> None:
        """Keep what was read while the memory was of this generation; the least recent goes when there are too many."""
        if generation != self.generation:
            return
        self._states[state.name] = state
        self._states.move_to_end(state.name)
        self._names[state.number] = state.name
        if len(self._states) > _MOST:
            _, oldest = self._states.popitem(last=False)
            self._names.pop(oldest.number, None)

    def forget(self, number: int) -> None:
        """Read it afresh at its next request."""
        self.generation += 1
        self._states.pop(self._names.pop(number, None), None)


class Memories(Generic[_State]):
    """A memory for each database of this process."""

    def __init__(self) -> None:
        self._by_database: WeakKeyDictionary[Database, Memory[_State]] = WeakKeyDictionary()

    def of(self, database: Database) -> Memory[_State]:
        """This database's."""
        memory = self._by_database.get(database)
        if memory is None:
            memory = self._by_database[database] = Memory()
        return memory

    def forget(self, number: int) -> None:
        """Forget a credential everywhere in this process."""
        for memory in self._by_database.values():
            memory.forget(number)
