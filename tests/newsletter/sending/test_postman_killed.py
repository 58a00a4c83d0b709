"""A worker that dies at any step of a sending: nobody has it twice, and nobody is skipped."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from newsletter.actions import deliveries
from newsletter.models import Campaign, Delivery
from newsletter.sending import postman
from newsletter.workflow import LEASE, CampaignState, DeliveryState
from tests.conftest import Person
from tests.factories.newsletter import a_campaign, readers, work_waiting
from tests.newsletter.conftest import Clock
from tests.newsletter.mail_server import Killed, MailServer

pytestmark = pytest.mark.django_db
CarryOn = Callable[[Campaign], Campaign]
FIVE = {f"reader{number}@example.org" for number in range(5)}


@pytest.fixture(autouse=True)
def _small_helpings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postman, "BATCH", 2)


@pytest.fixture
def campaign(editor: Person) -> Campaign:
    readers(5)
    return a_campaign(editor.user)


def counts(campaign: Campaign) -> Counter[str]:
    return campaign.deliveries.counts()


# Of the first copy, the second, … and of the first batch of two, the second, the third.
STEPS = [
    *((step, number) for step in ("began", "went") for number in (1, 2, 3, 5)),
    *((step, number) for step in ("claimed", "done", "written down") for number in (1, 2, 3)),
]
BY_COPY = {"began", "went"}


def kill_at(step: str, number: int, server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the worker die at one step of its `number`th copy or batch."""
    seen = 0

    def maybe(*_: Any, **__: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            raise Killed

    def before(real: Callable[..., Any]) -> Callable[..., Any]:
        def dies_first(**arguments: Any) -> Any:
            maybe()
            return real(**arguments)

        return dies_first

    def after(real: Callable[..., Any]) -> Callable[..., Any]:
        def dies_last(**arguments: Any) -> Any:
            answer = real(**arguments)
            maybe()
            return answer

        return dies_last

    if step == "claimed":
        monkeypatch.setattr(deliveries, "begin", before(deliveries.begin))
    elif step == "began":
        server.before = maybe
    elif step == "went":
        server.after = maybe
    elif step == "done":
        monkeypatch.setattr(deliveries, "submit", before(deliveries.submit))
    else:
        monkeypatch.setattr(deliveries, "submit", after(deliveries.submit))


@pytest.mark.parametrize(("step", "number"), STEPS)
def test_after_a_kill_at_any_step_nobody_is_doubled_and_nobody_skipped(
    step: str,
    number: int,
    campaign: Campaign,
    carry_on: CarryOn,
    server: MailServer,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patched:
        kill_at(step, number, server, patched)
        with pytest.raises(Killed):
            carry_on(campaign)
    server.before = server.after = lambda address: None
    clock.wait(LEASE + timedelta(seconds=1))
    carry_on(campaign)

    # A batch is written down as a whole, together with the beginning of the next: after a kill all of the one that was going
    # over, or was not written down yet, is uncertain, and no other.
    was_under_way = min(2, 5 - (number - 1) // 2 * 2) if step in BY_COPY else min(2, 5 - (number - 1) * 2)
    if step == "claimed":
        # Where workers share, the first batch is written down by itself, before another worker is called.
        written_down = 2 if connection.features.has_select_for_update_skip_locked else 1
        was_under_way = 2 if number > written_down else 0
    assert campaign.state == CampaignState.SENT
    assert counts(campaign)[DeliveryState.UNCERTAIN] == was_under_way
    assert counts(campaign)[DeliveryState.SUBMITTED] == 5 - was_under_way
    assert max(server.copies.values()) == 1
    uncertain = {copy.subscriber.email for copy in Delivery.objects.uncertain() if copy.subscriber}
    assert FIVE - set(server.copies) <= uncertain


def test_before_the_lease_runs_out_another_worker_leaves_the_dead_one_s_copies_alone(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        kill_at("went", 1, server, patched)
        with pytest.raises(Killed):
            carry_on(campaign)
    server.after = lambda address: None
    carry_on(campaign)
    # The claim of the dead one was five batches long; its batch of two had begun.
    assert server.copies == Counter({"reader0@example.org"})
    assert counts(campaign) == {DeliveryState.SENDING: 2, DeliveryState.QUEUED: 3}
    assert campaign.state == CampaignState.SENDING


def test_a_later_look_lies_in_the_queue_and_carries_on_by_itself(
    campaign: Campaign,
    carry_on: CarryOn,
    server: MailServer,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    run_worker: Callable[[], None],
) -> None:
    with monkeypatch.context() as patched:
        kill_at("went", 2, server, patched)
        with pytest.raises(Killed):
            carry_on(campaign)
    server.after = lambda address: None
    (first, later) = work_waiting("deliver_campaign")
    assert later.run_after == clock.now + postman.LOOK_AGAIN_AFTER
    first.delete()
    later.run_after = clock.now - timedelta(hours=1)
    later.save()
    Delivery.objects.update(claimed_until=clock.now - timedelta(hours=1))
    run_worker()
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.SENT
    assert server.copies == Counter(FIVE)


def test_there_is_one_later_look_however_many_slices(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postman, "BATCHES_A_SLICE", 1)
    for _ in range(3):
        carry_on(campaign)
    looks = [work for work in work_waiting("deliver_campaign") if work.run_after == campaign.next_look_at]
    assert len(looks) == 1
