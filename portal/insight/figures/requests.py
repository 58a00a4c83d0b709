"""Requests for help in figures: how many came, when, by whom and how, and what became of them."""

from collections import Counter

from django.db.models import Exists, OuterRef, Q

from portal.insight.arithmetic import percent_of
from portal.insight.figures.counting import TWICE, added, by, by_month, erased
from portal.insight.periods import Period
from portal.insight.table import ERASED, Column, Table
from selfreferral.actions.erasing import REQUESTS, REQUESTS_BY_SERVICE, REQUESTS_BY_WHOM
from selfreferral.models import Referral, ReferralSource, TriageDecision
from selfreferral.models.waiting import ReferralQuerySet
from selfreferral.workflow import STAFF_LABELS, State

ABOUT = "requests for help"
WHO = (
    f"Requests for help that came in in this time, on the web, on paper, by phone or with a comment. What was found to be "
    f"the same as another request is counted once. Of people who were erased since, numbers stay, by month and by who asked "
    f"and “{STAFF_LABELS[State.CLOSED].lower()}” and the like, and nothing else."
)
THEMSELVES, WORD_OF_MOUTH = "They asked themselves", "Family or a friend asked"
A_WORKER, A_COMMENT = "A service asked, not written down which", "A comment about a place, with leave"
OTHER_SERVICES = "Other services together"
TOP = 10
_ENDS = (
    State.NEW,
    State.SCREENING,
    State.CONTACTING,
    State.TALKING,
    State.WAITING,
    State.ACTIVE,
    State.DOOR_OPEN,
    State.SIGNPOSTED,
    State.CLOSED,
    State.WITHDRAWN,
)
REQUESTS_COLUMN = Column("requests", "Requests", "count", adds_up=True)
SHARE_COLUMN = Column("share", "Share", "percent", part="requests")


def kept(period: Period) -> ReferralQuerySet:
    """What came in and has not been erased; what is the same as another stands for that one."""
    return Referral.objects.received_between(period.begins_on, period.ends_on).exclude(state__in=TWICE)


def known(period: Period) -> ReferralQuerySet:
    """The same with those of which only dates and how they came are kept."""
    twice = TriageDecision.objects.filter(referral=OuterRef("pk"), from_state=State.MERGED, to_state=State.ERASED)
    came = Referral.objects.received_between(period.begins_on, period.ends_on).exclude(state=State.MERGED)
    return came.exclude(Q(state=State.ERASED) & Exists(twice))


def gone(period: Period, *, found: ReferralQuerySet) -> int:
    """How many requests of a time are not among these any more, for they were erased since."""
    return kept(period).count() + erased(period, REQUESTS).total() - found.count()


def referrals_by_month(period: Period) -> Table:
    """Every month has its row, one in which nobody asked too."""
    counts = Counter(by_month(kept(period), period, "received_at"))
    counts += added((month, number) for (month, _), number in erased(period, REQUESTS).items())
    rows = tuple((month, counts[month]) for month in period.months())
    return Table(
        "referrals_by_month",
        "Requests for help by month",
        f"{WHO} The month is the one in which a request came in.",
        (Column("month", "Month", "month"), REQUESTS_COLUMN),
        rows,
        sum(counts.values()),
        about=ABOUT,
    )


def referrals_by_source(period: Period) -> Table:
    """The ten services that asked most often, with the person themselves and word of mouth always in it."""
    counts, n = _by_whom(period)
    services = _by_service(period)
    ranked = sorted(services.items(), key=lambda one: (-one[1], one[0]))
    always = {
        THEMSELVES: counts[Referral.Source.SELF],
        WORD_OF_MOUTH: counts[Referral.Source.FAMILY_OR_FRIEND],
        A_COMMENT: counts[Referral.Source.COMMENT],
        A_WORKER: counts[Referral.Source.WORKER] - services.total(),
        ERASED: n - counts.total(),
    }
    numbers = {**always, **dict(ranked[:TOP]), OTHER_SERVICES: sum(number for _, number in ranked[TOP:])}
    order = [THEMSELVES, WORD_OF_MOUTH, *dict(ranked[:TOP]), OTHER_SERVICES, A_WORKER, A_COMMENT, ERASED]
    return Table(
        "referrals_by_source",
        "Who asked",
        f"{WHO} Counted by who told us: the person, family or a friend, or the service that somebody works for, as a member "
        "of the team wrote it down. The ten services that asked most often have a row of their own.",
        (Column("source", "Who asked", "text"), REQUESTS_COLUMN, SHARE_COLUMN),
        tuple((name, numbers[name], percent_of(numbers[name], n)) for name in order),
        n,
        about=ABOUT,
        rest=OTHER_SERVICES,
        always=tuple(always),
    )


def self_share(period: Period) -> Table:
    """How many came by themselves or by word of mouth, of those of whom it is known."""
    counts, _ = _by_whom(period)
    n, near = counts.total(), counts[Referral.Source.SELF] + counts[Referral.Source.FAMILY_OR_FRIEND]
    rows = (("They asked themselves, or family or a friend did", near), ("Somebody else asked", n - near))
    return Table(
        "self_share",
        "Who came by themselves or by word of mouth",
        f"{WHO} Here only those are counted of whom it is still known who asked.",
        (Column("source", "Who asked", "text"), REQUESTS_COLUMN, SHARE_COLUMN),
        tuple((name, number, percent_of(number, n)) for name, number in rows),
        n,
        counted=ABOUT,
        gone=kept(period).count() + erased(period, REQUESTS).total() - n,
    )


def routes_in(period: Period) -> Table:
    """On which way requests came in."""
    counts = by(known(period), "came_by")
    names = {label[0].upper() + label[1:]: counts[value] for value, label in Referral.CameBy.choices}
    names[ERASED] = gone(period, found=known(period))
    n = counts.total() + names[ERASED]
    return Table(
        "routes_in",
        "How requests came in",
        f"{WHO} Counted by the way on which it reached us.",
        (Column("route", "Way", "text"), REQUESTS_COLUMN, SHARE_COLUMN),
        tuple((name, number, percent_of(number, n)) for name, number in names.items()),
        n,
        about=ABOUT,
    )


def outcomes(period: Period) -> Table:
    """Where those who asked in this time stand."""
    counts = by(kept(period), "state")
    counts += added((state, number) for (_, state), number in erased(period, REQUESTS).items())
    n = counts.total()
    return Table(
        "outcomes",
        "What became of the requests",
        f"{WHO} Counted by where each stood when this was made; of people who were erased, by where they stood before.",
        (Column("outcome", "Where it stands", "text"), REQUESTS_COLUMN, SHARE_COLUMN),
        tuple((STAFF_LABELS[state], counts[state], percent_of(counts[state], n)) for state in _ENDS),
        n,
        about=ABOUT,
    )


def _by_whom(period: Period) -> tuple[Counter[str], int]:
    """Requests by who asked where that is known, and how many there were altogether."""
    counts = by(kept(period), "source")
    n = counts.total() + erased(period, REQUESTS).total()
    return counts + added((who, number) for (_, who), number in erased(period, REQUESTS_BY_WHOM).items()), n


def _by_service(period: Period) -> Counter[str]:
    """Requests by the service that asked, where it was written down; of those erased since too."""
    names = dict(ReferralSource.objects.values_list("pk", "name"))
    counts = by(kept(period).filter(source=Referral.Source.WORKER, came_from__isnull=False), "came_from")
    counts += added((int(service), number) for (_, service), number in erased(period, REQUESTS_BY_SERVICE).items())
    return added((names[service], number) for service, number in counts.items() if service in names)
