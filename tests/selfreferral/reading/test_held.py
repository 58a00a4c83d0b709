"""The person's copy has everything that we say we hold, nobody's name of ours, and of each request what its writer may see."""

from datetime import timedelta

import pytest
from django.apps import apps

from portal.accounts.models import User
from portal.privacy import PersonalData
from selfreferral.actions.acquaintances import lift_acquaintance, say_i_know_them
from selfreferral.actions.changes import sealed
from selfreferral.actions.contact import override_channel
from selfreferral.actions.correcting import narrow
from selfreferral.actions.record import decide_safeguarding, raise_flag, review_flag, write_note
from selfreferral.actions.revealing import reveal
from selfreferral.actions.sharing import record_agreement, share, stop_sharing
from selfreferral.actions.triage import move
from selfreferral.actions.urgency import mark_urgent
from selfreferral.contact.card import Channel
from selfreferral.models import PersonsWords, Referral, Reveal, RiskFlag, SafeguardingDecision
from selfreferral.reading.held import SECTIONS, KeptBack, held_sections
from selfreferral.reading.opening import Opener
from selfreferral.sharing.parts import NAME, RISKS
from selfreferral.workflow import State
from tests.conftest import Person
from tests.factories.selfreferral import FOR_MY_SISTER, WEDNESDAY, a_referral, talked_with

ALL, NOTHING_OF_OTHERS = KeptBack(False, False), KeptBack(True, False)
NO_RISKS = KeptBack(False, True, "It could harm somebody.")
LATER = WEDNESDAY + timedelta(hours=1)
DAY = LATER.date() + timedelta(days=7)


def words_of(*referrals: Referral, kept_back: KeptBack = ALL) -> str:
    sections = held_sections(Opener(referrals), kept_back=kept_back)
    return "\n".join(
        f"{section.heading} {section.note}\n" + "\n".join(f"{label}: {words}" for label, words in section.lines)
        for section in sections
    )


def wrote(referral: Referral, words: str) -> None:
    row = PersonsWords(referral=referral, kind=PersonsWords.Kind.MORE, said_at=LATER)
    row.sealed_words = sealed(referral=referral, row=row, part="words", words=words)
    row.save(force_insert=True)


def test_every_model_whose_rows_go_to_the_person_has_a_section_of_their_copy() -> None:
    """A new model fails here until somebody has thought about how the person reads it."""
    said = {
        model
        for model in apps.get_app_config("selfreferral").get_models()
        if isinstance(model.personal_data, PersonalData) and model.personal_data.exported  # type: ignore[attr-defined]
    }
    shown = [model for models, _ in SECTIONS for model in models]
    assert set(shown) == said
    assert len(shown) == len(said)


@pytest.fixture
def full(navigator: Person, other_navigator: Person, lead: Person, partner: Person) -> Referral:
    """Somebody with something of everything."""
    referral, by = talked_with(by=navigator.user), navigator.user
    wrote(referral, "BITTERN-LATER")
    write_note(referral=referral, words="CURLEW-NOTE", by=by, now=LATER)
    over, stays = (
        raise_flag(referral=referral, words=words, source=RiskFlag.Source.WORKER, review_on=DAY, by=by, now=LATER)
        for words in ("DUNLIN-OVER", "EIDER-STAYS")
    )
    review_flag(referral=referral, flag=over, is_over=True, why="FULMAR-GONE", by=by, now=LATER)
    review_flag(referral=referral, flag=stays, is_over=False, why="GREBE-THERE", review_on=DAY, by=by, now=LATER)
    for why in ("HOBBY-FIRST", "IBIS-LAST"):
        decide_safeguarding(
            referral=referral,
            outcome=SafeguardingDecision.Outcome.NOT_SENT,
            about=SafeguardingDecision.About.ADULT,
            why=why,
            by=by,
            now=LATER,
        )
    mark_urgent(
        referral=referral, is_urgent=True, reason="JACKDAW-SOON", seen_version=referral.version, by=by, now=LATER
    )
    override_channel(referral=referral, channel=Channel.RING, reason="KNOT-RING", by=by, now=LATER)
    narrow(referral=referral, channels={Channel.TEXT}, why="LINNET-PHONE", by=by, now=LATER)
    reveal(referral=referral, why=Reveal.Why.COVER, by=other_navigator.user, now=LATER)
    _shown_to(partner.user, referral, lead.user)
    say_i_know_them(referral=referral, by=other_navigator.user, now=LATER)
    lift_acquaintance(referral=referral, known_by=other_navigator.user, reason="MERLIN", by=lead.user, now=LATER)
    return referral


