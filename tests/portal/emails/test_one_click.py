"""One click in the mails of every room: whichever mail it came with, the same promises as the newspaper's."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone

from engagement.comments.hearing.links import alert_end_path, stop_path
from engagement.comments.hearing.links import leave_headers as headers_of_comments
from engagement.comments.models import Alert, Follower
from engagement.directory.listening.links import leave_headers as headers_of_directory
from engagement.directory.listening.links import leave_path
from engagement.directory.models import Listener
from tests.conftest import Person
from tests.factories.comments import make_comment
from tests.factories.directory import make_activity
from tests.factories.following import make_alert, make_follower
from tests.factories.listening import make_listener

PRESSED = {"List-Unsubscribe": "One-Click"}
TWO_YEARS = timedelta(days=730)
ROOMS = ["alert", "comment", "session"]


def a_link(room: str) -> str:
    """The link of a mail from this room, as it was sent two years ago."""
    with patch("django.core.signing.time.time", return_value=(timezone.now() - TWO_YEARS).timestamp()):
        if room == "alert":
            return alert_end_path(make_alert())
        if room == "comment":
            return stop_path(make_follower(make_comment()))
        return leave_path(make_listener(make_activity()))


def how_many() -> int:
    return Alert.objects.count() + Follower.objects.count() + Listener.objects.count()


@pytest.mark.parametrize("headers", [headers_of_comments, headers_of_directory], ids=["comments", "directory"])
def test_every_room_writes_both_headers(headers: Callable[[str], dict[str, str]], settings: Any) -> None:
    settings.BASE_URL = "https://together.example.org"
    written = headers("/a/link/")
    assert written["List-Unsubscribe"] == "<https://together.example.org/a/link/>"
    assert written["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.django_db
@pytest.mark.parametrize("room", ROOMS)
def test_opening_a_link_changes_nothing_and_one_press_of_a_two_year_old_mail_is_enough(room: str) -> None:
    path, program = a_link(room), Person(enforce_csrf_checks=True)
    for method in ("get", "head", "get"):
        assert getattr(program, method)(path).status_code == 200
    assert program.put(path).status_code == 405
    assert program.post(path, {}).status_code == 403
    assert how_many() == 1
    program.cookies.clear()
    for _ in range(2):
        response = program.post(path, PRESSED)
        assert response.status_code == 200
        assert not response.cookies
    assert how_many() == 0
