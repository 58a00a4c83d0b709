"""A neighbour asks to hear what is new around a street, gets one mail with what was said and answered, and leaves."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from engagement.comments.actions.answering import respond
from engagement.comments.hearing.alerts import hand_out
from engagement.comments.models import Alert
from tests.conftest import Person
from tests.factories.comments import make_place, make_published
from tests.factories.following import link_in


@pytest.mark.django_db
@pytest.mark.usefixtures("as_a_person")
def test_a_neighbour_follows_a_street(resident: Person, coordinator: Person, run_worker: Callable[[], None]) -> None:
    street = make_place()
    long_ago = timezone.now() - timedelta(days=9)
    known = make_published("The lamp is out.", by=coordinator.user, named_place=street, now=long_ago)

    # From the list she finds the page, chooses the street, and presses the button behind the link in our mail.
    assert 'href="/have-your-say/alerts/"' in resident.get("/have-your-say/").content.decode()
    form = resident.get("/have-your-say/alerts/").context["form"]
    typed = {"named_place": street.pk, "often": "daily", "address": "ann@example.org", "shown": form.initial["shown"]}
    assert "Look in your mail" in resident.post("/have-your-say/alerts/", typed, follow=True).content.decode()
    run_worker()
    confirm = link_in(mail.outbox.pop().body, "/have-your-say/alerts/confirm/")
    assert "We will write to you" in resident.post(confirm).content.decode()

    # Something is said and something is answered; the next morning one mail tells both, and no second one the day after.
    make_published("More trees here.", by=coordinator.user, named_place=street, now=timezone.now())
    respond(comment=known, words="It is mended.", by=coordinator.user)
    Alert.objects.update(told_until=timezone.now() - timedelta(days=1))
    hand_out(now=timezone.now())
    run_worker()
    (morning,) = mail.outbox
    assert morning.subject == "Around Third Street: 2 things are new"
    assert "The lamp is out." in morning.body
    assert "More trees here." in morning.body
    assert hand_out(now=timezone.now() + timedelta(hours=23)) == 1
    run_worker()
    assert len(mail.outbox) == 1

    # She leaves from the foot of the mail: the page asks, one press does it, and her address is gone.
    stop = link_in(morning.body, "/have-your-say/alerts/stop/")
    assert "Stop these mails" in resident.get(stop).content.decode()
    assert "We have stopped" in resident.post(stop).content.decode()
    assert not Alert.objects.exists()
