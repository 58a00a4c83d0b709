"""What was done with a referral, each thing with its words opened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from portal.accounts.models import User
from selfreferral.models import Referral
from selfreferral.models.sealing import Appended, place
from selfreferral.vault import Strongbox


@dataclass(frozen=True)
class Entry:
    """One thing that was done."""

    at: datetime
    who: str
    what: str
    words: str


def history(referral: Referral, box: Strongbox) -> Iterable[Entry]:
    """Everything that was done, in no order."""

    def words(row: Appended, sealed: bytes | memoryview, part: str) -> str:
        return str(box.open(sealed, place=place(row, part)))

    for decision in referral.decisions.select_related("decided_by"):
        start = f"{decision.get_from_state_display()} → " if decision.from_state else ""
        what = f"{start}{decision.get_to_state_display()}"
        yield Entry(
            decision.decided_at, _who(decision.decided_by), what, words(decision, decision.sealed_reason, "reason")
        )
    for row in referral.allocations.select_related("navigator", "allocated_by"):
        what = f"Held by {_who(row.navigator)}" if row.navigator else "Held by nobody"
        why = words(row, row.sealed_reason, "reason")
        if row.sealed_meeting:
            why += f"\nAt the meeting: {words(row, row.sealed_meeting, 'meeting')}"
        yield Entry(row.allocated_at, _who(row.allocated_by), what, why)
    for attempt in referral.attempts.select_related("attempted_by"):
        again = f". Next try on {attempt.next_try_on:%-d %B}" if attempt.next_try_on else ""
        way = f"{attempt.get_channel_display()}: {attempt.get_outcome_display()}{again}"
        what = f"{way} (not a way that the card allows)" if attempt.was_override else way
        yield Entry(attempt.attempted_at, _who(attempt.attempted_by), what, words(attempt, attempt.sealed_note, "note"))
    for post in referral.signposts.select_related("signposted_by"):
        where = box.open(post.sealed_service, place=place(post, "service"))["name"] if post.sealed_service else ""
        told = " The council was told under the duty to refer." if post.is_duty_to_refer else ""
        ask = f" Ask how it went on {post.follow_up_on:%-d %B}." if post.follow_up_on else ""
        what = f"Helped to find {where}.{told}{ask}" if where else f"Helped to find somewhere.{told}{ask}"
        yield Entry(post.signposted_at, _who(post.signposted_by), what, words(post, post.sealed_words, "words"))
    for said in referral.persons_words.all():
        yield Entry(said.said_at, "The person", said.get_kind_display(), words(said, said.sealed_words, "words"))
    for override in referral.overrides.select_related("overridden_by"):
        what = f"Chose to use a way that the card does not allow: {override.get_channel_display()}"
        yield Entry(
            override.overridden_at,
            _who(override.overridden_by),
            what,
            words(override, override.sealed_reason, "reason"),
        )


def _who(user: User | None) -> str:
    return user.display_name if user else "Not our staff"
