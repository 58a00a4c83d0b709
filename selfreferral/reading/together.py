"""What was done with others: what was shown to partners, and who asked that it is erased."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portal.accounts.models import User
from selfreferral.models import ErasureRequest, Referral, SharedView
from selfreferral.models.sealing import place
from selfreferral.reading.history import Entry
from selfreferral.sharing.parts import in_words
from selfreferral.vault import Strongbox


@dataclass(frozen=True)
class Shown:
    """Something that a partner can read now, as those who work with the person see it."""

    view: SharedView
    what: str


@dataclass(frozen=True)
class Together:
    """What stands just now: shown to whom, and whether somebody asked that it is erased."""

    shown: tuple[Shown, ...]
    wish: ErasureRequest | None


def together(referral: Referral, *, today: date) -> Together:
    """Nothing here is sealed: who and until when, and the names of the parts."""
    views = referral.shared_views.in_force(today=today).told()
    return Together(
        shown=tuple(Shown(view, in_words(view.parts)) for view in views),
        wish=referral.erasure_requests.waiting().select_related("asked_by").first(),
    )


def done_together(referral: Referral, box: Strongbox) -> Iterator[Entry]:
    """For the history, each thing with its words opened."""
    for view in referral.shared_views.told():
        whom = f"{view.partner.display_name} ({view.agreement.partner_name})"
        what = f"Shared with {whom} until {view.ends_on:%-d %B %Y}: {in_words(view.parts)}"
        why = str(box.open(view.sealed_why, place=place(view, "why")))
        yield Entry(view.shared_at, _who(view.shared_by), what, why)
        if view.ended_at:
            ended_by = _who(view.ended_by) if view.ended_by else "By itself"
            yield Entry(view.ended_at, ended_by, f"Not shared with {whom} any more", "")
    for wish in referral.erasure_requests.select_related("asked_by", "decided_by"):
        yield Entry(wish.asked_at, _who(wish.asked_by), f"Asked that it is erased: {wish.get_why_display()}", "")
        if wish.decided_at and not wish.is_agreed:
            yield Entry(wish.decided_at, _who(wish.decided_by), "Did not agree that it is erased", "")


def _who(user: User | None) -> str:
    return user.display_name if user else "Somebody who left"
