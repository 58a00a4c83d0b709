"""Whoever leafs through a list sees each row once and in order, forwards and back, whatever comes and goes meanwhile."""

from collections.abc import Callable
from itertools import chain
from typing import Any

import pytest
from django.db import connection
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.geo.models import NamedPlace
from portal.paging import Page, counted, in_words, page_of

pytestmark = pytest.mark.django_db
Places = QuerySet[NamedPlace]
ORDERS: dict[str, list[Any]] = {
    "rising": ["position", "pk"],
    "falling": ["-position", "-pk"],
    "mixed": ["-position", "name", "-pk"],
    "by number alone": ["-pk"],
    "empty ones last": [F("latitude").asc(nulls_last=True), "-pk"],
    "empty ones first": [F("latitude").desc(nulls_first=True), "position", "pk"],
    "empty ones where the database has them": ["latitude", "-longitude", "pk"],
    "empty ones twice": [F("latitude").desc(nulls_first=True), F("longitude").asc(nulls_last=True), "pk"],
    "worked out": [F("far").asc(nulls_last=True), "name", "pk"],
}
row = st.tuples(
    st.sampled_from([0, 1, 2]),
    st.sampled_from(["a", "b", "é"]),
    st.sampled_from([None, 54.7, 54.75]),
    st.sampled_from([None, -1.3]),
)
rows = st.lists(row, max_size=14)
in_this_process = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def place(position: int, name: str, latitude: float | None, longitude: float | None) -> NamedPlace:
    place.made += 1  # type: ignore[attr-defined]
    slug = f"made-up-{place.made}"  # type: ignore[attr-defined]
    return NamedPlace(name=name, slug=slug, position=position, latitude=latitude, longitude=longitude, kind="other")


place.made = 0  # type: ignore[attr-defined]


def fill(given_rows: list[tuple[Any, ...]]) -> None:
    NamedPlace.objects.all().delete()
    NamedPlace.objects.bulk_create([place(*one) for one in given_rows])


def ordered(order: list[Any]) -> Places:
    return NamedPlace.objects.annotate(far=F("latitude") - 54.71).order_by(*order)


def leafed_through(
    parts: Callable[[], Any], size: int, *, meanwhile: Callable[[], None] = lambda: None
) -> list[list[Any]]:
    """Every page from the first to the last."""
    page: Page[Any] = page_of(*parts(), asked={}, size=size)
    found = [list(page)]
    while page.after:
        meanwhile()
        page = page_of(*parts(), asked={"after": page.after}, size=size)
        if not page.before:
            break
        found.append(list(page))
    return found


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
@in_this_process
@given(rows=rows, size=st.integers(1, 5))
def test_forwards_and_back_show_each_row_once_in_order(order: list[Any], rows: list[Any], size: int) -> None:
    fill(rows)
    pages = leafed_through(lambda: [ordered(order)], size)
    assert [*chain(*pages)] == list(ordered(order))
    page: Page[Any] = page_of(ordered(order), asked={}, size=size)
    while page.after:
        page = page_of(ordered(order), asked={"after": page.after}, size=size)
    back = [list(page)]
    while page.before:
        page = page_of(ordered(order), asked={"before": page.before}, size=size)
        back.append(list(page))
    assert back == pages[::-1]


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
@in_this_process
@given(rows=rows, size=st.integers(1, 4), new=st.lists(row, max_size=5), gone=st.lists(st.integers(0, 20), max_size=5))
def test_what_stays_is_seen_once_though_rows_come_and_go(
    order: list[Any], rows: list[Any], size: int, new: list[Any], gone: list[int]
) -> None:
    fill(rows)
    coming, going = [place(*one) for one in new], list(gone)

    def meanwhile() -> None:
        if coming:
            coming.pop().save()
        there = list(NamedPlace.objects.order_by("pk"))
        if going and (number := going.pop()) < len(there):
            there[number].delete()

    at_first = set(NamedPlace.objects.all())
    seen = [*chain(*leafed_through(lambda: [ordered(order)], size, meanwhile=meanwhile))]
    left = list(ordered(order))
    assert len(seen) == len({one.pk for one in seen})
    assert [one for one in seen if one in left] == [one for one in left if one in seen]
    assert at_first & set(left) <= set(seen)


