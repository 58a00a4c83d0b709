"""Requests for help by the row, for counting: made up, without words, and about nobody."""

from datetime import datetime, timedelta
from typing import Any

from portal.references import new_reference
from selfreferral import vault
from selfreferral.actions.erasing import erase_in_time
from selfreferral.models import Referral, TriageDecision
from selfreferral.models.sealing import place
from selfreferral.workflow import State


def asked(how_many: int, at: datetime, *, talked_after: float | None = None, **words: Any) -> list[Referral]:
    """So many requests of one moment, each with the decision by which it came; talked with after so many days."""
    key, _ = vault.new_strongbox(place="nowhere")
    talked = None if talked_after is None else at + timedelta(days=talked_after)
    usual = {
        "state": State.CLOSED,
        "source": "self",
        "came_by": "web",
        "first_contact_at": talked,
        "next_try_on": at.date(),
    }
    rows = [
        Referral(
            **{**usual, **words},
            reference=(reference := new_reference()),
            submission_token=vault.submission_token(reference),
            nickname="Blue Heron",
            received_at=at,
            due_at=at + timedelta(days=5),
            changed_at=at,
            wrapped_key=key,
        )
        for _ in range(how_many)
    ]
    made = Referral.objects.bulk_create(rows)
    for referral in made:
        stood(referral, State.NEW, at)
    return made


def stood(referral: Referral, state: State, at: datetime, *, before: str = "", episode: int = 1) -> None:
    """It was moved there at this moment."""
    TriageDecision(
        referral=referral, from_state=before, to_state=state, episode=episode, sealed_reason=b"", decided_at=at
    ).save(force_insert=True)


def erased(referral: Referral, at: datetime) -> Referral:
    """All that is kept of it is its dates, as erasing leaves it."""
    referral.wrapped_key, _ = vault.new_strongbox(place=place(referral))
    referral.save(update_fields=["wrapped_key"])
    erase_in_time(referral=referral, now=at)
    referral.refresh_from_db()
    return referral
