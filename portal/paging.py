"""Pages of long lists: each begins right behind the last row of the one before, so the thousandth costs what the first does.

A list gives its own order, down to a number that no two rows share. The address of a page names the row beside which it lies
by what that row is ordered by, so never order a list with pages by something private. The mark is signed: what somebody
made up, what was meant for another list and old numbers of pages all show the first page.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from itertools import chain
from typing import Any, Generic, NamedTuple, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import connections
from django.db.models import F, Field, QuerySet
from django.db.models.expressions import OrderBy

MOST_COUNTED = 1_000
T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows, with the marks of the pages before and after them; empty where there is none."""

    rows: Sequence[T]
    before: str = ""
    after: str = ""

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def is_whole(self) -> bool:
        """Whether these are all rows that there are."""
        return not self.before and not self.after

    def showing(self, rows: Sequence[S]) -> "Page[S]":
        """The same place in the list, with what is shown of its rows."""
        return Page(rows, self.before, self.after)


def page_of(*parts: Any, asked: Mapping[str, str], size: int) -> Page[Any]:
    """The page that an address asks for by `after` or `before`, of a list or of several laid end to end.

    A part that is a tuple of lists is woven into one by the database; they need the same columns and the same order.
    """
    known = _List([_Part.of(one) for one in parts])
    if mark := known.read(asked.get("before", "")):
        rows = known.behind(mark, size + 1, is_back=True)
        if len(rows) >= size:
            return known.page(rows[:size][::-1], has_before=len(rows) > size, has_after=True)
    if mark := known.read(asked.get("after", "")):
        rows = known.behind(mark, size + 1)
        if rows:
            return known.page(rows[:size], has_before=True, has_after=len(rows) > size)
    rows = known.behind(None, size + 1)
    return known.page(rows[:size], has_before=False, has_after=len(rows) > size)


def behind(found: Any, row: Any, *, is_back: bool = False) -> Iterator[QuerySet[Any, Any]]:
    """What to ask for the rows of a list behind one, in turn until there are enough."""
    part = _Part.of(found)
    return map(part.woven, part.stretches(part.values_of(row), is_back=is_back))


def place_in(asked: Mapping[str, str]) -> str:
    """The query that leads back to the page that an address asks for; empty for the first."""
    return urlencode({name: asked[name] for name in ("before", "after") if asked.get(name)})


def counted(found: QuerySet[Any, Any]) -> int:
    """How many there are, up to one more than anybody is told."""
    return found.order_by()[: MOST_COUNTED + 1].count()


def in_words(count: int) -> int | str:
    """A count as a list says it: 12, or "More than 1,000"."""
    return count if count <= MOST_COUNTED else f"More than {MOST_COUNTED:,}"


class _Mark(NamedTuple):
    """A row: in which part it stands, and what it is ordered by."""

    part: int
    values: list[Any]


@dataclass(frozen=True)
class _Key:
    """One thing a list is ordered by; `is_said` is whether the list itself says where empty ones go."""

    name: str
    is_falling: bool
    is_empty_first: bool
    can_be_empty: bool
    is_said: bool

    @property
    def turned(self) -> "_Key":
        return replace(self, is_falling=not self.is_falling, is_empty_first=not self.is_empty_first)

    @property
    def plain(self) -> str:
        return f"-{self.name}" if self.is_falling else self.name

    @property
    def order(self) -> str | OrderBy:
        if not self.is_said:
            return self.plain
        first = self.is_empty_first
        return OrderBy(
            F(self.name), descending=self.is_falling, nulls_first=first or None, nulls_last=not first or None
        )

    def same(self, value: Any) -> dict[str, Any]:
        return {f"{self.name}__isnull": True} if value is None else {self.name: value}

    def behind(self, value: Any) -> list[dict[str, Any]]:
        """What lies behind a value, stretch by stretch: never an OR, which no index serves."""
        empty = {f"{self.name}__isnull": True}
        if value is None:
            return [{f"{self.name}__isnull": False}] if self.is_empty_first else []
        found = {f"{self.name}__{'lt' if self.is_falling else 'gt'}": value}
        return [found, empty] if self.can_be_empty and not self.is_empty_first else [found]


