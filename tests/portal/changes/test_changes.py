"""What is remembered holds until a table that it read is written, by whomever and however, and never beyond its minute."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction

from engagement.directory.models import Venue
from portal import changes
from portal.changes import noting, remembered, tables_of
from portal.changes import places as kept
from portal.changes.places import InCache, Nowhere, OnThisMachine
from portal.geo.models import NamedPlace
from tests.factories.comments import make_place
from tests.factories.directory import make_venue

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(autouse=True)
def _begun_anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    changes.forget()
    monkeypatch.setattr(changes, "this_minute", lambda: 1)
    yield
    changes.forget()


def names() -> list[str]:
    return remembered("names", lambda: sorted(Venue.objects.values_list("name", flat=True)))


def rename_all(name: str) -> None:
    Venue.objects.update(name=name)


def by_raw_words(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("update directory_venue set name = %s", [name])


def by_saving(name: str) -> None:
    venue = Venue.objects.get()
    venue.name = name
    venue.save()


def in_many(name: str) -> None:
    venue = Venue.objects.get()
    venue.name = name
    Venue.objects.bulk_update([venue], ["name"])


def by_another(name: str) -> None:
    def work() -> None:
        rename_all(name)
        connection.close()

    other = Thread(target=work)
    other.start()
    other.join()


@pytest.mark.parametrize("change", [rename_all, by_raw_words, by_saving, in_many, by_another])
def test_every_way_of_writing_is_heard(change: Any) -> None:
    make_venue("Before")
    assert names() == ["Before"]
    change("After")
    assert names() == ["After"]


def test_a_new_row_and_a_deleted_one_are_heard() -> None:
    assert names() == []
    make_venue("New")
    assert names() == ["New"]
    Venue.objects.all().delete()
    assert names() == []


def test_what_is_not_written_is_asked_once(django_assert_num_queries: Any) -> None:
    make_venue("Lantern Hall")
    names()
    make_place()
    with django_assert_num_queries(0):
        assert names() == ["Lantern Hall"]


def test_in_the_next_minute_it_is_asked_again(monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any) -> None:
    names()
    monkeypatch.setattr(changes, "this_minute", lambda: 2)
    with django_assert_num_queries(1):
        names()


def test_a_change_counts_when_it_is_there_for_all() -> None:
    make_venue("Before")
    names()
    with transaction.atomic():
        rename_all("After")
        # Whoever wrote it sees it; for others it is not so yet.
        assert names() == ["After"]
    assert names() == ["After"]


def test_what_was_taken_back_changes_nothing(django_assert_num_queries: Any) -> None:
    make_venue("Before")
    names()
    with transaction.atomic():
        rename_all("Never")
        transaction.set_rollback(True)
    with django_assert_num_queries(0):
        assert names() == ["Before"]


def test_a_part_taken_back_does_not_hide_what_stays() -> None:
    make_venue("Before")
    names()
    with transaction.atomic():
        with transaction.atomic():
            rename_all("Never")
            transaction.set_rollback(True)
        rename_all("After")
    assert names() == ["After"]


def test_who_reads_before_and_keeps_after_a_change_keeps_nothing() -> None:
    """Somebody is still drawing a page when what they read is changed."""
    make_venue("Before")

    def slowly() -> list[str]:
        read = list(Venue.objects.values_list("name", flat=True))
        rename_all("After")
        return read

    assert remembered("slow", slowly) == ["Before"]
    assert remembered("slow", lambda: list(Venue.objects.values_list("name", flat=True))) == ["After"]


def test_what_is_made_of_something_remembered_depends_on_it_too() -> None:
    make_venue("Before")
    names()
    with noting() as read:
        names()
    assert read.is_still_so()
    rename_all("After")
    assert not read.is_still_so()


def test_two_processes_of_a_machine_hear_each_other(tmp_path: Path) -> None:
    here, there = OnThisMachine(tmp_path / "file"), OnThisMachine(tmp_path / "file")
    then = {"a": here.of("a"), "b": here.of("b")}
    there.renew(["b"])
    assert here.are({"a": then["a"]})
    assert not here.are(then)


def test_without_room_for_the_file_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = Nowhere()
    monkeypatch.setattr(changes, "generations", lambda: nowhere)
    make_venue("Before")
    assert names() == ["Before"]
    rename_all("After")
    assert names() == ["After"]


def test_a_file_that_cannot_be_made_is_said_and_stops_nothing(settings: Any, tmp_path: Path) -> None:
    settings.GENERATIONS = tmp_path / "away" / "file"
    kept.generations.cache_clear()
    try:
        assert isinstance(kept.generations(), Nowhere)
    finally:
        kept.generations.cache_clear()


class Away:
    """A cache that is not there, as django-redis shows it."""

    def get(self, name: str, otherwise: Any = None) -> Any:
        return otherwise

    def add(self, name: str, value: Any, timeout: Any = 0) -> bool:
        return False

    def get_many(self, names: list[str]) -> dict[str, Any]:
        return {}

    def set_many(self, values: dict[str, Any], timeout: Any = 0) -> list[str]:
        return list(values)


def test_while_the_shared_cache_is_away_nothing_that_was_kept_is_used() -> None:
    shared: Any = Away()
    there = InCache(shared)
    assert not there.are({"a": there.of("a")})
    there.renew(["a"])


def test_over_a_shared_cache_every_machine_hears_a_change() -> None:
    from django.core.cache import cache

    here, there = InCache(cache), InCache(cache)
    then = {"a": here.of("a"), "b": here.of("b")}
    assert there.are(then)
    there.renew(["b"])
    assert here.are({"a": then["a"]})
    assert not here.are(then)
    cache.clear()
    assert not here.are(then)


@pytest.mark.parametrize(
    ("sql", "tables", "is_written"),
    [
        ('SELECT "a"."id" FROM "a" INNER JOIN "b" ON (1) LEFT OUTER JOIN "c" ON (2)', ("a", "b", "c"), False),
        ('SELECT "a"."id" FROM "a" WHERE "a"."update" = 1 FOR UPDATE', ("a",), False),
        ('INSERT INTO "a" ("x") VALUES (1)', ("a",), True),
        ('INSERT OR IGNORE INTO "a" ("x") SELECT "x" FROM "b"', ("a", "b"), True),
        ('UPDATE "a" SET "x" = 1', ("a",), True),
        ('DELETE FROM "a" WHERE 1', ("a",), True),
        ("with b as (select 1) update a set x = 1", ("a",), True),
        ("WITH b AS (SELECT 1 FROM c) SELECT * FROM b", ("b", "c"), False),
        ('TRUNCATE TABLE "a"', ("a",), True),
        ("PRAGMA foreign_keys", (), False),
    ],
)
def test_tables_are_read_out_of_statements(sql: str, tables: tuple[str, ...], is_written: bool) -> None:
    found, writes = tables_of(sql)
    assert set(tables) <= set(found)
    assert writes == is_written


def test_a_named_place_is_a_table_of_its_own() -> None:
    with noting() as read:
        list(NamedPlace.objects.all())
    assert set(read.tables) == {NamedPlace._meta.db_table}
