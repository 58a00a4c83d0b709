"""The morning mail to moderators: numbers, never words; on working days, and only where something waits."""

from datetime import timedelta

import pytest
from django.core import mail

from engagement.comments.desk.digest import hand_out, write
from engagement.comments.models import Addition
from portal.tasks import REGULAR
from tests.conftest import Person, member_of_staff
from tests.factories.comments import MONDAY, make_comment, make_published

pytestmark = pytest.mark.django_db


def test_it_comes_every_morning() -> None:
    assert REGULAR["comments.digest"].daily_at is not None


def test_everybody_who_looks_after_comments_gets_one(coordinator: Person, editor: Person) -> None:
    gone = member_of_staff("gone", "coordinator").user
    gone.is_active = False
    gone.save()
    make_comment("Ring 07700 900123 about Dave")
    make_comment("Waits", now=MONDAY - timedelta(days=3))
    Addition.objects.create(comment=make_published(by=coordinator.user), words="More", added_at=MONDAY)
    assert hand_out(now=MONDAY) == 1
    write(coordinator.user.pk, now=MONDAY)
    write(editor.user.pk, now=MONDAY)
    (letter,) = mail.outbox
    assert letter.to == ["coordinator@demo.example"]
    assert letter.subject == "Together: 2 comments to read"
    assert "1 held, 1 waiting, 0 shown" in letter.body
    assert "waited 3 days" in letter.body
    assert "1 with words that the author added later" in letter.body
    assert "Dave" not in str(letter.message())


def test_none_comes_where_nothing_waits_and_none_on_a_day_off(coordinator: Person) -> None:
    assert hand_out(now=MONDAY) == 0
    make_comment()
    assert hand_out(now=MONDAY - timedelta(days=1)) == 0
    assert hand_out(now=MONDAY) == 1


def test_a_mail_server_that_does_not_answer_is_tried_again(
    coordinator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django_tasks_db.models import DBTaskResult

    def refuse(**_: object) -> bool:
        raise OSError

    monkeypatch.setattr("engagement.comments.desk.digest.send", refuse)
    for tries in range(3):
        write(coordinator.user.pk, now=MONDAY, tries=tries)
    assert DBTaskResult.objects.count() == 2
