"""Which tables were written since: every table has a generation, and what was made from it is kept until that is renewed.

Nobody lists what depends on what. While something is made, the tables that it reads are noted; when a transaction that
wrote a table commits, whoever wrote it, that table gets a new generation, for every process. What was kept is good as long
as each table that it read has the generation of then, and never beyond the minute: what opens and closes does so on the
minute, and so a process that was killed between its commit and its word of it misleads nobody for longer.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from portal.changes.places import generations

Made = TypeVar("Made")
MOST_REMEMBERED = 500
_NAMES = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE|TABLE)\s+\"?([a-z][a-z0-9_]*)", re.IGNORECASE)
_WRITES = re.compile(r"\b(?:INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|ALTER|DROP)\b", re.IGNORECASE)


@dataclass
class Read:
    """What was read while something was made: the generation of each table as it was before its first row was read."""

    minute: int
    tables: dict[str, bytes] = field(default_factory=dict)

    def is_still_so(self) -> bool:
        """Whether all of it would be read again just so."""
        return self.minute == this_minute() and generations().are(self.tables)


_reading: ContextVar[Read | None] = ContextVar("what is being read", default=None)
_remembered: dict[str, tuple[Read, Any]] = {}


def this_minute() -> int:
    return int(time.time() // 60)


@contextmanager
def noting() -> Iterator[Read]:
    """Note what is read inside; whatever is being made around it reads it too."""
    read, around = Read(this_minute()), _reading.get()
    token = _reading.set(read)
    try:
        yield read
    finally:
        _reading.reset(token)
        _pass_on(read, around)


def remembered(name: str, make: Callable[[], Made]) -> Made:
    """What `make` returns, once for each change of what it reads; whoever gets it must not change it.

    Inside a transaction it is made anew: what was written there is known to nobody else, and may never be.
    """
    if connection.in_atomic_block:
        return make()
    known = _remembered.get(name)
    if known and known[0].is_still_so():
        _pass_on(known[0], _reading.get())
        return known[1]
    with noting() as read:
        made = make()
    if len(_remembered) >= MOST_REMEMBERED:
        _remembered.clear()
    _remembered[name] = (read, made)
    return made


def forget() -> None:
    """Forget what this process remembers, as after a start."""
    _remembered.clear()


def listen() -> None:
    """Hear of every statement, on every connection that is opened from now on."""
    connection_created.connect(_listen_to, dispatch_uid="portal.changes")


def _pass_on(read: Read, around: Read | None) -> None:
    if around is not None:
        around.minute = min(around.minute, read.minute)
        around.tables = {**read.tables, **around.tables}


def _listen_to(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if _heard not in connection.execute_wrappers:
        connection.execute_wrappers.append(_heard)


def _heard(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    database: BaseDatabaseWrapper = context["connection"]
    names, is_written = tables_of(str(sql))
    if is_written:
        done = execute(sql, params, many, context)
        _renew_after(database, names)
        return done
    reading = _reading.get()
    if reading is not None:
        for name in names:
            if name not in reading.tables:
                reading.tables[name] = generations().of(name)
    return execute(sql, params, many, context)


@lru_cache(maxsize=2000)
def tables_of(sql: str) -> tuple[tuple[str, ...], bool]:
    """The tables that a statement names, and whether it may write them."""
    is_written = _WRITES.search(sql) is not None and not sql.lstrip("( ").upper().startswith("SELECT")
    return tuple(sorted({name.lower() for name in _NAMES.findall(sql)})), is_written


def _renew_after(database: BaseDatabaseWrapper, names: tuple[str, ...]) -> None:
    if not database.in_atomic_block:
        generations().renew(names)
        return
    renew = _Renew(names)
    waiting: list[Any] = database.run_on_commit[-20:]
    if (set(database.savepoint_ids), renew, True) not in waiting:
        transaction.on_commit(renew, using=database.alias, robust=True)


@dataclass(frozen=True)
class _Renew:
    """Gives tables new generations, once what was written is there for all to read."""

    names: tuple[str, ...]

    def __call__(self) -> None:
        generations().renew(self.names)
