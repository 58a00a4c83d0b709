"""Agreements, what is shared under them, and a way back: made up, like the people."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from selfreferral import return_code, vault
from selfreferral.actions.erasing import ask_to_erase
from selfreferral.actions.returning import come_back
from selfreferral.actions.sharing import record_agreement, share
from selfreferral.models import ErasureRequest, Referral, ReturnDoor, SharedView, SharingAgreement
from tests.factories.selfreferral import WEDNESDAY, being_contacted

TODAY = WEDNESDAY.date()


def an_agreement(*, by: User, now: datetime = WEDNESDAY, **changed: Any) -> SharingAgreement:
    """Signed by the lead, for a month from this Wednesday."""
    given: dict[str, Any] = {
        "partner_name": "Example food bank",
        "purpose": "To bring food to somebody's door.",
        "lawful_basis": "Article 6(1)(e) and 9(2)(h).",
        "begins_on": TODAY,
        "ends_on": TODAY + timedelta(days=30),
    }
    return record_agreement(by=by, now=now, **{**given, **changed})


def shared_with(
    partner: User,
    *,
    by: User,
    parts: tuple[str, ...] = ("name",),
    referral: Referral | None = None,
    ends_on: date = TODAY + timedelta(days=7),
) -> SharedView:
    """Somebody who is being contacted, shared with this partner by the lead."""
    return share(
        referral=referral or being_contacted(by=by),
        agreement=an_agreement(by=by),
        partner=partner,
        parts=parts,
        why="They bring the food.",
        ends_on=ends_on,
        by=by,
        now=WEDNESDAY,
    )


def shared_as_of_now(partner: User, *, by: User, **chosen: Any) -> SharedView:
    """The same, as a page sees it that asks the clock."""
    now = timezone.now()
    today = timezone.localdate(now)
    agreement = an_agreement(by=by, now=now, begins_on=today, ends_on=today + timedelta(days=30))
    return share(
        referral=chosen.get("referral") or being_contacted(by=by, now=now),
        agreement=agreement,
        partner=partner,
        parts=chosen.get("parts", ("name",)),
        why="They bring the food.",
        ends_on=today + timedelta(days=7),
        by=by,
        now=now,
    )


def a_way_back(referral: Referral) -> str:
    """Six words that lead to this request."""
    words = return_code.new_code()
    opener = return_code.opener(words)
    door = ReturnDoor(finder=opener.finder, referral=referral, made_at=WEDNESDAY)
    key = vault.new_draft_key()
    door.seal_key(key, opener_key=opener.key)
    door.seal_words(words, key=key)
    door.save(force_insert=True)
    return words


def back_again(referral: Referral) -> str:
    """The key of a visit to this request."""
    return come_back(typed=a_way_back(referral), now=WEDNESDAY)[0]


def a_wish_to_erase(referral: Referral, *, by: User) -> ErasureRequest:
    """The lead asks that it is erased, because the person wants that."""
    return ask_to_erase(referral=referral, why=ErasureRequest.Why.PERSON, by=by, now=WEDNESDAY)
