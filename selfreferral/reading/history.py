"""What was done with a referral, each thing with its words opened."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from portal.accounts.models import User
from selfreferral.models import (
    Allocation,
    ChannelOverride,
    ContactAttempt,
    PersonsWords,
    SelfAssessment,
    Signpost,
    TriageDecision,
)
from selfreferral.models.history import LAPSED
from selfreferral.reading.opening import Opener, named

Called = Callable[[User | None], str]


@dataclass(frozen=True)
class Entry:
    """One thing that was done; `of` is the reference that it was done with, where that was merged into this one."""

    at: datetime
    who: str
    what: str
    words: str
    of: str = ""


def history(opener: Opener) -> Iterator[Entry]:
    """How it was moved on, held and answered, in no order."""
    yield from done(opener)
    for said in opener.rows(PersonsWords):
        who = "Whoever asked for them" if opener.is_by_another(said) else "The person"
        yield Entry(said.said_at, who, said.get_kind_display(), opener.words(said, "words"), opener.of(said))
    for given in opener.rows(SelfAssessment, "written_by"):
        if given.way == SelfAssessment.Way.SCREEN:
            what = "Said how they are, on a screen. See “How they say that they are”."
            yield Entry(given.written_at, "The person", what, "", opener.of(given))


def done(opener: Opener, called: Called = named) -> Iterator[Entry]:
    """What we did, without what was written to us; `called` says how whoever holds it is called."""
    yield from _decisions(opener)
    yield from _allocations(opener, called)
    yield from _attempts(opener)
    yield from _signposts(opener)
    for override in opener.rows(ChannelOverride, "overridden_by"):
        what = f"Chose to use a way that the card does not allow: {override.get_channel_display()}"
        words, who = opener.words(override, "reason"), named(override.overridden_by)
        yield Entry(override.overridden_at, who, what, words, opener.of(override))


def _who(user: User | None, why: str) -> str:
    """Who did it; what lapsed was done by nobody."""
    return "The clock" if user is None and why == LAPSED else named(user)


def _decisions(opener: Opener) -> Iterator[Entry]:
    for row in opener.rows(TriageDecision, "decided_by"):
        start = f"{row.get_from_state_display()} → " if row.from_state else ""
        what, why = f"{start}{row.get_to_state_display()}", opener.words(row, "reason")
        yield Entry(row.decided_at, _who(row.decided_by, why), what, why, opener.of(row))


def _allocations(opener: Opener, called: Called) -> Iterator[Entry]:
    for row in opener.rows(Allocation, "navigator", "allocated_by"):
        what = f"Held by {called(row.navigator)}" if row.navigator else "Held by nobody"
        meeting = opener.words(row, "meeting")
        why = _joined(opener.words(row, "reason"), f"Who settled it: {meeting}" if meeting else "")
        yield Entry(row.allocated_at, _who(row.allocated_by, why), what, why, opener.of(row))


def _attempts(opener: Opener) -> Iterator[Entry]:
    for row in opener.rows(ContactAttempt, "attempted_by"):
        again = f". Next try on {_day(row.next_try_on, row.attempted_at)}" if row.next_try_on else ""
        way = f"{row.get_channel_display()}: {row.get_outcome_display()}{again}"
        what = f"{way} (not a way that the card allows)" if row.was_override else way
        answered = opener.open(row, "answered") or {}
        words = _joined(
            opener.words(row, "note"),
            f"Who answered: {answered['who']}" if answered.get("who") else "",
            f"How we knew that it was them: {answered['how']}" if answered.get("how") else "",
        )
        yield Entry(row.attempted_at, named(row.attempted_by), what, words, opener.of(row))


def _signposts(opener: Opener) -> Iterator[Entry]:
    for row in opener.rows(Signpost, "signposted_by"):
        service = opener.open(row, "service")
        where = service["name"] if service else "somewhere"
        told = " The council was told under the duty to refer." if row.is_duty_to_refer else ""
        ask = f" Ask how it went on {_day(row.follow_up_on, row.signposted_at)}." if row.follow_up_on else ""
        what = f"Helped to find {where}.{told}{ask}"
        yield Entry(row.signposted_at, named(row.signposted_by), what, opener.words(row, "words"), opener.of(row))


def _day(day: date, since: datetime) -> str:
    """A day to come; the year is said where it is another."""
    return f"{day:%-d %B %Y}" if day.year != since.year else f"{day:%-d %B}"


def _joined(*lines: str) -> str:
    return "\n".join(line for line in lines if line)
