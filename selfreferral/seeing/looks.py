"""Who saw what: the looks that were written, for one person, for one worker or for some days."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.db.models.fields.json import KT
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import AuditEvent, AuditEventQuerySet
from portal.clock import at
from selfreferral.models import Acquaintance, Referral, Reveal
from selfreferral.seeing.sight import LOOK, Purpose, Whose

PURPOSE_WORDS: dict[str, str] = {
    Purpose.VIEW: "Read it",
    Purpose.SEARCH: "Searched",
    Purpose.REVEAL: "Said why they need to see it",
    Purpose.PRINT: "Printed it",
    Purpose.EXPORT: "Took it out in a list",
    Purpose.SHARED: "Read what was shared with them",
    Purpose.RIGHTS: "Opened it for the person who asks what we hold",
}
WHOSE_WORDS: dict[str, str] = {
    Whose.OWN: "their own",
    Whose.ANOTHERS: "another's",
    Whose.NOBODYS: "nobody's",
}
_WHY_WORDS = dict(Reveal.Why.choices)
LOOK_COLUMNS = ("when", "who", "of", "what for", "held then by", "why")
KEPT_FROM_YOU = "kept from you"
# By what the look itself says of it.
WITHOUT_REFERENCE = {"survey": "answers about our help", "calls": "calls asked for"}


@dataclass(frozen=True)
class Look:
    """One look: when, who, of which referral, what for, whose it was then, and why where a reason was given."""

    at: datetime
    who: str
    reference: str
    purpose: str
    whose: str
    why: str

    def as_row(self) -> dict[str, str]:
        """One line of a table."""
        when = f"{timezone.localtime(self.at):%Y-%m-%d %H:%M:%S}"
        cells = (when, self.who, self.reference, self.purpose, self.whose, self.why)
        return dict(zip(LOOK_COLUMNS, cells, strict=True))


@dataclass(frozen=True)
class Watched:
    """What one worker looked at in a week."""

    user_id: str
    who: str
    anothers: int
    people: int
    reasons: int
    own: int
    nobodys: int


def looks_at(
    *, referral: Referral | None = None, worker: User | None = None, since: date, until: date
) -> AuditEventQuerySet:
    """Looks of these days, the last day with them, latest first."""
    found = AuditEvent.objects.called(LOOK).done_between(*_moments(since, until))
    if referral is not None:
        found = found.about(referral)
    if worker is not None:
        found = found.done_by_account(worker.pk)
    return found.latest_first()


def by_purpose(found: AuditEventQuerySet) -> list[tuple[str, int]]:
    """How many looks there were for each purpose, in words."""
    counted = found.order_by().annotate(purpose=KT("detail__purpose")).values_list("purpose").annotate(Count("pk"))
    numbers = dict(counted)
    return [(words, numbers[purpose]) for purpose, words in PURPOSE_WORDS.items() if numbers.get(purpose)]


def laid_out(events: Sequence[AuditEvent], *, shown_to: User) -> list[Look]:
    """These looks in words. Of somebody whom the reader knows the reference is left out."""
    people = _names(event.done_by for event in events)
    references = {str(pk): reference for pk, reference in _references(events)}
    known = {str(pk) for pk in Acquaintance.objects.of(shown_to).values_list("referral", flat=True)}
    return [
        Look(
            at=event.done_at,
            who=people[event.done_by],
            reference=KEPT_FROM_YOU if event.subject_id in known else _of(event, references),
            purpose=PURPOSE_WORDS.get(event.detail.get("purpose", ""), ""),
            whose=WHOSE_WORDS.get(event.detail.get("whose", ""), ""),
            why=_WHY_WORDS.get(event.detail.get("why", ""), "") or _found(event.detail.get("found")),
        )
        for event in events
    ]


def week_before(today: date) -> tuple[date, date]:
    """Monday and Sunday of the last week that is over."""
    monday = today - timedelta(days=today.weekday() + 7)
    return monday, monday + timedelta(days=6)


def watched(since: date, until: date) -> list[Watched]:
    """What each worker looked at in these days; those who looked at most records of others first.

    One page with several requests of one person on it is one look.
    """
    found = AuditEvent.objects.called(LOOK).done_between(*_moments(since, until)).exclude(subject_id="")
    found = found.exclude(detail__has_key="beside")
    rows = found.annotate(whose=KT("detail__whose"), purpose=KT("detail__purpose"))
    counts = Counter[tuple[str, str]]()
    for doer, whose, purpose, number in rows.values_list("done_by", "whose", "purpose").annotate(Count("pk")):
        counts[doer, "reasons" if purpose == Purpose.REVEAL else whose or ""] += number
    of_others = found.filter(detail__whose=Whose.ANOTHERS.value).exclude(detail__purpose=Purpose.REVEAL.value)
    people = dict(of_others.values_list("done_by").annotate(Count("subject_id", distinct=True)))
    names = _names({doer for doer, _ in counts})
    lines = [
        Watched(
            user_id=doer,
            who=who,
            anothers=counts[doer, Whose.ANOTHERS],
            people=people.get(doer, 0),
            reasons=counts[doer, "reasons"],
            own=counts[doer, Whose.OWN],
            nobodys=counts[doer, Whose.NOBODYS],
        )
        for doer, who in names.items()
    ]
    return sorted(lines, key=lambda line: (-line.anothers, line.who))


def _of(event: AuditEvent, references: dict[str, str]) -> str:
    """What was looked at: a request's reference, or in words what no request stands behind."""
    known = (words for part, words in WITHOUT_REFERENCE.items() if part in event.detail)
    return references.get(event.subject_id) or next(known, "")


def _moments(since: date, until: date) -> tuple[datetime, datetime]:
    return at(since, time(0)), at(until + timedelta(days=1), time(0))


def _names(numbers: Iterable[str]) -> dict[str, str]:
    """The name of each account; one that is gone is known by its number."""
    wanted = set(numbers)
    names = {str(user.pk): user.display_name for user in User.objects.filter(pk__in=[n for n in wanted if n.isdigit()])}
    return {number: names.get(number, f"Account {number}, which is gone") for number in wanted}


def _references(events: Iterable[AuditEvent]) -> Iterable[tuple[object, str]]:
    wanted = {event.subject_id for event in events if event.subject_type == Referral._meta.label_lower}
    return Referral.objects.filter(pk__in=wanted).values_list("pk", "reference")


def _found(number: object) -> str:
    return f"{number} found" if isinstance(number, int) else ""
