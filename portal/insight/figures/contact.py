"""How soon people heard from us, who waits, who came back, and where we helped them to go."""

from django.db.models import Count, DateTimeField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from portal.insight.arithmetic import percent_of
from portal.insight.figures.counting import TenthsOfADay, added, by, middle, nine_of_ten, tenths_between
from portal.insight.figures.requests import WHO, gone, kept, known
from portal.insight.periods import Period
from portal.insight.table import Column, Sum, Table
from selfreferral.models import BlindMark, Referral, Signpost, TriageDecision
from selfreferral.workflow import BEFORE_FIRST_TALK, State

_REACHED_BY = (BlindMark.Kind.PHONE, BlindMark.Kind.EMAIL)
HALF, NINE = "Half waited no longer than", "Nine of ten within"
_WAITING_ROWS = {
    "To hear from us for the first time": BEFORE_FIRST_TALK,
    "On our list, after a first talk": frozenset({State.WAITING}),
}


def first_contact(period: Period) -> Table:
    """How long it was from asking to a real talk, both ways, for those who had one."""
    found = known(period).filter(episode=1, first_contact_at__isnull=False)
    waits = tenths_between(found, "received_at", "first_contact_at")
    n = sum(waits.values())
    in_time = found.filter(first_contact_at__lte=F("due_at")).count()
    row = (
        "Until the first talk", n, middle(waits), nine_of_ten(waits), in_time, n - in_time, percent_of(in_time, n),
    )  # fmt: skip
    return Table(
        "first_contact",
        "How long it was to the first talk",
        f"{WHO} Here those are counted who have talked with us, and whose request was not opened again later. Days are from "
        "the moment in which somebody asked to the first real talk, both ways: half of them waited no longer than the first "
        "number (the median), nine of ten no longer than the second. In time is what our promise says.",
        (
            Column("wait", "What", "text"),
            Column("talked", "Talked with", "count", adds_up=True),
            Column("median", HALF, "days", of="talked"),
            Column("ninety", NINE, "days", of="talked"),
            Column("in_time", "In time", "count"),
            Column("late", "Later than promised", "count"),
            Column("share_in_time", "Share in time", "percent", of="talked", part="in_time"),
        ),
        (row,),
        n,
        sums=(Sum(("in_time", "late"), "talked"),),
        counted="people who talked with us",
        gone=gone(period, found=known(period)),
    )


def waiting(period: Period) -> Table:
    """Who waited for something when the period ended, whenever they had asked."""
    end = period.ends_at
    decisions = TriageDecision.objects.filter(referral=OuterRef("pk"), decided_at__lt=end)
    stood = Subquery(decisions.order_by("-decided_at", "-pk").values("to_state")[:1])
    again = decisions.filter(to_state=State.NEW, episode__gt=1).exclude(from_state=State.SCREENING)
    came_back = Subquery(again.order_by("-decided_at").values("decided_at")[:1])
    states = frozenset[State]().union(*_WAITING_ROWS.values())
    found = Referral.objects.filter(received_at__lt=end).annotate(stood=stood).filter(stood__in=states)
    since = found.annotate(since=Coalesce(came_back, F("received_at")), until=Value(end, output_field=DateTimeField()))
    tenths = by(since.annotate(tenths=TenthsOfADay("since", "until")), "stood", "tenths")
    rows = []
    for label, group in _WAITING_ROWS.items():
        mine = added((waited, number) for (state, waited), number in tenths.items() if state in group)
        rows.append((label, mine.total(), middle(mine), nine_of_ten(mine)))
    return Table(
        "waiting",
        "Who was waiting at the end",
        "People who had asked for help by the end of this time, whenever that was, and who then waited: to hear from us, or "
        "on our list after a first talk. Days are from when they asked, or came back, to the end of this time.",
        (
            Column("waiting_for", "What for", "text"),
            Column("people", "People", "count", adds_up=True),
            Column("median", HALF, "days", of="people"),
            Column("ninety", NINE, "days", of="people"),
        ),
        tuple(rows),
        sum(tenths.values()),
        counted="people",
    )


def repeat_and_reopened(period: Period) -> Table:
    """Of those who asked, who came back and who had asked before.

    That somebody came back is kept when they are erased, and their number is not: so each share is of a number of its own.
    """
    n, readable = known(period).count(), kept(period)
    before = BlindMark.objects.filter(
        kind=OuterRef("kind"), mark=OuterRef("mark"), referral__received_at__lt=OuterRef("referral__received_at")
    ).exclude(referral__state=State.MERGED)
    theirs = BlindMark.objects.filter(Exists(before), referral__in=readable, kind__in=_REACHED_BY)
    rows = (
        ("Opened again since", known(period).filter(episode__gt=1).count(), n),
        (
            "Same phone number or e-mail address as an earlier request",
            theirs.values("referral").distinct().count(),
            readable.count(),
        ),
    )
    return Table(
        "repeat_and_reopened",
        "Who came back",
        f"{WHO} A request is opened again when somebody comes back after it was finished. Two people of one household can "
        "have the same number, so what looks like somebody who asked before can be two people. Numbers and addresses are known "
        "of those alone who were not erased since, and that share is of these.",
        (
            Column("what", "What", "text"),
            Column("requests", "Requests", "count"),
            Column("out_of", "Of how many", "count"),
            Column("share", "Share", "percent", of="out_of", part="requests"),
        ),
        tuple((name, number, out_of, percent_of(number, out_of)) for name, number, out_of in rows),
        n,
        counted="requests for help",
        gone=gone(period, found=known(period)),
    )


def signposts(period: Period) -> Table:
    """How often we helped somebody to find somewhere to go."""
    given = Signpost.objects.filter(signposted_at__gte=period.begins_at, signposted_at__lt=period.ends_at)
    rows = []
    for label, some in (
        ("Somewhere in our directory", given.exclude(sealed_service=b"")),
        ("Somewhere else", given.filter(sealed_service=b"")),
    ):
        counts = some.aggregate(
            signposts=Count("pk"),
            duty=Count("pk", filter=Q(is_duty_to_refer=True)),
        )
        rows.append((label, counts["signposts"], counts["duty"]))
    return Table(
        "signposts",
        "Where we helped people to go",
        "Each time that a member of the team wrote down in this time where they helped somebody to go, of people who were not "
        "erased since. The council is told under the duty to refer where somebody may lose their home and agrees.",
        (
            Column("where", "Where", "text"),
            Column("signposts", "Times", "count", adds_up=True),
            Column("duty", "Of them told to a council", "count"),
        ),
        tuple(rows),
        sum(row[1] for row in rows),
        counted="times that we helped",
        gone=gone(period, found=kept(period)),
    )
