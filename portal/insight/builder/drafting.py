"""Begins a report: counts, or takes what was counted of that time before, and lays the figures out for staff to add words."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet

from portal.accounts.models import User
from portal.accounts.roles import ROLES
from portal.audit.record import record
from portal.insight.audiences import Audience, first_figures
from portal.insight.figures import EVERY
from portal.insight.models import ReportIndexPage, ReportPage, Snapshot
from portal.insight.models.reports import VIEW_BOARD_EDITION
from portal.insight.periods import Period
from portal.insight.snapshots import need_leave, take_snapshot
from portal.insight.table import Table
from portal.refusals import Refused

TITLES = {
    Audience.RESIDENTS: "What we did, {0}",
    Audience.FUNDER: "Report to our funders, {0}",
    Audience.BOARD: "Report to the board, {0}",
}
SUMMARY = "Who asked for help, what people said about this place, and what came of it: {0}."
Block = tuple[str, str]


def draft_report(*, period: Period, audience: str, by: User, now: datetime, counts_afresh: bool = False) -> ReportPage:
    """A page that nobody else sees yet.

    Two reports of one time show the same numbers: a count that a report of this time shows already is taken, unless it is to
    be counted afresh or the time was not over when it was counted. Counting comes before the page, so that nobody waits for it,
    and after all that refuses, so that no count is left of a report that is not begun.
    """
    need_leave(by)
    _list_among(ReportIndexPage.objects.all())
    known = None if counts_afresh else ReportPage.objects.count_of(period)
    return _lay_out(snapshot=known or take_snapshot(period=period, by=by, now=now), audience=audience, by=by)


@transaction.atomic
def _lay_out(*, snapshot: Snapshot, audience: str, by: User) -> ReportPage:
    index = _list_among(ReportIndexPage.objects.select_for_update(of=("self",)))
    words = snapshot.period.words
    page = ReportPage(
        title=TITLES[Audience(audience)].format(words),
        slug=_free_slug(index, f"{words} {audience}"),
        summary=SUMMARY.format(words),
        snapshot=snapshot,
        audience=audience,
        body=[*_first_body(audience, snapshot)],
        live=False,
        owner=by,
    )
    index.add_child(instance=page)
    page.save_revision(user=by)
    if page.is_for_board:
        _close_to_others(page)
    record(action="insight.draft_report", by=by, subject=page, snapshot=snapshot.pk, audience=audience)
    return page


def _list_among(found: PageQuerySet[ReportIndexPage]) -> ReportIndexPage:
    """The one list of reports; refused where there is none."""
    index = found.first()
    if index is None:
        raise Refused("There is no list of reports at /reports/ yet. Ask an editor to add one below the home page.")
    return index


def _first_body(audience: str, snapshot: Snapshot) -> Iterator[Block]:
    """The figures of this audience; in longer reports each subject begins with a heading."""
    tables: Sequence[Table] = snapshot.tables if audience == Audience.BOARD else snapshot.public_tables
    subjects = {figure.name: figure.subject for figure in EVERY}
    begun = ""
    for name in first_figures(audience, tables):
        subject = subjects.get(name, "")
        if subject != begun and audience != Audience.RESIDENTS:
            begun = subject
            yield "heading", subject
        yield "figure", name


def _free_slug(index: ReportIndexPage, words: str) -> str:
    """An address that no report has yet."""
    begun = slugify(words)
    taken = set(index.get_children().values_list("slug", flat=True))
    number = 1
    while (slug := begun if number == 1 else f"{begun}-{number}") in taken:
        number += 1
    return slug


def _close_to_others(page: ReportPage) -> None:
    """Keeps the board's page out of the website, its search and its lists."""
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    titles = [role.title for role in ROLES.values() if VIEW_BOARD_EDITION in role.permissions]
    restriction.groups.set(Group.objects.filter(name__in=titles))
