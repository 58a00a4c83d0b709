"""Whatever happens to a village in a day, nobody is shown yesterday's page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from engagement.comments.actions.moderating import decide
from engagement.comments.models import PlaceComment
from engagement.directory.models import Venue
from portal.accounts.models import User
from portal.pages.models import HomePage, SiteIdentity
from tests.conftest import Person, member_of_staff
from tests.factories.comments import make_published
from tests.factories.directory import make_venue

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("within_a_minute"),
]
SHOWN = ("/", "/warm-spaces/", "/whats-on/", "/have-your-say/")


def read(path: str) -> str:
    return str(Person().get(path).content.decode())


def drawn_anew(path: str) -> str:
    """The page for somebody with a cookie, for whom nothing is ever kept."""
    return str(Person().get(path, headers={"cookie": "a=b"}).content.decode())


def publish(by: User, number: int) -> None:
    make_published(f"Words number {number} about a bench.", by=by)


def take_down(by: User, number: int) -> None:
    shown = PlaceComment.objects.published().first()
    if shown:
        decide(comment=shown, change="withdraw", by=by, reason="asked")


def open_a_place(by: User, number: int) -> None:
    make_venue(f"Hall {number} {timezone.now():%f}")


def rename(by: User, number: int) -> None:
    Venue.objects.update(name=f"House {number}")


def hide(by: User, number: int) -> None:
    Venue.objects.filter(pk__in=Venue.objects.values("pk")[:1]).update(is_listed=False)


def close_for_good(by: User, number: int) -> None:
    venue = Venue.objects.last()
    if venue:
        venue.delete()


def welcome(by: User, number: int) -> None:
    home = HomePage.objects.get()
    home.welcome = f"<p>Welcome for the {number}th time.</p>"
    home.save_revision(user=by).publish()


def call_it(by: User, number: int) -> None:
    SiteIdentity.objects.update(place_name=f"Village {number}")


def begin_and_stop(by: User, number: int) -> None:
    with transaction.atomic():
        Venue.objects.update(name="Never")
        transaction.set_rollback(True)


def half_of_it(by: User, number: int) -> None:
    with transaction.atomic():
        with transaction.atomic():
            Venue.objects.update(description="Never")
            transaction.set_rollback(True)
        Venue.objects.update(description=f"Half of {number}")


EVENTS: tuple[Callable[[User, int], None], ...] = (
    publish, take_down, open_a_place, rename, hide, close_for_good, welcome, call_it, begin_and_stop, half_of_it,
)  # fmt: skip


@settings(max_examples=6)
@given(days=st.lists(st.tuples(st.sampled_from(EVENTS), st.integers(1, 99), st.sampled_from(SHOWN)), max_size=5))
def test_no_sequence_of_edits_ever_serves_yesterdays_page(days: Any) -> None:
    coordinator = User.objects.filter(email__startswith="busy").first() or member_of_staff("busy", "coordinator").user
    for event, number, path in days:
        read(path)
        event(coordinator, number)
        for each in SHOWN:
            before = drawn_anew(each)
            shown = read(each)
            # Drawn before and after, for the clock goes on.
            assert shown in (before, drawn_anew(each)), (event.__name__, each)
