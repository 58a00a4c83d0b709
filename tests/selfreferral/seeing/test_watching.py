"""Every Monday each lead is told how often somebody looked at what another holds: numbers and a link."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from portal.emails.again import WAITS
from portal.tasks import REGULAR, enqueue_on_commit
from selfreferral.actions.looking import look
from selfreferral.seeing import watching
from selfreferral.seeing.watching import tell_lead_who_looked, tell_leads_who_looked
from tests.conftest import Person
from tests.factories.selfreferral import claimed

pytestmark = pytest.mark.django_db


def test_it_comes_on_mondays_at_seven() -> None:
    work = REGULAR["selfreferral.who_looked"]
    assert (work.daily_at, work.weekday, work.work) == (time(7), 0, tell_leads_who_looked)


def test_leads_are_told_numbers_and_no_names(lead: Person, navigator: Person, run_worker: Callable[[], None]) -> None:
    referral = claimed(by=navigator.user, now=timezone.now())
    moment = timezone.now() - timedelta(days=7)
    with pytest.MonkeyPatch.context() as a_week_ago:
        a_week_ago.setattr("portal.audit.record.timezone.now", lambda: moment)
        for _ in range(3):
            look(referral=referral, by=lead.user, now=moment)
        look(referral=referral, by=navigator.user, now=moment)
    enqueue_on_commit(tell_leads_who_looked)
    run_worker()
    [message] = mail.outbox
    assert message.to == ["lead@demo.example"]
    assert message.subject == "Who looked last week: 3 looks at what another holds"
    assert "1 of the team looked 3 times" in message.body
    assert "http://localhost:8000/staff/referrals/looks/week/" in message.body
    whole = message.message().as_string()
    for secret in (referral.reference, referral.nickname, "Navigator", "Example"):
        assert secret not in whole
    assert {"args": [], "kwargs": {"lead_id": lead.user.pk}} in [row.args_kwargs for row in DBTaskResult.objects.all()]


def test_a_quiet_week_is_told_too(lead: Person, run_worker: Callable[[], None]) -> None:
    enqueue_on_commit(tell_leads_who_looked)
    run_worker()
    assert "nobody looked at a request that somebody else holds" in mail.outbox[0].body


def test_who_leads_no_longer_gets_no_mail(lead: Person) -> None:
    lead.user.groups.clear()
    tell_lead_who_looked.call(lead_id=lead.user.pk)
    assert mail.outbox == []


def test_a_mail_server_that_is_away_is_tried_again_and_not_for_ever(
    lead: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**_: object) -> bool:
        raise OSError

    monkeypatch.setattr(watching, "send", away)
    tell_lead_who_looked.call(lead_id=lead.user.pk)
    assert DBTaskResult.objects.get().args_kwargs["kwargs"] == {"lead_id": lead.user.pk, "tries": 1}
    tell_lead_who_looked.call(lead_id=lead.user.pk, tries=len(WAITS))
    assert DBTaskResult.objects.count() == 1