def _shown_to(partner: User, referral: Referral, lead: User) -> None:
    agreement = record_agreement(
        partner_name="The Wader Trust",
        purpose="To help.",
        lawful_basis="Consent.",
        begins_on=LATER.date(),
        ends_on=DAY,
        by=lead,
        now=LATER,
    )
    view = share(
        referral=referral,
        agreement=agreement,
        partner=partner,
        parts=[NAME, RISKS],
        why="NIGHTJAR-SHOWN",
        ends_on=DAY,
        by=lead,
        now=LATER,
    )
    stop_sharing(referral=referral, view=view, by=lead, now=LATER)


RISKY = ("DUNLIN-OVER", "EIDER-STAYS", "FULMAR-GONE", "GREBE-THERE", "HOBBY-FIRST", "IBIS-LAST", "JACKDAW-SOON")
OTHER = ("BITTERN-LATER", "CURLEW-NOTE", "KNOT-RING", "LINNET-PHONE", "A good talk.", "We spoke.", "The Wader Trust")


@pytest.mark.django_db
def test_nothing_is_missing(full: Referral) -> None:
    found = words_of(full)
    for word in (*RISKY, *OTHER, "NIGHTJAR-SHOWN", "Risks to know about", "I am covering", "knows you", full.nickname):
        assert word in found
    assert "your phone number; your e-mail address; your name" in found


@pytest.mark.django_db
def test_all_that_tells_of_a_risk_is_kept_back_together(full: Referral) -> None:
    found = words_of(full, kept_back=NO_RISKS)
    for word in (*RISKY, "NIGHTJAR-SHOWN", "Risks to know about"):
        assert word not in found
    for word in (*OTHER, "It could harm somebody."):
        assert word in found


@pytest.mark.django_db
def test_nobody_of_our_staff_is_named(
    full: Referral, navigator: Person, other_navigator: Person, lead: Person, partner: Person
) -> None:
    found = words_of(full)
    assert "Held by our team" in found
    for person in (navigator, other_navigator, lead, partner):
        assert person.user.display_name not in found.replace("The person who leads", "")


@pytest.mark.django_db
def test_each_request_is_read_by_who_made_it(navigator: Person) -> None:
    """The person's own words stay theirs beside a request that another made for them, and the other way round."""
    own, anothers = a_referral(), a_referral(**FOR_MY_SISTER)
    wrote(own, "OSPREY-OWN")
    wrote(anothers, "PLOVER-ANN")
    for order in ((own, anothers), (anothers, own)):
        found = words_of(*order, kept_back=NOTHING_OF_OTHERS)
        assert "OSPREY-OWN" in found
        assert "PLOVER-ANN" not in found
        assert "1 left out, because the person who asked for you wrote it" in found
        assert "by whoever asked for you" in words_of(*order)


@pytest.mark.django_db
def test_what_was_decided_is_there_with_its_reason(navigator: Person) -> None:
    referral = talked_with(by=navigator.user)
    given = {"reason": "They asked.", "seen_version": referral.version, "by": navigator.user, "now": LATER}
    move(referral=referral, to=State.WITHDRAWN, **given)  # type: ignore[arg-type]
    assert "They asked." in words_of(referral)
