"""A mail server, a reader's mail program and a clock for the tests of sending."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from newsletter.models import Campaign
from newsletter.sending import choice, postman
from newsletter.workflow import UNDO_FOR
from tests.conftest import Person
from tests.newsletter.mail_server import MailServer


class Clock:
    """Time that moves when a test says so."""

    def __init__(self) -> None:
        self.now = timezone.now() + UNDO_FOR

    def __call__(self) -> datetime:
        return self.now

    def wait(self, span: timedelta) -> None:
        self.now += span


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def program() -> Person:
    """A mail program: no cookie, no token, no page that it comes from, and the server checks for all of them."""
    return Person(enforce_csrf_checks=True)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> MailServer:
    made = MailServer()
    monkeypatch.setattr(choice, "get_connection", lambda: made)
    return made


@pytest.fixture
def carry_on(clock: Clock) -> Callable[[Campaign], Campaign]:
    """One slice of work on a sending, by this clock."""

    def work(campaign: Campaign) -> Campaign:
        postman.carry_on(campaign.pk, clock=clock)
        campaign.refresh_from_db()
        return campaign

    return work
