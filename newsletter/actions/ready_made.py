"""Questions and updates that are asked so often that their SQL is worked out once: Django takes longer to put a small one into
words than the database takes to answer it.

They are still said in the words of the models. They are put into SQL for made-up values, which are then found again among what
goes with it and replaced by the true ones.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, NamedTuple

from django.db import connection, models
from django.db.models.sql import UpdateQuery

One = int | str | datetime
Rows = models.QuerySet[Any, Any]
Value = One | Sequence[int] | Sequence[str]
# The SQL for many values at once is long and seldom wanted again, so it is not kept.
MOST_KEPT = 250
_NUMBER, _MOMENT = -7_000_000_000_000, datetime(1001, 1, 1, 1, 1, 1, tzinfo=UTC)


class _Sql(NamedTuple):
    words: str
    values: list[Any]
    places: list[tuple[int, int]]


class ReadyMade:
    """One kind of question or update. Called with true values in place of the made-up ones, it gives the rows that are found, or
    of those that were changed the number and what else is asked for."""

    def __init__(self, make: Callable[..., Rows | tuple[Rows, dict[str, Any]]], *also: str) -> None:
        self._make, self._also = make, also
        self._kept: dict[tuple[Any, ...], _Sql] = {}

    def __call__(self, *told: Value) -> list[tuple[Any, ...]]:
        if any(not isinstance(value, One) and not value for value in told):
            return []
        sql, true = self._sql(told), [_as_stored(one) for one in _flat(told)]
        values = list(sql.values)
        for place, which in sql.places:
            values[place] = true[which]
        return _answers(sql.words, values)

    def _sql(self, told: Sequence[Value]) -> _Sql:
        shape = [0 if isinstance(value, One) else len(value) for value in told]
        key = (connection.vendor, *shape)
        found = self._kept.get(key)
        if found is None:
            found = self._made(told)
            if max(shape) <= MOST_KEPT:
                self._kept[key] = found
        return found

    def _made(self, told: Sequence[Value]) -> _Sql:
        numbers = count()
        made_up = [_made_up(value, numbers) for value in told]
        made = self._make(*made_up)
        words, values = _update(*made, self._also) if isinstance(made, tuple) else _question(made)
        which = {_as_stored(one): at for at, one in enumerate(_flat(made_up))}
        places = [(place, which[value]) for place, value in enumerate(values) if value in which]
        return _Sql(words, list(values), places)


def _answers(words: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """PostgreSQL plans each of them once for a connection; not behind a pool that gives every transaction another one, which
    Django is told by the same setting."""
    if connection.vendor == "postgresql" and not connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
        return _prepared_answers(words, values)
    with connection.cursor() as cursor:
        cursor.execute(words, values)
        return list(cursor.fetchall())


def _prepared_answers(words: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    import psycopg

    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    line: Any = connection.connection
    line.prepare_threshold = 0
    with connection.wrap_database_errors, psycopg.Cursor(line) as cursor:
        cursor.execute(words, values, prepare=True)
        return cursor.fetchall()


def _question(rows: Rows) -> tuple[str, Sequence[Any]]:
    words, values = rows.query.get_compiler(connection=connection).as_sql()
    return words, values


def _update(rows: Rows, fields: dict[str, Any], also: Sequence[str]) -> tuple[str, Sequence[Any]]:
    query: Any = rows.query.chain(UpdateQuery)
    query.add_update_values(fields)
    words, values = query.get_compiler(connection=connection).as_sql()
    columns = [rows.model._meta.pk.column, *also]
    return f"{words} RETURNING {', '.join(map(connection.ops.quote_name, columns))}", values


def _made_up(value: Value, numbers: Iterator[int]) -> Any:
    """Something of the same kind that stands nowhere else."""
    if isinstance(value, str):
        return f"made up: {next(numbers)}"
    if isinstance(value, int):
        return _NUMBER - next(numbers)
    if isinstance(value, datetime):
        return _MOMENT + timedelta(days=next(numbers))
    return [_made_up(one, numbers) for one in value]


def _flat(told: Sequence[Value]) -> Iterator[One]:
    for value in told:
        if isinstance(value, One):
            yield value
        else:
            yield from value


def _as_stored(value: One) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
