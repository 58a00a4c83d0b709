"""A keeper does what staff do, at their own venue, and history says that it was the keeper."""

import pytest
from django.utils import timezone

from engagement.directory.models import Keeper, SessionChange
from engagement.directory.sessions_desk import deeds
from engagement.directory.sessions_desk.forms import CancelForm, UndoForm
from portal.audit.models import AuditEvent
from tests.factories.directory import make_activity, the_schedule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]


def test_history_says_which_keeper_called_it_off_and_took_it_back() -> None:
    schedule = the_schedule(make_activity())
    keeper = Keeper.objects.create(venue=schedule.venue, email="kay@example.org", added_at=timezone.now())
    form = CancelForm({"on": "2026-12-02", "reason": "boiler broken"})
    assert deeds.cancel(form, schedule=schedule, by=None, keeper=keeper)
    assert deeds.restore(
        UndoForm({"change": SessionChange.objects.get().pk}), schedule=schedule, by=None, keeper=keeper
    )
    change = SessionChange.objects.get()
    assert (change.made_by, change.made_by_keeper, change.undone_by_keeper) == (None, keeper, keeper)
    told = AuditEvent.objects.about(schedule.activity).newest_first()[:2]
    assert [event.detail["keeper"] for event in told] == [keeper.pk, keeper.pk]
