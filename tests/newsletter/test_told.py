"""What a reader is handed of the newspaper is in words: no names of fields, no codes, nothing that is empty."""

import re
from datetime import UTC, date, datetime

import pytest

from newsletter.held import items
from newsletter.models import Consent, Delivery, Subscriber, Topic
from newsletter.workflow import DeliveryState, Reason
from portal.privacy.people import Errand
from tests.conftest import Person
from tests.factories.newsletter import a_campaign, a_reader, an_area

pytestmark = pytest.mark.django_db
THEN = datetime(2026, 4, 5, 13, 5, tzinfo=UTC)
# Names of fields, codes of states, moments as machines write them, and lists or rows of JSON.
RAW = re.compile(r"\b[a-z]+_[a-z_]+\b|\d{4}-\d\d-\d\d|[{}\[\]]|None|False|True")


def handed(reader: Subscriber) -> dict[str, str]:
    errand = Errand(by=None, now=THEN, request="")
    return {item.label: item.words for item in items(f"reader:{reader.pk}", errand)}


def test_all_of_it_is_said_in_words(editor: Person) -> None:
    topic, place = Topic.objects.create(name="Warm rooms", slug="warm"), an_area("Horden", "E05009999")
    reader = a_reader(
        name="Ann Wren", postal_address="1 Pit Row", new_postal_address="2 Sea View", wants_large_print=True,
        wants_issues=False, paused_until=date(2026, 5, 1), place=place, asked_at=THEN, confirmed_at=THEN,
        left_at=THEN, left_mark="ab" * 32,
    )  # fmt: skip
    reader.topics.add(topic)
    Consent.objects.create(
        subscriber=reader, wording_version="1", wording="Yes, send it.", source=Consent.Source.PAPER, given_at=THEN,
        evidence="paper form, folder 3", recorded_by=editor.user, confirmed_at=THEN,
        choices={"frequency": "weekly", "topics": [topic.pk], "place": place.pk},
    )  # fmt: skip
    a_reader("somebody@example.org")
    sending = a_campaign(editor.user)
    Delivery.objects.filter(subscriber=reader).delete()
    Delivery.objects.create(
        campaign=sending, subscriber=reader, message_id="<1@x>", provider_id="p-7", submitted_at=THEN, settled_at=THEN,
        settled_by=editor.user, state=DeliveryState.FAILED, reason=Reason.TOO_MANY_TRIES,
    )  # fmt: skip
    told = handed(reader)
    said = "\n".join(f"{label}: {words}" for label, words in told.items())
    assert not RAW.findall(said)
    assert "ab" * 32 not in said
    assert told["How often"] == "each new issue"
    assert told["How you get it"] == "by e-mail"
    assert told["What you chose"] == "about Warm rooms, from Horden"
    assert told["A pause"] == "until 1 May 2026"
    assert told["You left"] == "5 April 2026, 14:05"
    assert told["Consent 1"].splitlines() == [
        "You asked on a paper form, 5 April 2026, 14:05.",
        "You confirmed it, 5 April 2026, 14:05.",
        "You chose one mail a week, about Warm rooms, from Horden.",
        "Written down by somebody of our team.",
        "Where the proof is: paper form, folder 3",
        "You read: “Yes, send it.”",
    ]
    assert told[sending.subject].splitlines()[:2] == [
        "Failed: the mail server kept saying “not now”",
        "Sent 5 April 2026, 14:05",
    ]
    for words in ("1 Pit Row", "2 Sea View", "<1@x>", "p-7", "Ann Wren", "ann@example.org", "no old list"):
        assert words in said


def test_what_is_empty_is_left_out() -> None:
    told = handed(a_reader())
    assert set(told) == {
        "Your e-mail address", "How you get it", "How often", "What you chose", "Where it stands", "You asked",
        "You confirmed",
    }  # fmt: skip
    assert all(told.values())
