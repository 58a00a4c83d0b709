"""The reports: their list at /reports/, and one report with the figures of a snapshot and the words of staff."""

import logging
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PagePermissionTester
from wagtail.query import PageQuerySet
from wagtail.search import index

from portal.insight.audiences import Audience
from portal.insight.editing_panel import LeftOutPanel
from portal.insight.left_out import left_out
from portal.insight.models.snapshots import Altered, Snapshot
from portal.insight.periods import Period
from portal.insight.report_blocks import ReportBody, may_be_shown
from portal.insight.rounding import STANDING
from portal.insight.shown import Part, Shown, parts_of
from portal.insight.table import Table
from portal.insight.wording import may_be_empty
from portal.pages.models import BasePage
from portal.paging import page_of

logger = logging.getLogger(__name__)
ROOM = "reports"
REPORTS_ON_A_PAGE = 20
VIEW_BOARD_EDITION, DRAFT = "insight.view_board_edition", "insight.draft_report"


class ReportQuerySet(PageQuerySet["ReportPage"]):
    """Ways to choose reports."""

    def for_everybody(self) -> "ReportQuerySet":
        """Reports that are out, with their figures; never the board's."""
        found: ReportQuerySet = self.live().public().exclude(audience=Audience.BOARD).select_related("snapshot")
        return found

    def newest_first(self) -> "ReportQuerySet":
        """By the end of what they are about; of one time the newest count first."""
        return self.order_by("-snapshot__ends_on", "-snapshot__begins_on", "-snapshot__made_at", "-pk")

    def out_with_another_count(self, page: "ReportPage") -> "ReportQuerySet":
        """Reports of the same time that show another count and are out, or will be at a day that is set."""
        found = self.exclude(audience=Audience.BOARD).exclude(snapshot=page.snapshot_id)
        found = found.filter(snapshot__begins_on=page.snapshot.begins_on, snapshot__ends_on=page.snapshot.ends_on)
        waiting = models.Q(_revisions__approved_go_live_at__isnull=False)
        chosen: ReportQuerySet = found.filter(models.Q(live=True) | waiting).distinct().order_by("-pk")
        return chosen

    def count_of(self, period: Period) -> Snapshot | None:
        """What the newest report of just this time counted, if that was after its last day."""
        found = self.filter(snapshot__begins_on=period.begins_on, snapshot__ends_on=period.ends_on)
        newest = found.filter(snapshot__made_at__gte=period.ends_at).select_related("snapshot").order_by("-pk").first()
        return newest.snapshot if newest else None

    def for_staff(self) -> "ReportQuerySet":
        """All, drafts too, the last begun first."""
        return self.select_related("snapshot").order_by("-pk")


