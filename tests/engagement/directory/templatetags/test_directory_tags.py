"""The front page gets a few rows of what is warm and what is on, in few queries."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from engagement.directory.actions import cancel_session
from tests.factories.directory import make_activity, make_venue, the_schedule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]

PAGE = (
    "{% load directory_tags %}{% warm_now limit=3 as warm %}{% upcoming_sessions limit=3 as coming %}"
    "{% for row in warm %}{{ row.title }}|{{ row.status.label }}|{{ row.meta }}\n{% endfor %}--\n"
    "{% for row in coming %}{{ row.title }}|{{ row.meta }}|{{ row.tag.label }}\n{% endfor %}"
)


def render(**extra: Any) -> str:
    identity = SimpleNamespace(latitude=54.76, longitude=-1.31)
    return Template(PAGE).render(Context({"identity": identity, **extra}))


def test_open_and_close_by_comes_first_then_what_opens_soonest() -> None:
    make_venue("Open Far", latitude=55.4, longitude=-1.6)
    make_venue("Opens Tuesday", opening_hours="Tu 10:00-12:00; PH off")
    make_venue("Opens Tomorrow", opening_hours="Th 10:00-12:00; PH off")
    make_venue("Open Near", food="yes")
    make_venue("Mystery", opening_hours="")
    warm = render().split("--")[0].splitlines()
    assert warm == [
        "Open Near|Open until 1:30pm|Food or a hot drink",
        "Opens Tomorrow|Opens 10am tomorrow|",
        "Opens Tuesday|Opens Tuesday 10am|",
    ]


def test_each_activity_once_with_its_day_and_cancelled_ones_say_so() -> None:
    venue = make_venue()
    daily = make_activity("Warm room", venue=venue, recurrence="FREQ=DAILY")
    make_activity("Singing", venue=venue, recurrence="FREQ=WEEKLY;BYDAY=FR")
    cancel_session(schedule=the_schedule(daily), on=date(2026, 11, 25), reason="boiler broken", by=None)
    coming = render().split("--\n")[1].splitlines()
    assert coming == [
        "Warm room|Today, Wednesday 25 November, 11:30am to 1:30pm · Lantern Hall · Free|Not today: boiler broken",
        "Singing|Friday 27 November, 11:30am to 1:30pm · Lantern Hall · Free|",
    ]


def test_both_together_take_few_queries_however_many_there_are() -> None:
    for number in range(12):
        make_activity(f"Soup {number}", venue=make_venue(f"Hall {number}"))
    with CaptureQueriesContext(connection) as queries:
        render()
    assert len(queries) <= 14


def test_an_empty_directory_has_no_rows() -> None:
    assert render() == "--\n"