@in_this_process
@given(rows=rows, size=st.integers(1, 5))
def test_several_lists_lie_end_to_end_and_some_are_woven_into_one(rows: list[Any], size: int) -> None:
    fill(rows)
    every = NamedPlace.objects.annotate(key=F("pk") * 2)
    columns = ("pk", "name", "key")
    low, high = every.filter(position=0), every.filter(position__gt=0)
    parts = [
        every.filter(latitude=None).order_by("-pk").values(*columns),
        tuple(one.filter(latitude__gt=0).order_by("name", "-key").values(*columns) for one in (low, high)),
    ]
    wanted = [*parts[0], *every.filter(latitude__gt=0).order_by("name", "-key").values(*columns)]
    assert [*chain(*leafed_through(lambda: parts, size))] == wanted


@pytest.mark.parametrize(
    "asked",
    [
        {"page": "7"},
        {"after": "x"},
        {"after": "WzAsMSwyXQ.AAAA"},
        {"before": "a\x00b"},
        {"before": "." * 3000},
        {"after": "é"},
    ],
)
def test_an_address_that_says_nothing_shows_the_first_page(asked: dict[str, str]) -> None:
    fill([(1, "a", None, None)] * 3)
    assert page_of(ordered(["pk"]), asked=asked, size=2) == page_of(ordered(["pk"]), asked={}, size=2)


def test_a_mark_is_good_for_its_own_list_and_as_it_was_written() -> None:
    fill([(1, "a", None, None)] * 3)
    first = page_of(ordered(["pk"]), asked={}, size=2)
    assert page_of(ordered(["pk"]), asked={"after": first.after}, size=2) != first
    assert page_of(ordered(["pk"]), asked={"after": f"{first.after[:-1]}~"}, size=2) == first
    assert page_of(ordered(["-pk"]), asked={"after": first.after}, size=2).before == ""


def test_where_all_that_followed_is_gone_the_first_page_is_shown() -> None:
    fill([(1, "a", None, None)] * 3)
    first = page_of(ordered(["pk"]), asked={}, size=2)
    NamedPlace.objects.exclude(pk__in=[one.pk for one in first]).delete()
    assert list(page_of(ordered(["pk"]), asked={"after": first.after}, size=2)) == list(first)


@pytest.mark.parametrize("order", [[], ["name"], [Coalesce("latitude", Value(0.0)).asc(), "pk"]])
def test_a_list_without_an_order_down_to_one_row_has_no_pages(order: list[Any]) -> None:
    with pytest.raises(ValueError, match="with pages is ordered"):
        page_of(NamedPlace.objects.order_by(*order) if order else NamedPlace.objects.all(), asked={}, size=2)


@pytest.mark.parametrize(("order", "most"), [("rising", 1), ("empty ones first", 3), ("mixed", 2)])
def test_a_page_far_down_takes_as_many_questions_as_the_second(order: str, most: int) -> None:
    fill([(1, "a", 54.7, None)] * 60)
    seen, mark = set(), page_of(ordered(ORDERS[order]), asked={}, size=2).after
    while mark:
        with CaptureQueriesContext(connection) as queries:
            mark = page_of(ordered(ORDERS[order]), asked={"after": mark}, size=2).after
        seen.add(len(queries))
        assert not any("COUNT(" in one["sql"] or "OFFSET" in one["sql"] for one in queries)
    assert max(seen) <= most


def test_a_count_says_no_more_than_anybody_wants_to_know(monkeypatch: pytest.MonkeyPatch) -> None:
    fill([(1, "a", None, None)] * 4)
    assert (counted(NamedPlace.objects.all()), in_words(4)) == (4, 4)
    monkeypatch.setattr("portal.paging.MOST_COUNTED", 2)
    assert (counted(NamedPlace.objects.all()), in_words(3)) == (3, "More than 2")
