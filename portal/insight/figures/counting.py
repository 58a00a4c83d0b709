"""What figures count with: months by London's calendar, those who were erased since, and middles of long lists."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, Q, QuerySet, Sum
from django.db.models.expressions import Func

from portal.insight.periods import Period, month_of
from portal.privacy.models import MonthlyCount
from selfreferral.workflow import State

# What was said twice is one, and its other half counts.
TWICE = frozenset({State.MERGED, State.ERASED})
TENTHS = 10
Row = tuple[Any, ...]


class TenthsOfADay(Func):
    """How many tenths of a day lie between two moments, the earlier one first; reckoned by the database itself."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """`julianday` is SQLite's own; Django's way to take one moment from another runs in Python for every row."""
        template = "CAST(ROUND((julianday(%(last)s) - julianday(%(first)s)) * 10) AS INTEGER)"
        return self._written(template, compiler)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "CAST(ROUND(EXTRACT(EPOCH FROM (%(last)s) - (%(first)s)) / 8640) AS INTEGER)"
        return self._written(template, compiler)

    def _written(self, template: str, compiler: Any) -> Any:
        (first, first_values), (last, last_values) = map(compiler.compile, self.get_source_expressions())
        return template % {"first": first, "last": last}, (*last_values, *first_values)


def whole_months(period: Period) -> tuple[date, ...]:
    """The months that lie in a period altogether: what was erased is known by the month only."""
    return tuple(month for month in period.months() if month in period and month_of(month).ends_on in period)


def erased(period: Period, what: str) -> Counter[tuple[date, str]]:
    """How many there were in each month, by kind, of which nothing is kept any more; without those that were said twice."""
    rows = MonthlyCount.objects.of(what).filter(month__in=whole_months(period)).exclude(kind__in=TWICE)
    return Counter({(month, kind): number for month, kind, number in rows.values_list("month", "kind", "number")})


def by_month(found: QuerySet[Any], period: Period, moment: str) -> dict[date, int]:
    """How many of these there are in each month of a period, in one query; every month is there."""
    months = period.months()
    spans = {
        f"m{number}": Count("pk", filter=Q((f"{moment}__gte", part.begins_at), (f"{moment}__lt", part.ends_at)))
        for number, part in enumerate(map(month_of, months))
    }
    counts = found.order_by().aggregate(**spans)
    return {month: counts[f"m{number}"] for number, month in enumerate(months)}


def by(found: QuerySet[Any], *names: str) -> Counter[Any]:
    """How many of these have each value, or each set of values, of these columns."""
    rows = found.order_by().values_list(*names).annotate(how_many=Count("pk"))
    return Counter({(row[0] if len(names) == 1 else row[:-1]): row[-1] for row in rows})


def added(rows: Iterable[tuple[Any, int]]) -> Counter[Any]:
    """The numbers of each name, added up."""
    counts: Counter[Any] = Counter()
    for name, number in rows:
        counts[name] += number
    return counts


def total_of(found: QuerySet[Any], column: str) -> int:
    return found.aggregate(all=Sum(column))["all"] or 0


def tenths_between(found: QuerySet[Any], first: str, last: str) -> Counter[int]:
    """How many waited so many tenths of a day; nobody waits less than none."""
    rows = found.order_by().annotate(tenths=TenthsOfADay(first, last)).values_list("tenths").annotate(n=Count("pk"))
    return added((max(tenths, 0), number) for tenths, number in rows)


def middle(tenths: Mapping[int, int]) -> float | None:
    """The median in days: half waited no longer. None of nobody."""
    n = sum(tenths.values())
    return None if not n else round((_at(tenths, (n + 1) // 2) + _at(tenths, n // 2 + 1)) / 2 / TENTHS, 1)


def nine_of_ten(tenths: Mapping[int, int]) -> float | None:
    """Within how many days it was for nine of ten: the smallest number that at least so many did not exceed."""
    n = sum(tenths.values())
    return None if not n else _at(tenths, -(-9 * n // 10)) / TENTHS


def _at(tenths: Mapping[int, int], place: int) -> int:
    """The value that stands at this place, counted from one, when all are put in order."""
    before = 0
    for value in sorted(tenths):
        before += tenths[value]
        if before >= place:
            return value
    raise IndexError(place)