class _Stretch(NamedTuple):
    """Rows behind a mark that one index finds and has in order already."""

    wanted: dict[str, Any]
    left_out: dict[str, Any]
    order: list[str | OrderBy]

    def of(self, source: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        found = source.filter(**self.wanted)
        return found.exclude(**self.left_out) if self.left_out else found


@dataclass(frozen=True)
class _Part:
    """A list with its order."""

    sources: tuple[QuerySet[Any, Any], ...]
    keys: list[_Key]
    fields: list[Field[Any, Any]]

    @classmethod
    def of(cls, found: Any) -> "_Part":
        sources = found if isinstance(found, tuple) else (found,)
        query = sources[0].query
        names = [_read_order(one) for one in query.order_by or query.get_meta().ordering]
        if not names or not _is_total(sources[0], names[-1][0]):
            raise ValueError("A list with pages is ordered down to a number that no two rows share.")
        fields = [_field(sources[0], name) for name, *_ in names]
        return cls(tuple(sources), [_key(sources[0], *one) for one in names], fields)

    @property
    def name(self) -> str:
        return f"{self.sources[0].model._meta.label} {' '.join(key.plain for key in self.keys)}"

    def woven(self, stretch: _Stretch) -> QuerySet[Any, Any]:
        first, *others = [stretch.of(source) for source in self.sources]
        found = first.order_by().union(*(one.order_by() for one in others), all=True) if others else first
        return found.order_by(*stretch.order)

    def stretches(self, values: list[Any] | None, *, is_back: bool) -> Iterator[_Stretch]:
        """All that lies behind these values, or all there is; those in the same place by the first keys come first."""
        keys = [key.turned for key in self.keys] if is_back else self.keys
        if values is None:
            yield _Stretch({}, {}, [key.order for key in keys])
            return
        depth = len(keys) - 1
        if depth and values[depth - 1] is not None:
            # The last two in one go, so that a list in order of time is one question: what follows `lte` is in the index.
            depth -= 1
            yield self._pair(keys, values)
            yield from _behind(keys, values, depth, skip=1)
            depth -= 1
        for number in range(depth, -1, -1):
            yield from _behind(keys, values, number)

    @staticmethod
    def _pair(keys: list[_Key], values: list[Any]) -> _Stretch:
        *above, key, last = keys
        wanted = _same(above, values) | {f"{key.name}__{'lte' if key.is_falling else 'gte'}": values[-2]}
        left_out = {key.name: values[-2], f"{last.name}__{'gte' if last.is_falling else 'lte'}": values[-1]}
        return _Stretch(wanted, left_out, [key.plain, last.plain])

    def values_of(self, row: Any) -> list[Any]:
        return [_value(row, key.name) for key in self.keys]


class _List:
    """All parts of a list, and its marks."""

    def __init__(self, parts: list[_Part]) -> None:
        self.parts = parts
        self.signer = Signer(sep=".", salt="; ".join(part.name for part in parts))

    def behind(self, mark: _Mark | None, size: int, *, is_back: bool = False) -> list[tuple[int, Any]]:
        rows: list[tuple[int, Any]] = []
        for number, part in sorted(enumerate(self.parts), reverse=is_back):
            if mark and (number > mark.part if is_back else number < mark.part):
                continue
            values = mark.values if mark and number == mark.part else None
            for stretch in part.stretches(values, is_back=is_back):
                if len(rows) < size:
                    rows += [(number, row) for row in part.woven(stretch)[: size - len(rows)]]
        return rows

    def page(self, rows: list[tuple[int, Any]], *, has_before: bool, has_after: bool) -> Page[Any]:
        before = self._mark(*rows[0]) if has_before else ""
        after = self._mark(*rows[-1]) if has_after else ""
        return Page([row for _, row in rows], before, after)

    def _mark(self, number: int, row: Any) -> str:
        return self.signer.sign_object([number, *map(_as_typed, self.parts[number].values_of(row))])

    def read(self, typed: str) -> _Mark | None:
        """The row that an address names; None where it names none of this list."""
        if not typed:
            return None
        try:
            number, *values = self.signer.unsign_object(typed)
            fields = self.parts[number].fields
            return _Mark(number, [field.to_python(one) for field, one in zip(fields, values, strict=True)])
        except (BadSignature, ValidationError, ValueError, TypeError, IndexError):
            return None


def _behind(keys: list[_Key], values: list[Any], depth: int, *, skip: int = 0) -> Iterator[_Stretch]:
    order = [keys[depth].plain, *(key.order for key in keys[depth + 1 :])]
    for wanted in keys[depth].behind(values[depth])[skip:]:
        yield _Stretch(_same(keys[:depth], values) | wanted, {}, order)


def _same(keys: list[_Key], values: list[Any]) -> dict[str, Any]:
    return dict(chain.from_iterable(key.same(value).items() for key, value in zip(keys, values, strict=False)))


def _read_order(one: Any) -> tuple[str, bool, bool | None]:
    """A name, whether it falls, and whether empty ones come first where the list says so."""
    if isinstance(one, str):
        return one.lstrip("-"), one.startswith("-"), None
    if not isinstance(one, OrderBy) or not isinstance(one.expression, F):
        raise ValueError(f"What a list with pages is ordered by has a name; this has none: {one!r}.")
    return one.expression.name, one.descending, None if one.nulls_first is one.nulls_last else bool(one.nulls_first)


def _key(found: QuerySet[Any, Any], name: str, is_falling: bool, is_empty_first: bool | None) -> _Key:
    if is_empty_first is not None:
        return _Key(name, is_falling, is_empty_first, can_be_empty=True, is_said=True)
    of_itself = connections[found.db].features.order_by_nulls_first is not is_falling
    return _Key(name, is_falling, of_itself, can_be_empty=_can_be_empty(found, name), is_said=False)


def _is_total(found: QuerySet[Any, Any], name: str) -> bool:
    return name in found.query.annotations or _field(found, name).unique


def _field(found: QuerySet[Any, Any], name: str) -> Any:
    annotation = found.query.annotations.get(name)
    return annotation.output_field if annotation is not None else _path(found, name)[-1]


def _can_be_empty(found: QuerySet[Any, Any], name: str) -> bool:
    return name not in found.query.annotations and any(field.null for field in _path(found, name))


def _path(found: QuerySet[Any, Any], name: str) -> list[Any]:
    model, fields = found.model, []
    for word in name.split("__"):
        field = model._meta.pk if word == "pk" else model._meta.get_field(word)
        fields.append(field)
        model = field.related_model
    return fields


def _value(row: Any, name: str) -> Any:
    if isinstance(row, dict):
        return row[name]
    for word in name.split("__"):
        row = getattr(row, word, None) if row is not None else None
    return row


def _as_typed(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, UUID | Decimal) else value
