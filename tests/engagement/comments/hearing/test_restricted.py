"""Whoever asked that their row is not used for now hears of no comment and no place until that is lifted."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from engagement.comments.actions.answering import respond
from engagement.comments.hearing.alerts import hand_out, write_alert
from engagement.comments.hearing.first_mails import ask_follower, ask_owner
from engagement.comments.models import Alert, Follower
from portal.privacy.restricting import lift_restriction, restrict
from tests.conftest import Person
from tests.factories.comments import make_published
from tests.factories.following import MIDDLE, make_alert, make_follower

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_no_mail_goes_to_a_follower_whose_row_is_not_used(
    coordinator: Person, lead: Person, run_worker: Callable[[], None]
) -> None:
    comment = make_published("The bins blow over.", by=coordinator.user)
    comment.stand_at(MIDDLE)
    comment.save()
    rows: list[Follower | Alert] = [
        make_follower(comment, "hears@example.org"),
        make_follower(comment, "asked@example.org", is_confirmed=False),
        make_alert("lives@example.org"),
        make_alert("wants@example.org", is_confirmed=False, words="Coast Road"),
    ]

    def everything_that_writes() -> set[str]:
        mail.outbox.clear()
        respond(comment=comment, words="We heard you", by=coordinator.user)
        ask_follower(rows[1].pk, tries=0)
        ask_owner(rows[3].pk, tries=0)
        hand_out(now=timezone.now() + timedelta(days=2))
        write_alert(rows[2].pk, now=timezone.now() + timedelta(days=2))
        run_worker()
        return {one.to[0] for one in mail.outbox} & {row.address for row in rows}

    for row in rows:
        restrict(row=row, request="R2D-2XY", by=lead.user, now=NOW)
    assert everything_that_writes() == set()
    for row in rows:
        lift_restriction(row=row, because="They said so", by=lead.user, now=NOW)
    assert everything_that_writes() == {row.address for row in rows}
