"""Full-text search over some columns of a table, by SQLite's FTS5 or PostgreSQL's own: laid, asked and emptied in one way.

The database itself keeps an index in step with its table, whoever writes there and how: see docs/adr/0015.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection as default_connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Q
from django.db.models.sql.compiler import SQLCompiler

MOST_WORDS = 8
LONGEST_WORD = 60
# Up to so many rows are fetched and then put in order.
FEW = 2_000
# Up to so many numbers PostgreSQL looks through one by one for each row, where it has other ways to choose besides.
FEW_FOR_ANY = 200
# What stands inside a word and is often left out when people type: "don’t" is found by "dont", and the other way round.
APOSTROPHES = "'’‘ʼ"
_ACCENTS = r"[\u0300-\u036f]+"
# For PostgreSQL, which would take a web address, a fraction or a word with a hyphen for one word of its own kind.
_SIGNS = r"[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u2bff\u3000-\u303f]+"
# More letters than any page of ours, and less than PostgreSQL can index.
_MOST_LETTERS = 100_000


def words_in(typed: str) -> list[str]:
    """The first few words of what somebody typed, without signs and accents, so that nothing of it can be a command."""
    letters = unicodedata.normalize("NFD", typed.translate(dict.fromkeys(map(ord, APOSTROPHES))))
    plain = unicodedata.normalize("NFC", re.sub(_ACCENTS, "", letters))
    return [word[:LONGEST_WORD] for word in re.findall(r"[^\W_]+", plain)[:MOST_WORDS]]


@dataclass(frozen=True)
class Index:
    """One index: its name, which no other has, its table, and the columns of words; those are never null."""

    name: str
    table: str
    columns: tuple[str, ...]

    def holding(self, typed: str) -> Q:
        """Rows in which each of these words, or a longer one that begins so, stands somewhere.

        Every row where nothing was typed; none where it was signs alone.
        """
        if words := words_in(typed):
            return self.holding_words(words)
        return Q(pk__in=[]) if typed.strip() else Q()

    def holding_words(self, words: Iterable[str]) -> Q:
        """The same for words that `words_in` has found."""
        return Q(_Holds(self, " ".join(words)))

    def lay(self, apps: Any, schema_editor: Any) -> None:
        """Make the index and put in what is there: for a migration."""
        with schema_editor.connection.cursor() as cursor:
            for statement in _LAID[schema_editor.connection.vendor](self):
                cursor.execute(statement)

    def lift(self, apps: Any, schema_editor: Any) -> None:
        """Take the index away again: for a migration."""
        with schema_editor.connection.cursor() as cursor:
            for statement in _LIFTED[schema_editor.connection.vendor](self):
                cursor.execute(statement)

    def is_whole(self, cursor: Any) -> bool:
        """Whether SQLite still has what keeps it in step: a table that was made anew by a migration has lost it."""
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [self.table])
        return set(_triggers(self)) <= {sql for (sql,) in cursor.fetchall()}

    def is_there(self, connection: BaseDatabaseWrapper, cursor: Any) -> bool:
        return self.name in connection.introspection.table_names(cursor)


_known: dict[str, Index] = {}


def known(index: Index) -> Index:
    """Look after this index: mend it after migrations, and wipe what was deleted from it."""
    return _known.setdefault(index.name, index)


def mend(**told: Any) -> None:
    """After migrations: lay anew what lost its way to follow. SQLite makes a table anew to change a column."""
    if default_connection.vendor != "sqlite":
        return
    with default_connection.cursor() as cursor:
        for index in _known.values():
            if index.is_there(default_connection, cursor) and not index.is_whole(cursor):
                for statement in (*_lifted_from_sqlite(index), *_laid_in_sqlite(index)):
                    cursor.execute(statement)


def wipe(*indexes: Index) -> None:
    """Have no trace of deleted words left in these indexes, or in all: SQLite only marks them, until it is told to tidy up.

    PostgreSQL keeps the words in the row itself, which its own cleaning overwrites.
    """
    if default_connection.vendor != "sqlite":
        return
    with default_connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = ON")
        for index in indexes or tuple(_known.values()):
            cursor.execute(f'INSERT INTO "{index.name}"("{index.name}") VALUES (\'optimize\')')  # noqa: S608
        cursor.execute("PRAGMA secure_delete = FAST")


class _Holds(Func):
    """Whether a row stands in an index under all of some words."""

    def __init__(self, index: Index, words: str) -> None:
        super().__init__(F("pk"), output_field=BooleanField())
        self.index, self.words = index, words

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        row, values = compiler.compile(self.get_source_expressions()[0])
        asked = " ".join(f'"{word}"{"*" * may_go_on(word)}' for word in self.words.split())
        found = f'FROM "{self.index.name}" WHERE "{self.index.name}" MATCH %s'
        # A plus keeps SQLite from fetching each of many rows and putting them in order for the sake of one page: it goes
        # along the list's own order instead, and looks whether a row is among them.
        plus = "+" * (compiler.query.is_sliced and _are_many(connection, found, asked))
        return f"{plus}{row} IN (SELECT rowid {found})", (*values, asked)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        row, values = compiler.compile(self.get_source_expressions()[0])
        table = compiler.quote_name_unless_alias(self.get_source_expressions()[0].alias)
        asked = " & ".join(f"{word}{':*' * may_go_on(word)}" for word in self.words.split())
        holds = f"\"{self.index.name}\" @@ to_tsquery('simple', %s)"
        with connection.cursor() as cursor:
            # PostgreSQL takes the beginning of a word for common, however rare it is: so it is told which rows are few.
            cursor.execute(f'SELECT id FROM "{self.index.table}" WHERE {holds} LIMIT {FEW + 1}', [asked])  # noqa: S608
            found = [number for (number,) in cursor.fetchall()]
        if len(found) > FEW:
            return f"{table}.{holds}", (asked,)
        is_short = len(found) <= FEW_FOR_ANY
        return f"{row} = ANY(%s)" if is_short else f"{row} IN (SELECT unnest(%s))", (*values, found)


def may_go_on(word: str) -> bool:
    """Whether longer words may begin with it: with one letter, far too many do."""
    return len(word) > 1 or not (word.isascii() and word.isalpha())


def _are_many(connection: BaseDatabaseWrapper, found: str, asked: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 {found} LIMIT 1 OFFSET {FEW}", [asked])
        return cursor.fetchone() is not None


def _written(index: Index, row: str) -> str:
    """The words of a row for SQLite; `row` is how the row is called."""
    words = " || ' ' || ".join(f'{row}"{column}"' for column in index.columns)
    for sign in APOSTROPHES:
        words = f"replace({words}, '{sign.replace(chr(39), chr(39) * 2)}', '')"
    return words


def _triggers(index: Index) -> Iterator[str]:
    name, table = index.name, index.table
    old, new = _written(index, "old."), _written(index, "new.")
    put_in = f'INSERT INTO "{name}"(rowid, words) VALUES (new.id, {new})'  # noqa: S608 - so here and below: the code's own names
    take_out = f'INSERT INTO "{name}"("{name}", rowid, words) VALUES (\'delete\', old.id, {old})'  # noqa: S608
    columns = ", ".join(f'"{column}"' for column in index.columns)
    yield f'CREATE TRIGGER "{name}_in" AFTER INSERT ON "{table}" BEGIN {put_in}; END'
    yield f'CREATE TRIGGER "{name}_out" AFTER DELETE ON "{table}" BEGIN {take_out}; END'
    yield (
        f'CREATE TRIGGER "{name}_anew" AFTER UPDATE OF {columns} ON "{table}" '
        f"WHEN {old} <> {new} BEGIN {take_out}; {put_in}; END"
    )


def _laid_in_sqlite(index: Index) -> Iterator[str]:
    name = index.name
    # Without a copy of the words: they are in the table already.
    yield f"CREATE VIRTUAL TABLE \"{name}\" USING fts5(words, content='', tokenize='unicode61 remove_diacritics 2')"
    yield f'INSERT INTO "{name}"(rowid, words) SELECT id, {_written(index, "")} FROM "{index.table}"'  # noqa: S608
    yield from _triggers(index)


def _lifted_from_sqlite(index: Index) -> Iterator[str]:
    for ending in ("in", "out", "anew"):
        yield f'DROP TRIGGER IF EXISTS "{index.name}_{ending}"'
    yield f'DROP TABLE "{index.name}"'


def _laid_in_postgresql(index: Index) -> Iterator[str]:
    words = " || ' ' || ".join(f'"{column}"' for column in index.columns)
    plain = f"translate(left({words}, {_MOST_LETTERS}), '{APOSTROPHES.replace(chr(39), chr(39) * 2)}', '')"
    bare = f"normalize(regexp_replace(normalize({plain}, NFD), '{_ACCENTS}', '', 'g'), NFC)"
    tokens = f"to_tsvector('simple'::regconfig, regexp_replace({bare}, '{_SIGNS}', ' ', 'g'))"
    yield f'ALTER TABLE "{index.table}" ADD COLUMN "{index.name}" tsvector GENERATED ALWAYS AS ({tokens}) STORED'
    yield f'CREATE INDEX "{index.name}" ON "{index.table}" USING gin ("{index.name}")'


def _lifted_from_postgresql(index: Index) -> Iterator[str]:
    yield f'ALTER TABLE "{index.table}" DROP COLUMN "{index.name}"'


_LAID = {"sqlite": _laid_in_sqlite, "postgresql": _laid_in_postgresql}
_LIFTED = {"sqlite": _lifted_from_sqlite, "postgresql": _lifted_from_postgresql}