class ReportIndexPage(BasePage):
    """All reports that are out, newest first; it always stands at /reports/."""

    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["insight.ReportPage"]
    template = "insight/report_index.html"
    content_panels = [*Page.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = "list of reports"

    def clean(self) -> None:
        super().clean()
        if self.slug != ROOM:
            raise ValidationError({"slug": f"The reports live at /{ROOM}/: keep “{ROOM}” here."})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        reports = ReportPage.objects.child_of(self).for_everybody().newest_first()
        context["reports"] = page_of(reports, asked=request.GET, size=REPORTS_ON_A_PAGE)
        return context


class ReportPermissions(PagePermissionTester):
    """As of any page, but that nobody puts the board's report on the website."""

    def can_publish(self) -> bool:
        return not self.page.is_for_board and bool(super().can_publish())


class ReportPage(BasePage):
    """One report. It shows the figures of its snapshot and no others, so that none of them ever changes by itself."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+", editable=False)
    audience = models.CharField(max_length=10, choices=Audience.choices, editable=False)
    body = StreamField(ReportBody(), blank=True, use_json_field=True)

    objects = PageManager.from_queryset(ReportQuerySet)()

    # The builder makes them, for a report has a snapshot from the start.
    is_creatable = False
    parent_page_types = ["insight.ReportIndexPage"]
    subpage_types: list[str] = []
    template = "insight/report_page.html"
    content_panels = [*Page.content_panels, FieldPanel("summary"), LeftOutPanel(), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "report"
        permissions = [
            ("draft_report", "Can begin a report"),
            ("view_board_edition", "Can see exact figures"),
        ]

    @property
    def path_on_site(self) -> str:
        """Where the report is on this site; the reports' address is fixed, so nothing needs to be looked up."""
        return f"/{ROOM}/{self.slug}/"

    @property
    def is_for_board(self) -> bool:
        return self.audience == Audience.BOARD

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return ReportPermissions(user, self)

    @property
    def shown_body(self) -> list[Any]:
        """What staff wrote, without the quotes that nobody said yes to: however a report went out, these stand nowhere."""
        return [block for block in self.body if may_be_shown(block)]

    @property
    def for_whom(self) -> str:
        """Such as "Funders", without what they get."""
        return Audience(self.audience).label.split(":")[0]

    @property
    def has_nothing(self) -> bool:
        """Whether nothing was counted in its time, as far as its readers may know; how things stand today is not of its time."""
        return all(may_be_empty(table) for table in self._tables if table.name not in STANDING)

    @property
    def says_nothing(self) -> str:
        """What is said where that is so; rounded numbers cannot tell none from few."""
        few = "" if self.is_for_board else ", or too few to show"
        return f"Nothing was counted in {self.snapshot.period.words}{few}."

    def left_out(self) -> list[str]:
        """What staff placed and nobody sees, in sentences for staff."""
        try:
            return left_out(self.body, {table.name for table in self._tables})
        except Altered:
            return []

    @property
    def _tables(self) -> Sequence[Table]:
        return self.snapshot.tables if self.is_for_board else self.snapshot.public_tables

    def exact_figures(self) -> list[Shown]:
        """Every figure as it was counted; for the eyes of the board alone."""
        return [self._shown(table) for table in self.snapshot.tables]

    def exact_parts(self) -> tuple[list[Part], list[Part]]:
        """For the same eyes: what staff placed, then all the other figures."""
        figures = self.exact_figures()
        placed = [*parts_of(self.shown_body, figures)]
        names = {part.figure.table.name for part in placed if part.figure}
        return placed, [Part("figure", None, figure) for figure in figures if figure.table.name not in names]

    def public_figures(self, *, charts_at: str = "") -> list[Shown]:
        """The figures of the fixed list, rounded: all that anybody else is ever shown."""
        return [self._shown(table, charts_at) for table in self.snapshot.public_tables]

    def placed_figures(self) -> list[Shown]:
        """Of those, the ones that staff placed on the page: what this report makes public."""
        figures = self.public_figures(charts_at=self.path_on_site)
        return [part.figure for part in parts_of(self.shown_body, figures) if part.figure]

    def public_parts(self, *, charts_at: str = "") -> list[Part]:
        return [*parts_of(self.shown_body, self.public_figures(charts_at=charts_at))]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Rounded figures in every view of the page, in previews too: whoever edits pages need not be one of the board.

        Where the count is not as it was made, the words of staff stand without any figure, and the page says so.
        """
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        is_preview = getattr(request, "is_preview", False)
        is_out = self.live and not self.is_for_board and not is_preview
        context["left_out"] = self.left_out() if is_preview else []
        try:
            context["parts"] = self.public_parts(charts_at=self.path_on_site if is_out else "")
            context["has_nothing"] = self.has_nothing
        except Altered:
            logger.exception("A report is shown without its figures.")
            context |= {"parts": [*parts_of(self.shown_body, ())], "is_altered": True}
        context["is_out"] = is_out and "is_altered" not in context
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The board's report is not on the website: whoever may see it is led to its own address."""
        if not self.is_for_board:
            response: HttpResponse = super().serve(request, *args, **kwargs)
            return response
        if not request.user.has_perm(VIEW_BOARD_EDITION):
            raise Http404
        return redirect(reverse("insight:board", args=[self.pk]))

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        urls: list[dict[str, Any]] = [] if self.is_for_board else super().get_sitemap_urls(request)
        return urls

    def _shown(self, table: Table, charts_at: str = "") -> Shown:
        return Shown(table, self.snapshot.period, self.snapshot.made_at, charts_at)
