"""Counts can be made anew at any time, and a theme's pins move when staff change how it shows places."""

from io import StringIO

import pytest
from django.core.management import call_command

from engagement.comments.actions.keeping import keep
from engagement.comments.actions.rebuilding import rebuild_counts, theme_changed
from engagement.comments.models import CellCount, PlaceComment
from portal.audit.models import AuditEvent
from portal.geo.coordinates import Point
from tests.conftest import Person
from tests.engagement.comments.actions.test_keeping import counted, counted_anew, version
from tests.factories.comments import make_comment, make_published, make_theme, make_volume

pytestmark = pytest.mark.django_db


def test_wrong_counts_are_made_right() -> None:
    make_volume(60, spread=0.02)
    right = counted()
    CellCount.objects.filter(good__gt=0).update(good=99)
    CellCount.objects.order_by("-pk")[:1].get().delete()
    assert rebuild_counts() == len(right)
    assert counted() == counted_anew() == right
    assert version() == 2


def test_the_command_says_how_many_squares(coordinator: Person) -> None:
    make_published(by=coordinator.user, pin=Point(54.76, -1.31))
    said = StringIO()
    call_command("rebuild_map_cells", stdout=said)
    call_command("rebuild_map_cells", stdout=said)
    assert said.getvalue() == "13 squares counted.\n" * 2
    assert AuditEvent.objects.filter(action="comments.rebuild_counts").count() == 2


def test_nothing_published_is_nothing_counted() -> None:
    make_comment(pin=Point(54.76, -1.31))
    assert rebuild_counts() == 0


def test_a_theme_that_becomes_sensitive_moves_its_pins_and_back(coordinator: Person) -> None:
    put = Point(54.761234, -1.311234)
    theme = make_theme("home")
    comment = make_published(by=coordinator.user, pin=put, theme=theme)
    waiting = make_comment(pin=put, theme=theme)
    other = make_published(by=coordinator.user, pin=put, theme=make_theme("bins"))
    theme.is_sensitive = True
    theme.save()
    theme_changed(theme=theme, by=coordinator.user, moves_pins=True)
    for moved in PlaceComment.objects.filter(pk__in=[comment.pk, waiting.pk]):
        assert moved.point != put
        assert moved.exact_point == put
    assert PlaceComment.objects.get(pk=other.pk).point == put
    assert counted() == counted_anew()
    theme.is_sensitive = False
    theme.save()
    theme_changed(theme=theme, by=coordinator.user, moves_pins=True)
    assert {found.point for found in PlaceComment.objects.all()} == {put}
    assert set(PlaceComment.objects.values_list("exact_latitude", flat=True)) == {None}
    assert counted() == counted_anew()


def test_a_theme_with_another_name_is_told_and_moves_nothing(coordinator: Person) -> None:
    comment = make_published(by=coordinator.user, pin=Point(54.76, -1.31), theme=make_theme("home"))
    before = version()
    theme_changed(theme=comment.theme, by=coordinator.user, moves_pins=False)  # type: ignore[arg-type]
    assert version() == before + 1
    assert keep(comment).point == Point(54.76, -1.31)
