"""Asking, confirming, choosing, leaving and coming back."""

from collections.abc import Callable
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from newsletter.actions import subscriptions
from newsletter.actions.subscriptions import (
    NotPossible,
    ask,
    come_back,
    confirm,
    leave,
    stop_for_complaint,
)
from newsletter.choices import Choices
from newsletter.consent_words import CURRENT, WORDINGS
from newsletter.models import Consent, Subscriber, Topic
from newsletter.workflow import SubscriberState
from portal.audit.models import AuditEvent
from portal.emails.models import Suppression
from portal.emails.suppression import suppress
from tests.conftest import Person
from tests.factories.newsletter import a_reader

pytestmark = pytest.mark.django_db


def events(action: str) -> int:
    return AuditEvent.objects.filter(action=f"newsletter.{action}").count()


def a_consent(reader: Subscriber, **fields: object) -> Consent:
    return Consent.objects.create(
        subscriber=reader, wording_version="1", wording="Yes", **{"given_at": timezone.now(), **fields}
    )


def test_asking_keeps_the_evidence_and_waits_for_the_button() -> None:
    reader = ask(email=" Ann@Example.org ")
    assert (reader.email, reader.state) == ("Ann@Example.org", SubscriberState.PENDING)
    (consent,) = reader.consents.all()
    assert (consent.wording_version, consent.wording) == (CURRENT, WORDINGS[CURRENT])
    assert consent.source == Consent.Source.WEB
    assert consent.confirmed_at is None
    assert events("ask") == 1


def test_staff_may_record_a_paper_form(editor: Person) -> None:
    reader = ask(email="ann@example.org", by=editor.user, source=Consent.Source.PAPER)
    (consent,) = reader.consents.all()
    assert (consent.source, consent.recorded_by) == (Consent.Source.PAPER, editor.user)


def test_the_history_and_the_queue_hold_no_address() -> None:
    ask(email="ann@example.org")
    assert "ann@" not in str(list(AuditEvent.objects.values()))
    assert "ann@" not in str(list(DBTaskResult.objects.values()))


def test_asking_twice_in_other_letters_makes_one_reader() -> None:
    assert ask(email="ann@example.org") == ask(email="ANN@EXAMPLE.ORG")
    assert Subscriber.objects.count() == 1


def test_the_database_refuses_the_same_address_twice() -> None:
    a_reader("ann@example.org")
    with pytest.raises(IntegrityError):
        a_reader("Ann@Example.org")


def test_two_people_asking_at_once_make_one_reader() -> None:
    known = a_reader("ann@example.org")
    with patch.object(subscriptions.Subscriber.objects.with_address("x").__class__, "first", return_value=None):
        assert subscriptions._reader_of("Ann@example.org") == known


@pytest.mark.parametrize("state", SubscriberState)
def test_asking_changes_nothing_for_an_address_that_is_known(state: SubscriberState) -> None:
    reader = a_reader(state=state)
    ask(email=reader.email)
    reader.refresh_from_db()
    assert reader.state == state
    assert reader.consents.count() == 1


def test_nobody_is_flooded_with_mails_by_somebody_else() -> None:
    for number in range(5):
        ask(email="ann@example.org", choices=Choices(topics=(number,)))
    assert Consent.objects.count() == 3
    assert DBTaskResult.objects.count() == 3


def test_the_next_day_one_may_ask_again() -> None:
    reader = ask(email="ann@example.org")
    Consent.objects.update(given_at=timezone.now() - timedelta(days=2))
    for number in range(3):
        ask(email="ann@example.org", choices=Choices(topics=(number,)))
    assert reader.consents.count() == 4


def test_pressing_the_button_twice_sends_one_mail() -> None:
    reader = ask(email="ann@example.org")
    ask(email="ANN@example.org")
    assert (reader.consents.count(), DBTaskResult.objects.count()) == (1, 1)
    Consent.objects.update(given_at=timezone.now() - timedelta(minutes=11))
    ask(email="ann@example.org")
    assert (reader.consents.count(), DBTaskResult.objects.count()) == (2, 2)


def test_who_left_in_between_gets_a_new_link_at_once() -> None:
    leave(subscriber=ask(email="ann@example.org"))
    confirm(consent=ask(email="ann@example.org").consents.latest("pk"))
    assert Subscriber.objects.get().state == SubscriberState.ACTIVE


def test_coming_back_again_and_again_uses_up_no_mail() -> None:
    reader = a_reader()
    for _ in range(3):
        come_back(subscriber=leave(subscriber=reader))
    ask(email=reader.email)
    assert DBTaskResult.objects.count() == 1


@pytest.mark.parametrize("reason", Suppression.Reason)
def test_where_mail_is_stopped_nobody_comes_back_by_a_link(reason: Suppression.Reason) -> None:
    gone = leave(subscriber=a_reader("gone@example.org"))
    consent = ask(email="new@example.org").consents.get()
    for address in ("gone@example.org", "new@example.org"):
        suppress(address=address, reason=reason)
    with pytest.raises(NotPossible, match="cannot write to this address"):
        come_back(subscriber=gone)
    with pytest.raises(NotPossible, match="cannot write to this address"):
        confirm(consent=consent)
    assert not Subscriber.objects.candidates().exists()
    assert not Consent.objects.exclude(confirmed_at=None).exists()


def test_confirming_starts_the_newspaper() -> None:
    reader = ask(email="ann@example.org")
    consent = reader.consents.get()
    confirmed = confirm(consent=consent)
    consent.refresh_from_db()
    assert confirmed.state == SubscriberState.ACTIVE
    assert confirmed.confirmed_at is not None
    assert consent.confirmed_at is not None
    assert events("confirm") == 1


