"""What providers tell, in our few words; and which addresses are stopped by it."""

from typing import Any

import pytest
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason

from portal.emails.models import SoftBounce, Suppression
from portal.emails.suppression import is_suppressed
from portal.emails.tracking import Fate, Word, hear, word_of

Stop = Suppression.Reason
ANN = "ann@example.org"
HARD = Word(fate=Fate.CAME_BACK, stop=Stop.BOUNCED)
SOFT = Word(fate=Fate.CAME_BACK, is_soft=True)


def event(kind: str, **fields: Any) -> AnymailTrackingEvent:
    return AnymailTrackingEvent(**{"event_type": kind, "recipient": ANN, "message_id": "m1", **fields})


@pytest.mark.parametrize(
    ("kind", "reason", "word"),
    [
        (EventType.QUEUED, None, Word(fate=Fate.TAKEN)),
        (EventType.SENT, None, Word(fate=Fate.TAKEN)),
        (EventType.DEFERRED, None, Word(fate=Fate.TAKEN)),
        (EventType.DELIVERED, None, Word(fate=Fate.ARRIVED)),
        (EventType.COMPLAINED, RejectReason.SPAM, Word(fate=Fate.CALLED_SPAM, stop=Stop.COMPLAINED)),
        (EventType.UNSUBSCRIBED, None, Word(fate=Fate.ARRIVED, stop=Stop.ASKED)),
        (EventType.FAILED, None, Word(fate=Fate.CAME_BACK)),
        (EventType.REJECTED, RejectReason.INVALID, Word(fate=Fate.NOT_SENT, stop=Stop.BOUNCED)),
        (EventType.REJECTED, RejectReason.BOUNCED, Word(fate=Fate.NOT_SENT, stop=Stop.BOUNCED)),
        (EventType.REJECTED, RejectReason.SPAM, Word(fate=Fate.NOT_SENT, stop=Stop.COMPLAINED)),
        (EventType.REJECTED, RejectReason.UNSUBSCRIBED, Word(fate=Fate.NOT_SENT, stop=Stop.ASKED)),
        (EventType.REJECTED, RejectReason.BLOCKED, Word(fate=Fate.CAME_BACK)),
        (EventType.REJECTED, None, Word(fate=Fate.CAME_BACK)),
        (EventType.BOUNCED, RejectReason.BOUNCED, HARD),
        (EventType.BOUNCED, RejectReason.TIMED_OUT, SOFT),
        (EventType.OPENED, None, None),
        (EventType.CLICKED, None, None),
        (EventType.AUTORESPONDED, None, None),
        (EventType.SUBSCRIBED, None, None),
        (EventType.UNKNOWN, None, None),
    ],
)
def test_each_kind_of_event_has_its_meaning(kind: str, reason: str | None, word: Word | None) -> None:
    assert word_of(event(kind, reject_reason=reason)) == word


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"mta_response": "550 5.1.1 <ann@example.org> no such user"}, HARD),
        ({"mta_response": "smtp; 550 5.2.1 mailbox disabled"}, HARD),
        ({"mta_response": "550 no such user"}, HARD),
        ({"mta_response": "550 5.1.1 from [10.5.2.2]"}, HARD),
        ({"mta_response": "552 5.2.2 mailbox full"}, SOFT),
        ({"mta_response": "452 4.2.2 over quota"}, SOFT),
        ({"mta_response": "421 try later"}, SOFT),
        ({"mta_response": "550 5.7.1 looks like spam"}, SOFT),
        ({"mta_response": "550 5.4.7 expired"}, SOFT),
        ({"description": "Transient: MailboxFull"}, SOFT),
        ({"description": "Permanent: General"}, HARD),
        ({"esp_event": {"Type": "SoftBounce"}}, SOFT),
        ({"esp_event": {"type": "blocked"}}, SOFT),
        ({"esp_event": "not a table"}, HARD),
        ({}, HARD),
    ],
)
def test_a_dead_address_is_told_from_a_full_mailbox(fields: dict[str, Any], word: Word) -> None:
    assert word_of(event(EventType.BOUNCED, reject_reason=RejectReason.BOUNCED, **fields)) == word


@pytest.mark.django_db
def test_what_came_back_for_good_and_complaints_stop_the_address_at_once_and_twice_is_once() -> None:
    for _ in range(2):
        hear(None, event(EventType.BOUNCED, reject_reason=RejectReason.BOUNCED))
    assert Suppression.objects.get().reason == Stop.BOUNCED
    hear(None, event(EventType.COMPLAINED))
    assert Suppression.objects.get().reason == Stop.COMPLAINED


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kind", [EventType.QUEUED, EventType.DEFERRED, EventType.DELIVERED, EventType.OPENED, EventType.FAILED]
)
def test_nothing_else_stops_an_address(kind: str) -> None:
    for number in range(3):
        hear(None, event(kind, message_id=f"m{number}"))
    assert not Suppression.objects.exists()
    assert not SoftBounce.objects.exists()


@pytest.mark.django_db
def test_one_mail_that_came_back_for_now_counts_once_and_an_arrival_forgets_it() -> None:
    def full(mail: str) -> AnymailTrackingEvent:
        return event(EventType.BOUNCED, mta_response="552 5.2.2 full", metadata={"copy": mail})

    for _ in range(3):
        hear(None, full("a@host"))
    hear(None, event(EventType.DELIVERED))
    hear(None, full("b@host"))
    assert not is_suppressed(ANN)
    hear(None, full("c@host"))
    assert is_suppressed(ANN)


@pytest.mark.django_db
@pytest.mark.parametrize("address", [None, "", "nobody", 7, ["ann@example.org"]])
def test_an_event_without_an_address_stops_nobody(address: Any) -> None:
    hear(None, event(EventType.COMPLAINED, recipient=address))
    assert not Suppression.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", [None, 7, "x" * 500, "a\x00b"])
def test_rubbish_for_a_name_does_no_harm(name: Any) -> None:
    hear(None, event(EventType.BOUNCED, message_id=name, event_id=name, mta_response="4.2.2", metadata=name))
    assert SoftBounce.objects.get().mail == ""
