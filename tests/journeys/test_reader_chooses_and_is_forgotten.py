"""A reader asks for some topics, changes her mind, rests for the winter, has it posted, leaves, and is forgotten."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from newsletter.actions.sweeping import wake_paused
from newsletter.links import leave_path
from newsletter.models import Subscriber, Topic
from newsletter.readers.posting import posted_to
from newsletter.workflow import SubscriberState
from portal.audit.models import AuditEvent
from tests.conftest import Person
from tests.factories.newsletter import a_weekly_mail, an_area
from tests.factories.purging import purged
from tests.journeys.test_reader_subscribes_and_leaves import path_in


@pytest.mark.django_db
@pytest.mark.usefixtures("as_a_person")
def test_a_reader_chooses_and_is_forgotten(
    resident: Person, coordinator: Person, run_worker: Callable[[], None]
) -> None:
    for position, name in enumerate(["Food", "Sport"]):
        Topic.objects.create(name=name, slug=name.lower(), position=position)
    area = an_area()

    # She asks for food in Horden, once a week; the mail's button makes it count.
    form = resident.get("/news/subscribe/").context["form"]
    asked = {"email": "ann@example.org", "shown": form.initial["shown"], "website": "", "topics": "food"}
    a_weekly_mail()
    resident.post("/news/subscribe/", {**asked, "place": area.code, "frequency": "weekly"})
    run_worker()
    confirmed = resident.post(path_in(mail.outbox.pop().body, "/news/confirm/")).content.decode()
    assert "You get one mail a week" in confirmed
    own_page = confirmed.split('href="/news/preferences/', 1)[1].split('"', 1)[0]
    own_page = f"/news/preferences/{own_page}"

    # Her own page says what holds; she wants sport too, in each issue.
    assert "Food" in resident.get(own_page).content.decode()
    resident.post(own_page, {"do": "choose", "topics": ["food", "sport"], "frequency": "each_issue"})
    assert "Food, Sport" in resident.get(own_page).content.decode()

    # She rests for the winter, and on the first of March the night begins again.
    resident.post(own_page, {"do": "pause", "pause": "winter"})
    reader = Subscriber.objects.get()
    assert reader.paused_until is not None
    assert wake_paused(today=reader.paused_until) == 1

    # She would rather have paper: the coordinator looks at the address and says yes.
    resident.post(own_page, {"do": "post", "name": "Ann Lee", "postal_address": "1 Third Street\nHorden SR8 4LX"})
    assert "Ann Lee" in coordinator.get("/staff/newspaper/readers/posted/").content.decode()
    coordinator.post(f"/staff/newspaper/readers/{reader.pk}/settle/", {"is_real": "yes"})
    assert posted_to(None) == [reader]

    # She leaves. Four weeks later nothing of her is kept, and her old links still answer.
    resident.post(own_page, {"do": "leave"})
    assert posted_to(None) == []
    assert purged(timezone.now() + timedelta(days=29), "newsletter.left") == 1
    reader.refresh_from_db()
    assert (reader.state, reader.email, reader.name, reader.postal_address) == (SubscriberState.LEFT, "", "", "")
    assert "You are off the list" in resident.get(leave_path(reader.pk)).content.decode()
    history = str(list(AuditEvent.objects.values()))
    assert "ann@" not in history
    assert "Ann Lee" not in history
