"""A form that stood open in another tab writes only what was typed in it."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from engagement.directory.actions import change_activity
from engagement.directory.models import Activity, Organisation, Schedule, Venue
from tests.conftest import Person
from tests.factories.directory import TIMES, make_activity, make_venue, the_schedule
from tests.factories.organisations import make_contact, make_group

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]


def opened(person: Person, path: str) -> dict[str, Any]:
    """What a browser sends back of a form where nobody typed anything."""
    form = person.get(path).context["form"]
    formsets = list(getattr(form, "formsets", {}).values())
    rows = getattr(form, "hours_rows", None)
    forms = [form, *formsets, *(one for some in formsets for one in some.initial_forms)]
    if rows is not None:
        forms += [rows.management_form, *rows.forms, rows.holidays]
    sent: dict[str, Any] = {}
    for one in forms:
        one = getattr(one, "management_form", one)
        for field in one:
            value = field.value()
            sent[field.html_name] = "" if value is None or value is False else value
    return {name: value for name, value in sent.items() if value != ""}


def saved(person: Person, path: str, data: dict[str, Any]) -> None:
    answer = person.post(path, data)
    assert answer.status_code == 302, answer.context["form"].errors


def test_a_stale_tab_of_a_venue_keeps_what_was_written_since(coordinator: Person) -> None:
    hall = make_venue(description="A hall", phone="01632 960000")
    path = f"/staff/venues/edit/{hall.pk}/"
    stale = opened(coordinator, path)
    others = {
        "checked_at": timezone.now(),
        "opening_hours": "Mo 10:00-12:00; PH off",
        "description": "Warm",
        "hours_proposed": "Tu 10:00-12:00",
    }
    Venue.objects.filter(pk=hall.pk).update(**others)
    saved(coordinator, path, {**stale, "phone": "01632 960999"})
    now = Venue.objects.get(pk=hall.pk)
    assert now.phone == "01632 960999"
    assert {name: getattr(now, name) for name in others} == others


def test_a_fresh_tab_writes_over_what_it_showed(coordinator: Person) -> None:
    hall = make_venue(description="A hall")
    path = f"/staff/venues/edit/{hall.pk}/"
    saved(coordinator, path, {**opened(coordinator, path), "description": "Warm"})
    saved(coordinator, path, {**opened(coordinator, path), "description": ""})
    assert Venue.objects.get(pk=hall.pk).description == ""


def test_a_stale_tab_of_an_activity_keeps_words_and_times_that_were_written_since(coordinator: Person) -> None:
    soup = make_activity()
    path = f"/staff/activities/edit/{soup.pk}/"
    stale, first = opened(coordinator, path), the_schedule(soup)
    other = make_venue("Kettle Corner")
    rows = [{"pk": first.pk, "starts_at": time(11)}, {**TIMES, "venue": other, "starts_on": date(2026, 1, 7)}]
    change_activity(activity=soup, by=None, cost="£2", schedules=rows)
    Activity.objects.filter(pk=soup.pk).update(checked_at=timezone.now() - timedelta(days=1))
    saved(coordinator, path, {**stale, "description": "With bread"})
    now = Activity.objects.get(pk=soup.pk)
    assert (now.cost, now.description, now.checked_at is None) == ("£2", "With bread", False)
    kept = Schedule.objects.of(soup).order_by("pk")
    assert [(one.starts_at, one.venue_id) for one in kept] == [(time(11), first.venue_id), (time(11, 30), other.pk)]


def test_what_a_tab_showed_is_not_believed_where_it_is_nonsense(coordinator: Person) -> None:
    hall = make_venue()
    path = f"/staff/venues/edit/{hall.pk}/"
    for nonsense in ("[]", "{", '{"phone": 1}', ""):
        saved(coordinator, path, {**opened(coordinator, path), "shown": nonsense, "phone": "01632 960999"})
        assert Venue.objects.get(pk=hall.pk).phone == "01632 960999"


def test_a_stale_tab_of_a_group_and_of_somebody_to_ask_keeps_what_was_written_since(coordinator: Person) -> None:
    group = make_group()
    joan = make_contact(group)
    for path, entry, field in (("organisations", group, "phone"), ("contacts", joan, "role")):
        path = f"/staff/{path}/edit/{entry.pk}/"
        stale = opened(coordinator, path)
        type(entry).objects.filter(pk=entry.pk).update(email="new@example.org")
        saved(coordinator, path, {**stale, field: "01632 960999"})
        entry.refresh_from_db()
        assert (getattr(entry, field), entry.email) == ("01632 960999", "new@example.org")


def test_pressed_twice_makes_one(coordinator: Person) -> None:
    for path, model, typed in (
        ("venues", Venue, {"name": "Lantern Hall"}),
        ("organisations", Organisation, {"name": "Soup Friends"}),
    ):
        address = f"/staff/{path}/new/"
        page = opened(coordinator, address)
        assert page["once"]
        for _ in range(2):
            saved(coordinator, address, {**page, **typed})
        saved(coordinator, address, {**opened(coordinator, address), **typed})
        assert model.objects.count() == 2
        saved(coordinator, address, {**page, **typed, "once": ""})
        assert model.objects.count() == 3