def test_confirming_twice_changes_nothing() -> None:
    consent = ask(email="ann@example.org").consents.get()
    first = confirm(consent=consent).confirmed_at
    assert confirm(consent=consent).confirmed_at == first
    assert events("confirm") == 1


def test_an_old_link_does_not_bring_back_somebody_who_left() -> None:
    consent = ask(email="ann@example.org").consents.get()
    reader = confirm(consent=consent)
    leave(subscriber=reader)
    with pytest.raises(NotPossible, match="left after"):
        confirm(consent=consent)
    reader.refresh_from_db()
    assert reader.state == SubscriberState.LEFT


def test_who_left_may_ask_anew_and_confirm() -> None:
    reader = a_reader(state=SubscriberState.LEFT, left_at=timezone.now() - timedelta(days=90))
    confirmed = confirm(consent=a_consent(reader))
    assert confirmed.state == SubscriberState.ACTIVE
    assert confirmed.left_at is None


@pytest.mark.parametrize("state", [SubscriberState.ACTIVE, SubscriberState.PENDING])
def test_leaving(state: SubscriberState) -> None:
    reader = leave(subscriber=a_reader(state=state))
    assert reader.state == SubscriberState.LEFT
    assert reader.left_at is not None
    assert events("leave") == 1


def test_leaving_twice_keeps_the_first_time() -> None:
    reader = leave(subscriber=a_reader())
    first = reader.left_at
    assert leave(subscriber=reader).left_at == first
    assert events("leave") == 1


def test_a_complaint_stops_everything() -> None:
    assert stop_for_complaint(subscriber=a_reader()).state == SubscriberState.LEFT
    assert AuditEvent.objects.get(action="newsletter.leave").detail == {"because": "complaint"}


def test_a_mistaken_leaving_is_undone_with_a_consent_of_its_own() -> None:
    reader = leave(subscriber=a_reader())
    back = come_back(subscriber=reader)
    assert back.state == SubscriberState.ACTIVE
    assert back.left_at is None
    assert back.consents.get().confirmed_at is not None
    assert events("come_back") == 1


def test_after_a_week_one_asks_afresh() -> None:
    reader = a_reader(state=SubscriberState.LEFT, left_at=timezone.now() - timedelta(days=8))
    with pytest.raises(NotPossible, match="more than a week"):
        come_back(subscriber=reader)


@pytest.mark.parametrize("state", [SubscriberState.ACTIVE, SubscriberState.PENDING])
def test_who_has_not_left_has_nothing_to_undo(state: SubscriberState) -> None:
    with pytest.raises(NotPossible, match="nothing to undo"):
        come_back(subscriber=a_reader(state=state))


def test_who_never_confirmed_cannot_come_back_without_confirming() -> None:
    reader = leave(subscriber=a_reader(state=SubscriberState.PENDING))
    with pytest.raises(NotPossible, match="nothing to undo"):
        come_back(subscriber=reader)


def test_evidence_is_never_edited() -> None:
    consent = a_consent(a_reader())
    consent.wording = "Something else"
    with pytest.raises(TypeError, match="appended"):
        consent.save()


def test_names_of_rows_give_nobody_away(run_worker: Callable[[], None]) -> None:
    reader = a_reader()
    assert str(reader) == f"reader {reader.pk}"
    assert "ann" not in str(a_consent(reader))


def test_what_was_chosen_waits_with_the_asking_and_counts_from_the_button() -> None:
    topic = Topic.objects.create(name="Food", slug="food")
    reader = ask(email="ann@example.org", choices=Choices(frequency="weekly", topics=(topic.pk,)))
    assert (reader.frequency, reader.topics.count()) == ("each_issue", 0)
    reader = confirm(consent=reader.consents.get())
    assert (reader.frequency, list(reader.topics.all())) == ("weekly", [topic])


def test_nobody_chooses_for_a_reader_by_typing_their_address() -> None:
    reader = confirm(consent=ask(email="ann@example.org").consents.get())
    ask(email="Ann@example.org", choices=Choices(frequency="weekly"))
    confirm(consent=reader.consents.newest_first()[0])
    reader.refresh_from_db()
    assert reader.frequency == "each_issue"


def test_a_topic_that_is_gone_meanwhile_is_left_out() -> None:
    consent = ask(email="ann@example.org", choices=Choices(topics=(12345,), place=12345)).consents.get()
    reader = confirm(consent=consent)
    assert (reader.topics.count(), reader.place) == (0, None)


def test_an_asking_from_before_there_were_choices_is_for_everything() -> None:
    assert confirm(consent=a_consent(a_reader(state=SubscriberState.PENDING))).frequency == "each_issue"


def test_whose_address_is_deleted_cannot_be_confirmed() -> None:
    with pytest.raises(NotPossible, match="deleted"):
        confirm(consent=a_consent(a_reader("", state=SubscriberState.PENDING)))


def test_a_reader_is_found_by_any_spelling_and_by_the_index() -> None:
    reader = a_reader("Ann@xn--bcher-kva.example")
    for typed in ("ann@bücher.example", " ANN@BÜCHER.Example ", "ann@xn--bcher-kva.example"):
        assert Subscriber.objects.with_address(typed).get() == reader
    assert not Subscriber.objects.with_address("").exists()
    if connection.vendor == "sqlite":
        assert "one_subscriber_per_address" in Subscriber.objects.with_address("ann@example.org").explain()
