"""Rounds of printed copies, and the count of how often their short links were opened."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from newsletter.models import DropRound, IssuePage, LinkCount
from newsletter.printing.short_links import new_code
from portal.accounts.models import User
from portal.audit.record import record

CODE_LETTERS = 3
TRIES = 20


class CannotMake(Exception):
    """This round cannot be made so; the words say why."""


@transaction.atomic
def make_round(
    *, issue: IssuePage, name: str, copies: int, dropped_on: date | None, by: User, now: datetime
) -> DropRound:
    """A round of printed copies of an issue, with a code of its own for its short links."""
    issue = IssuePage.objects.select_for_update().get(pk=issue.pk)
    name = " ".join(name.split())
    if not name or copies < 1:
        raise CannotMake("A round has a name and at least one copy.")
    if DropRound.objects.of_issue(issue).named(name).exists():
        raise CannotMake("This issue has a round of that name already. Give it another name.")
    made = DropRound.objects.create(
        issue=issue, name=name, code=_free_code(), copies=copies, dropped_on=dropped_on, created_by=by, created_at=now
    )
    record(action="newsletter.make_round", by=by, subject=made, issue=issue.pk, copies=copies)
    return made


def count_opening(
    *, issue: IssuePage, story: str, drop_round: DropRound | None, now: datetime, by: User | None
) -> None:
    """One more for a story on this day.

    The only trace is a number: no audit event either, for its time would tell when somebody held the paper. Two at once are
    both counted, for the database adds.
    """
    of_day = {"issue": issue, "story": story, "drop_round": drop_round, "on": timezone.localdate(now)}
    if LinkCount.objects.filter(**of_day).update(opened=F("opened") + 1):
        return
    try:
        with transaction.atomic():
            LinkCount.objects.create(**of_day, opened=1)
    except IntegrityError:
        # Somebody else was the first of the day a moment ago.
        LinkCount.objects.filter(**of_day).update(opened=F("opened") + 1)


def _free_code() -> str:
    for _ in range(TRIES):
        code = new_code(CODE_LETTERS)
        if DropRound.objects.with_code(code) is None:
            return code
    return new_code(CODE_LETTERS * 2)
