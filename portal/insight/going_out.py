"""What keeps a report from going out, in sentences: for whom it is, a quote without its yes, another count of its time."""

from collections.abc import Iterable, Iterator

from portal.clock import say_moment
from portal.insight.models import ReportPage
from portal.insight.report_blocks import may_be_shown

FOR_THE_BOARD = (
    "“{0}” was not published: the board’s report never goes on the website. Whoever may see exact figures finds it under "
    "“Figures”."
)
NO_YES = (
    "“{0}” was not published: a quote has nobody’s yes yet. Write down who said yes, when, how and where that can be found, "
    "or take the quote out."
)
TWO_COUNTS = (
    "“{0}”, counted on {1}, was not published: “{2}” shows another count of the same time, made on {3}. From two counts side by "
    "side an exact number can be worked out. Unpublish that one first."
)


def hindrances(page: ReportPage, others: Iterable[ReportPage] = ()) -> Iterator[str]:
    """Why this report, as it was written last, does not go out; `others` go out at the same moment."""
    if page.is_for_board:
        yield FOR_THE_BOARD.format(page.title)
        return
    if not all(may_be_shown(block) for block in page.body):
        yield NO_YES.format(page.title)
    out = [*ReportPage.objects.out_with_another_count(page).select_related("snapshot"), *others]
    for other in {report.pk: report for report in out}.values():
        if other.snapshot.period == page.snapshot.period and other.snapshot_id != page.snapshot_id:
            made, other_made = say_moment(page.snapshot.made_at), say_moment(other.snapshot.made_at)
            yield TWO_COUNTS.format(page.title, made, other.title, other_made)
