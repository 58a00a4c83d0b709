"""A request moves on from state to state, its clock stops and runs on, and each step is written down."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.audit.models import AuditEvent
from portal.refusals import Refused
from portal.rights.actions.moving import Given, extend, move, note, open_request
from portal.rights.deadlines import due_on
from portal.rights.models import SubjectRequest
from portal.rights.workflow import State
from tests.conftest import Person
from tests.factories.newsletter import a_reader
from tests.factories.rights import WREN, a_request, being_decided, being_looked_for

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
A_DAY = timedelta(days=1)


def test_the_clock_runs_from_the_day_on_which_it_came(lead: Person) -> None:
    came = TODAY - 3 * A_DAY
    request = open_request(
        kind="access", scope="everything", channel="letter", received_on=came, letter="", by=lead.user, now=NOW
    )
    assert request.due_on == due_on(came)
    assert [step.what for step in request.steps.all()] == ["Written down"]
    assert AuditEvent.objects.called("rights.open").about(request).count() == 1


def test_a_day_to_come_is_refused(lead: Person) -> None:
    with pytest.raises(Refused, match="future"):
        open_request(
            kind="access",
            scope="everyday",
            channel="letter",
            received_on=TODAY + A_DAY,
            letter="",
            by=lead.user,
            now=NOW,
        )


def test_a_coordinator_answers_only_what_is_about_everyday_rooms(
    coordinator: Person, lead: Person, navigator: Person, administrator: Person
) -> None:
    a_request(by=coordinator.user, scope="everyday")
    with pytest.raises(Refused, match="Give this to the lead"):
        a_request(by=coordinator.user)
    of_the_lead = a_request(by=lead.user)
    for person in (coordinator, navigator, administrator):
        with pytest.raises(Refused, match="not yours"):
            note(request=of_the_lead, words="Rang.", by=person.user, now=NOW)


def test_who_they_are_sets_the_clock_to_the_day_on_which_we_know(lead: Person) -> None:
    request = a_request(by=lead.user, now=NOW)
    request = move(request=request, change="ask", by=lead.user, now=NOW, given=Given(question="identity"))
    assert request.stopped_on == TODAY
    later = NOW + 10 * A_DAY
    request = move(request=request, change="begin", by=lead.user, now=later, given=Given(identity="known"))
    assert (request.begins_on, request.due_on) == (TODAY + 10 * A_DAY, due_on(TODAY + 10 * A_DAY))
    assert request.identity_checked_by == lead.user
    assert not request.is_clock_stopped


def test_what_they_mean_adds_the_days_that_it_stood(lead: Person) -> None:
    request = being_looked_for(by=lead.user)
    request = move(request=request, change="ask", by=lead.user, now=NOW, given=Given(question="meaning"))
    request = move(request=request, change="begin", by=lead.user, now=NOW + 4 * A_DAY)
    assert request.begins_on == request.received_on
    assert request.due_on == due_on(request.received_on, paused_days=4)


def test_more_time_is_given_once_for_a_reason_and_within_the_month(lead: Person) -> None:
    request = a_request(by=lead.user)
    with pytest.raises(Refused, match="why it takes longer"):
        extend(request=request, because="tired", by=lead.user, now=NOW)
    too_late = a_request(by=lead.user)
    SubjectRequest.objects.filter(pk=too_late.pk).update(due_on=TODAY - A_DAY)
    with pytest.raises(Refused, match="within the first month"):
        extend(request=too_late, because="complex", by=lead.user, now=NOW)
    request = extend(request=request, because="complex", by=lead.user, now=NOW)
    assert request.due_on == due_on(TODAY, is_extended=True)
    with pytest.raises(Refused, match="already"):
        extend(request=request, because="many", by=lead.user, now=NOW)


def test_nothing_is_decided_before_every_room_was_looked_into(lead: Person) -> None:
    request = being_looked_for(by=lead.user)
    with pytest.raises(Refused, match="Nobody has looked here yet: Accounts, Comments"):
        move(request=request, change="decide", by=lead.user, now=NOW)


def test_it_is_not_answered_before_something_was_handed_out(lead: Person) -> None:
    a_reader(WREN)
    request = being_decided(by=lead.user)
    with pytest.raises(Refused, match="Nothing was handed out"):
        move(request=request, change="finish", by=lead.user, now=NOW, given=Given(words="Sent."))


def test_where_nothing_is_held_it_is_answered_at_once(lead: Person) -> None:
    request = being_decided(by=lead.user)
    request = move(request=request, change="finish", by=lead.user, now=NOW, given=Given(words="Told them: nothing."))
    assert request.where is State.DONE
    assert request.closed_at == NOW
    with pytest.raises(Refused, match="closed"):
        extend(request=request, because="many", by=lead.user, now=NOW)
    with pytest.raises(Refused, match="does not go from there"):
        move(request=request, change="look_again", by=lead.user, now=NOW)


def test_a_refusal_says_by_which_law(lead: Person) -> None:
    request = a_request(by=lead.user)
    with pytest.raises(Refused, match="why it is refused"):
        move(request=request, change="refuse", by=lead.user, now=NOW, given=Given(words="No."))
    refusal = Given(words="Told them, and of the Commissioner.", ground="excessive")
    request = move(request=request, change="refuse", by=lead.user, now=NOW, given=refusal)
    assert (request.where, request.ground) == (State.REFUSED, "excessive")


def test_an_empty_note_is_refused(lead: Person) -> None:
    with pytest.raises(Refused, match="Write something"):
        note(request=a_request(by=lead.user), words=" ", by=lead.user, now=NOW)
