"""A keeper does what staff do, at their own venue, and history says that it was the keeper."""

from datetime import date

import pytest
from django.utils import timezone

from engagement.directory.models import Keeper, SessionChange
from engagement.directory.running import deeds
from engagement.directory.running.forms import CancelForm, OffForm, SessionForm, TogetherForm
from portal.audit.models import AuditEvent
from tests.factories.directory import TIMES, make_activity, make_venue, the_schedule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]


def test_history_says_which_keeper_called_it_off_and_took_it_back() -> None:
    schedule = the_schedule(make_activity())
    keeper = Keeper.objects.create(venue=schedule.venue, email="kay@example.org", added_at=timezone.now())
    form = CancelForm({"on": "2026-12-02", "reason": "boiler broken"})
    assert deeds.cancel(form, schedule=schedule, by=None, keeper=keeper)
    assert deeds.restore(SessionForm({"on": "2026-12-02"}), schedule=schedule, by=None, keeper=keeper)
    change = SessionChange.objects.get()
    assert (change.made_by, change.made_by_keeper, change.undone_by_keeper) == (None, keeper, keeper)
    told = AuditEvent.objects.about(schedule.activity).newest_first()[:2]
    assert [event.detail["keeper"] for event in told] == [keeper.pk, keeper.pk]


def test_a_keeper_calls_off_only_what_is_at_their_venue() -> None:
    there, corner = make_venue(), make_venue("Kettle Corner")
    activity = make_activity(schedules=[{"venue": there, **TIMES}, {"venue": corner, **TIMES}])
    theirs = activity.schedules.get(venue=corner)
    form = OffForm({"first": "2026-12-01", "last": "2026-12-10", "reason": ""})
    assert deeds.cancel_days(form, activity=activity, by=None, schedules=[theirs])
    said = SessionChange.objects.live()
    assert [(one.schedule, one.session_on) for one in said] == [
        (theirs, date(2026, 12, 2)),
        (theirs, date(2026, 12, 9)),
    ]
    again = OffForm({"first": "2026-12-01", "last": "2026-12-10", "reason": ""})
    assert not deeds.cancel_days(again, activity=activity, by=None, schedules=[theirs])
    assert again.errors["first"] == ["It is off on all of these days already."]
    assert deeds.restore_days(TogetherForm({"together": said[0].together}), activity=activity, by=None) == 2
