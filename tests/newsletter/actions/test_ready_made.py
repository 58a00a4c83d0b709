"""SQL that is worked out once asks and changes what the models' own words would, with the values of each time."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from newsletter.actions.ready_made import MOST_KEPT, ReadyMade
from newsletter.models import Subscriber
from newsletter.workflow import SubscriberState
from tests.factories.newsletter import readers

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def by_number(numbers: list[int]) -> QuerySet[Subscriber, Any]:
    return Subscriber.objects.filter(pk__in=numbers).order_by("pk").values_list("pk", "email")


def test_a_question_finds_what_the_models_find_each_time() -> None:
    asked, found = ReadyMade(by_number), [reader.pk for reader in readers(4)]
    assert asked(found[:2]) == list(by_number(found[:2]))
    assert asked(found[2:]) == list(by_number(found[2:]))
    assert asked(found) == list(by_number(found))


def test_an_update_changes_its_rows_and_says_which() -> None:
    def renamed(numbers: list[int], name: str, since: Any, left_at: Any) -> tuple[Any, dict[str, Any]]:
        return Subscriber.objects.filter(pk__in=numbers, asked_at__gte=since), {"name": name, "left_at": left_at}

    first, second, third = readers(3)
    Subscriber.objects.filter(pk=second.pk).update(asked_at=NOW - timedelta(days=2))
    update, day = ReadyMade(renamed, "email"), timedelta(days=1)
    assert update([first.pk, second.pk], "Ann", NOW - day, NOW) == [(first.pk, first.email)]
    assert sorted(update([second.pk, third.pk], "100 % Bob", NOW - 3 * day, NOW + day)) == [
        (second.pk, second.email),
        (third.pk, third.email),
    ]
    kept = dict(Subscriber.objects.values_list("name", "left_at"))
    assert kept == {"Ann": NOW, "100 % Bob": NOW + day}


def test_it_is_put_into_words_once_for_as_many_values_and_a_long_one_is_not_kept() -> None:
    made = []

    def noted(numbers: list[int]) -> QuerySet[Subscriber, Any]:
        made.append(len(numbers))
        return by_number(numbers)

    asked = ReadyMade(noted)
    for how_many in (2, 2, 3, 2, MOST_KEPT + 1, MOST_KEPT + 1):
        asked(list(range(how_many)))
    assert made == [2, 3, MOST_KEPT + 1, MOST_KEPT + 1]


def test_nothing_is_asked_about_nobody(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert ReadyMade(by_number)([]) == []


def test_an_error_of_the_database_is_told_as_django_tells_it() -> None:
    def without_a_state(numbers: list[int]) -> tuple[Any, dict[str, Any]]:
        return Subscriber.objects.filter(pk__in=numbers), {"asked_at": F("left_at")}

    (reader,) = readers(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReadyMade(without_a_state)([reader.pk])
    assert Subscriber.objects.get(pk=reader.pk).state == SubscriberState.ACTIVE


def test_behind_a_pool_of_connections_it_is_asked_without_preparing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    (reader,) = readers(1)
    assert ReadyMade(by_number)([reader.pk]) == [(reader.pk, reader.email)]
