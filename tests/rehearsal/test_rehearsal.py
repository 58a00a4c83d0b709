"""Two web processes and two workers on PostgreSQL and Redis; one of each is killed, and nothing is lost or doubled."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from engagement.comments.models import PlaceComment
from newsletter.models import Campaign
from newsletter.sending import postman
from newsletter.tasks import deliver_campaign
from newsletter.workflow import LEASE, CampaignState
from portal.accounts.models import User
from selfreferral.models import DraftReferral, Referral
from tests.conftest import PASSWORD
from tests.factories.comments import make_place
from tests.factories.newsletter import a_campaign, readers
from tests.factories.selfreferral import FOR_MYSELF, a_draft
from tests.rehearsal.machines import REDIS, Machines, redis_server
from tests.rehearsal.visitors import Visitor
from tests.upgrades.keep import surroundings

REFERRALS, COMMENTS, READERS, AT_ONCE = 40, 30, 300, 8
LONGEST_SECONDS = 120


@pytest.fixture
def shared_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database of its own beside the tests', which every process of the rehearsal shares; its address."""
    if connection.vendor != "postgresql":
        pytest.skip("several machines share PostgreSQL: set DATABASE_URL to rehearse them")
    if REDIS is None:
        pytest.skip("no Redis on this machine: install Debian's package redis-server")
    with django_db_blocker.unblock():
        connection.creation.clone_test_db(suffix="rehearsal", verbosity=0, autoclobber=True)
        own, there = connection.settings_dict, connection.creation.get_test_db_clone_settings("rehearsal")
        connection.close()
        connection.settings_dict = there
        try:
            name, word = there["USER"], there["PASSWORD"]
            yield f"postgres://{name}:{word}@{there['HOST']}:{there['PORT']}/{there['NAME']}"
        finally:
            connection.close()
            connection.settings_dict = own
            connection.creation.destroy_test_db(suffix="rehearsal", verbosity=0)


def addressees(folder: Path) -> Counter[str]:
    """To whom the newspaper went, by the files of the mail server."""
    mails = [message_from_bytes(path.read_bytes()) for path in folder.glob("*.eml")]
    return Counter(str(one["To"]) for one in mails if one["List-Unsubscribe"])


def until(happened: Any, what: str) -> None:
    """Others do it, so this looks again until it has happened or two minutes have gone."""
    deadline = time.monotonic() + LONGEST_SECONDS
    while not happened():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


@pytest.mark.enable_socket
def test_a_web_process_and_a_worker_die_and_nothing_is_lost_or_doubled(
    shared_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsletter.actions.campaigns.UNDO_FOR", timedelta(0))
    editor = User.objects.create_user("editor@demo.example", PASSWORD)
    place, people = make_place(), readers(READERS)
    drafts = [a_draft(now=timezone.now(), answers={**FOR_MYSELF, "name": f"Example {n}"}) for n in range(REFERRALS)]
    with redis_server(tmp_path) as cache:
        shared = {**surroundings(tmp_path), "DATABASE_URL": shared_database, "CACHE_URL": cache}
        with Machines({**shared, "FASTEST_PERSON_SECONDS": "0"}) as machines:
            campaign = a_campaign(editor)
            deliver_campaign.enqueue(campaign_id=campaign.pk)
            half_way, done = Event(), Counter[str]()

            def visits(number: int) -> tuple[str, str]:
                visitor = Visitor(machines.ports if number % 2 else machines.ports[::-1])
                if number < REFERRALS:
                    visitor.cookies["here"] = drafts[number]
                    told = ("referral", visitor.asks_for_help())
                else:
                    told = ("comment", visitor.leaves_a_comment(f"Swing {number} is broken.", place.pk))
                done[told[0]] += 1
                if sum(done.values()) > (REFERRALS + COMMENTS) // 3:
                    half_way.set()
                return told

            with ThreadPoolExecutor(AT_ONCE) as crowd:
                told = [crowd.submit(visits, number) for number in range(REFERRALS + COMMENTS)]
                half_way.wait(LONGEST_SECONDS)
                until(lambda: len(addressees(tmp_path / "mail")) > READERS // 10, "the sending did not begin")
                machines.kill_one_of_each()
                answered = [one.result() for one in told]
            until(lambda: not _to_hand_over(campaign), "the sending did not go on")
    _check_what_was_taken_in(answered)
    _check_what_was_sent(campaign, tmp_path / "mail", {person.email for person in people})


def _to_hand_over(campaign: Campaign) -> bool:
    """Copies that nobody has claimed; what the dead worker held waits until its time with them is over."""
    now = timezone.now()
    return campaign.deliveries.filter(state="queued").exclude(claimed_until__gt=now).exists()


def _check_what_was_taken_in(answered: list[tuple[str, str]]) -> None:
    """Whoever saw a reference is in the queue once, and nobody is twice."""
    references = [reference for kind, reference in answered if kind == "referral"]
    assert sorted(references) == sorted(Referral.objects.values_list("reference", flat=True))
    assert len(references) == REFERRALS
    assert not DraftReferral.objects.exists()
    words = Counter(PlaceComment.objects.values_list("words", flat=True))
    assert words == Counter(f"Swing {number} is broken." for number in range(REFERRALS, REFERRALS + COMMENTS))


def _check_what_was_sent(campaign: Campaign, folder: Path, everybody: set[str]) -> None:
    """The worker that is left ends it later; every reader has one mail, but for one batch at most of which nobody knows."""
    mail.outbox = []
    postman.carry_on(campaign.pk, clock=lambda: timezone.now() + 3 * LEASE)
    got = addressees(folder) + Counter(address for one in mail.outbox for address in one.to)
    uncertain = {copy.subscriber.email for copy in campaign.deliveries.uncertain() if copy.subscriber}
    assert max(got.values()) == 1
    assert set(got) | uncertain == everybody
    assert len(uncertain) <= postman.BATCH
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.SENT
