"""A partner is shown what was chosen for them under an agreement that holds, until it ends, and nothing beside."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.audit.models import AuditEvent
from portal.refusals import Refused
from selfreferral.actions.returning import stop
from selfreferral.actions.sharing import (
    end_agreement,
    end_lapsed_views,
    look_shared,
    share,
    stop_sharing,
)
from selfreferral.actions.triage import move
from selfreferral.models import Acquaintance, Note, Referral, RiskFlag, SharedView
from selfreferral.models.sealing import place
from selfreferral.refusals import NotYours, SomethingMissing
from selfreferral.sharing import parts as sharing
from selfreferral.workflow import State
from tests.conftest import Person, member_of_staff
from tests.factories.selfreferral import FOR_MY_SISTER, WEDNESDAY, being_contacted, claimed, talked_with
from tests.factories.together import TODAY, an_agreement, back_again, shared_with

pytestmark = pytest.mark.django_db
TOMORROW, FRIDAY = TODAY + timedelta(days=1), TODAY + timedelta(days=2)


def sharing_it(referral: Referral, partner: Person, by: Person, **changed: Any) -> SharedView:
    given: dict[str, Any] = {
        "agreement": changed.pop("agreement", None) or an_agreement(by=by.user),
        "partner": partner.user,
        "parts": ["name"],
        "why": "They bring the food on Friday.",
        "ends_on": FRIDAY,
        "now": WEDNESDAY,
    }
    return share(referral=referral, by=by.user, **{**given, **changed})


def in_force(today: date = TODAY) -> int:
    return SharedView.objects.in_force(today=today).count()


# Sharing ------------------------------------------------------------------------------------------


def test_the_holder_shares_what_they_chose(navigator: Person, lead: Person, partner: Person) -> None:
    referral = being_contacted(by=navigator.user)
    view = sharing_it(referral, partner, navigator, agreement=an_agreement(by=lead.user), parts=["needs", "name"])
    assert view.parts == ["name", "needs"]
    assert b"Friday" not in bytes(view.sealed_why)
    event = AuditEvent.objects.about(referral).get(action="selfreferral.share")
    assert event.detail == {"view": str(view.pk), "partner": partner.user.pk}
    assert in_force() == 1


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"parts": []}, "what they need"),
        ({"parts": ["name", "referrer_name"]}, "what they need"),
        ({"parts": ["for_whom"]}, "what they need"),
        ({"parts": ["referrer_contact"]}, "what they need"),
        ({"parts": ["phone"]}, "what they need"),
        ({"parts": ["nonsense"]}, "what they need"),
        ({"why": "  "}, "why they need"),
        ({"ends_on": TODAY - timedelta(1)}, "from today"),
        ({"ends_on": TODAY + timedelta(400)}, "from today"),
    ],
)
def test_what_is_missing_or_too_much_is_refused(lead: Person, partner: Person, changed: Any, says: str) -> None:
    with pytest.raises(SomethingMissing, match=says):
        sharing_it(being_contacted(by=lead.user, **FOR_MY_SISTER), partner, lead, **changed)
    assert not SharedView.objects.exists()


def test_only_an_agreement_in_force_will_do(lead: Person, partner: Person) -> None:
    referral = being_contacted(by=lead.user)
    ended = an_agreement(by=lead.user)
    end_agreement(agreement=ended, by=lead.user, now=WEDNESDAY)
    for agreement in (ended, an_agreement(by=lead.user, begins_on=TOMORROW)):
        with pytest.raises(SomethingMissing, match="in force"):
            sharing_it(referral, partner, lead, agreement=agreement)


def test_only_the_holder_or_the_lead_shares_and_stops(
    navigator: Person, other_navigator: Person, lead: Person, partner: Person
) -> None:
    referral = being_contacted(by=navigator.user)
    agreement = an_agreement(by=lead.user)
    with pytest.raises(NotYours):
        sharing_it(referral, partner, other_navigator, agreement=agreement)
    view = sharing_it(referral, partner, navigator, agreement=agreement)
    with pytest.raises(NotYours):
        stop_sharing(referral=referral, view=view, by=other_navigator.user, now=WEDNESDAY)
    stop_sharing(referral=referral, view=view, by=lead.user, now=WEDNESDAY)
    assert in_force() == 0
    with pytest.raises(SomethingMissing, match="not shared any more"):
        stop_sharing(referral=referral, view=view, by=lead.user, now=WEDNESDAY)


def test_it_goes_to_a_partner_and_to_nobody_else(lead: Person, editor: Person, partner: Person) -> None:
    referral = being_contacted(by=lead.user)
    with pytest.raises(SomethingMissing, match="a partner"):
        sharing_it(referral, editor, lead)
    partner.user.is_active = False
    partner.user.save()
    with pytest.raises(SomethingMissing, match="a partner"):
        sharing_it(referral, partner, lead)


def test_a_partner_who_knows_the_person_is_shown_nothing(lead: Person, partner: Person) -> None:
    referral = being_contacted(by=lead.user)
    view = sharing_it(referral, partner, lead)
    Acquaintance.objects.create(referral=referral, known_by=partner.user, said_at=WEDNESDAY)
    with pytest.raises(NotYours):
        look_shared(pk=view.pk, by=partner.user, now=WEDNESDAY)
    with pytest.raises(NotYours, match="know this person"):
        sharing_it(referral, partner, lead)


def test_one_view_for_one_partner_at_a_time(lead: Person, partner: Person) -> None:
    referral = being_contacted(by=lead.user)
    sharing_it(referral, partner, lead)
    with pytest.raises(SomethingMissing, match="End that first"):
        sharing_it(referral, partner, lead)


def test_what_nobody_has_read_is_not_shared(lead: Person, partner: Person) -> None:
    with pytest.raises(NotYours, match="in touch"):
        sharing_it(claimed(by=lead.user), partner, lead)


# How it ends --------------------------------------------------------------------------------------


def test_it_ends_by_itself_on_its_day(lead: Person, partner: Person) -> None:
    shared_with(partner.user, by=lead.user, ends_on=FRIDAY)
    assert (in_force(FRIDAY), in_force(FRIDAY + timedelta(1))) == (1, 0)


@pytest.mark.parametrize("end", [State.CLOSED, State.WITHDRAWN])
def test_it_ends_for_good_when_we_stop(lead: Person, partner: Person, end: State) -> None:
    referral = talked_with(by=lead.user)
    view = sharing_it(referral, partner, lead)
    for to in (end, State.NEW):
        move(referral=referral, to=to, reason="So.", seen_version=referral.version, by=lead.user, now=WEDNESDAY)
    view.refresh_from_db()
    assert view.ended_at == WEDNESDAY
    assert in_force() == 0


def test_it_ends_when_the_person_says_stop(lead: Person, partner: Person) -> None:
    referral = being_contacted(by=lead.user)
    view = sharing_it(referral, partner, lead)
    stop(key=back_again(referral), now=WEDNESDAY)
    view.refresh_from_db()
    assert (view.ended_at, view.ended_by) == (WEDNESDAY, None)


def test_out_of_the_role_and_back_it_does_not_come_back(lead: Person, partner: Person) -> None:
    view = shared_with(partner.user, by=lead.user)
    partner.user.groups.clear()
    assert in_force() == 0
    assert end_lapsed_views(now=WEDNESDAY) == 1
    partner.user.groups.set(Group.objects.filter(name="Partner"))
    view.refresh_from_db()
    assert (view.ended_at, in_force(), end_lapsed_views(now=WEDNESDAY)) == (WEDNESDAY, 0, 0)


# What is shown ------------------------------------------------------------------------------------


def seen(referral: Referral, partner: Person, by: Person, *parts: str) -> Any:
    view = sharing_it(referral, partner, by, parts=parts)
    found, words = look_shared(pk=view.pk, by=partner.user, now=WEDNESDAY)
    assert found == view
    stop_sharing(referral=referral, view=view, by=by.user, now=WEDNESDAY)
    return words


def test_exactly_the_chosen_parts_are_opened(lead: Person, partner: Person) -> None:
    referral = being_contacted(by=lead.user)
    words = seen(referral, partner, lead, "needs")
    assert [line.value for line in words.story] == ["Read things out loud"]
    assert (words.name, words.card, words.ways, words.risks, words.places, words.notes) == ("", None, (), (), (), ())
    words = seen(referral, partner, lead, "name")
    assert (words.name, words.story) == ("Example Jo", ())


def test_the_card_holds_for_partners_too(lead: Person, partner: Person) -> None:
    referral = being_contacted(by=lead.user, **FOR_MY_SISTER)
    ways = {str(way.channel): way.detail for way in seen(referral, partner, lead, "safe_ways").ways}
    assert ways == {"ring": "", "voicemail": "", "text": "07700 900123", "email": "", "post": "", "visit": ""}


def test_nothing_says_that_somebody_else_told_us(lead: Person, partner: Person) -> None:
    referral = being_contacted(by=lead.user, **FOR_MY_SISTER)
    every = [key for key, _ in sharing.choices(referral)]
    words = str(seen(referral, partner, lead, *every))
    assert "Example: somebody to ring" in words
    for told in ("Example Ann", "sister", "900456", "help them", "call them"):
        assert told not in words


def note(referral: Referral, words: str, by: Person, at: datetime = WEDNESDAY, **more: Any) -> Note:
    row = Note(referral=referral, written_at=at, written_by=by.user, **more)
    row.sealed_words = referral.strongbox().seal(words, place=place(row, "words"))
    row.save(force_insert=True)
    return row


def test_one_note_can_be_chosen_and_none_about_others(lead: Person, partner: Person) -> None:
    referral = being_contacted(by=lead.user)
    chosen, other = note(referral, "Likes tea.", lead), note(referral, "Has a dog.", lead)
    private = note(referral, "Her brother drinks.", lead, is_about_others=True)
    assert seen(referral, partner, lead, f"note:{chosen.pk}").notes == ("Likes tea.",)
    with pytest.raises(SomethingMissing):
        sharing_it(referral, partner, lead, parts=[f"note:{private.pk}"])
    note(referral, "Has a cat.", lead, corrects=other)
    with pytest.raises(SomethingMissing):
        sharing_it(referral, partner, lead, parts=[f"note:{other.pk}"])


def test_a_note_put_right_later_is_shown_no_more(lead: Person, partner: Person) -> None:
    referral = being_contacted(by=lead.user)
    first = note(referral, "Likes tea.", lead)
    view = sharing_it(referral, partner, lead, parts=[f"note:{first.pk}"])
    note(referral, "Likes coffee.", lead, corrects=first)
    assert look_shared(pk=view.pk, by=partner.user, now=WEDNESDAY)[1].notes == ()


def test_risks_that_are_over_are_not_shown(lead: Person, partner: Person) -> None:
    referral = being_contacted(by=lead.user)
    for words, is_over in (("A big dog.", False), ("A loose step.", True)):
        flag = RiskFlag(referral=referral, source="worker", review_on=FRIDAY, raised_at=WEDNESDAY, raised_by=lead.user)
        flag.sealed_words = referral.strongbox().seal(words, place=place(flag, "words"))
        flag.save(force_insert=True)
        if is_over:
            flag.reviews.create(referral=referral, is_over=True, sealed_why=b"", reviewed_at=WEDNESDAY)
    assert seen(referral, partner, lead, "risks").risks == ("A big dog.",)


def test_each_opening_is_a_look_and_no_writing_is_no_look(
    lead: Person, partner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = shared_with(partner.user, by=lead.user)
    look_shared(pk=view.pk, by=partner.user, now=WEDNESDAY)
    event = AuditEvent.objects.about(view.referral).get(action="selfreferral.look")
    assert event.done_by == str(partner.user.pk)
    assert (event.detail["purpose"], event.detail["view"]) == ("shared", str(view.pk))

    def broken(**_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("selfreferral.actions.sharing.write_look", broken)
    monkeypatch.setattr("selfreferral.actions.sharing.read_shared", lambda _: pytest.fail("It was opened."))
    with pytest.raises(RuntimeError):
        look_shared(pk=view.pk, by=partner.user, now=WEDNESDAY)


def test_nobody_opens_anothers(lead: Person, partner: Person) -> None:
    view = shared_with(partner.user, by=lead.user)
    for person in (lead, member_of_staff("other_partner", "partner")):
        with pytest.raises(Refused):
            look_shared(pk=view.pk, by=person.user, now=WEDNESDAY)


def test_two_who_share_it_at_once_go_one_after_the_other(lead: Person, partner: Person) -> None:
    """The second waits for the row of the referral, wherever the database has rows to wait for."""
    referral = being_contacted(by=lead.user)
    with CaptureQueriesContext(connection) as asked:
        sharing_it(referral, partner, lead)
    locks = [query["sql"] for query in asked if "FOR UPDATE" in query["sql"]]
    assert bool(locks) == connection.features.has_select_for_update
    with pytest.raises(SomethingMissing, match="shared with them already"):
        sharing_it(referral, partner, lead)


def test_somebody_who_was_erased_meanwhile_is_not_shared(lead: Person, partner: Person) -> None:
    """What is shared is what stands in the table, and not what the page had read."""
    referral = being_contacted(by=lead.user)
    Referral.objects.filter(pk=referral.pk).update(state=State.WITHDRAWN)
    with pytest.raises(NotYours, match="only while we are in touch"):
        sharing_it(referral, partner, lead)
