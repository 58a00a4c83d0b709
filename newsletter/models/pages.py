"""The newspaper's pages: the list of issues, and one issue written in blocks."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Length, Substr
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageQuerySet, PageViewRestriction
from wagtail.search import index

from newsletter.blocks import IssueBody
from newsletter.gate import findings_of
from newsletter.issue_form import IssueForm
from newsletter.printing.goals import codes_of
from newsletter.printing.screen import print_preview
from newsletter.rendering.edition import edition_of, parts_of_issue, with_example_links
from newsletter.rendering.masthead import masthead_of
from newsletter.rendering.sharing import share_of
from portal.pages.models import BasePage
from portal.paging import page_of

ROOM = "news"
ISSUES_ON_A_PAGE = 12
# What the database can hold as the number of a page.
MOST_NUMBER = 2**31 - 1
# Addresses under /news/ that are not issues.
RESERVED_SLUGS = frozenset({"rss", "subscribe", "u", "preferences", "confirm"})


class IssueQuerySet(PageQuerySet):
    """Ways to choose issues."""

    def for_everybody(self) -> "IssueQuerySet":
        """Live issues that no privacy setting hides, on the issue or above it; unlike Wagtail's `public`, in one query."""
        above = PageViewRestriction.objects.annotate(
            start=Substr(OuterRef("path"), 1, Length("page__path"), output_field=models.CharField())
        )
        return self.live().filter(~Exists(above.filter(page__path=F("start"))))

    def numbered(self, number: int) -> "IssuePage | None":
        """The issue with this number in the database, where it is among these."""
        found: IssuePage | None = self.filter(pk=number).first() if number <= MOST_NUMBER else None
        return found

    def newest_first(self) -> "IssueQuerySet":
        return self.order_by("-issued_on", "-number", "-pk")

    def highest_number(self) -> int:
        """The highest number that an issue has, drafts too; 0 before the first."""
        found: int | None = self.aggregate(highest=models.Max("number"))["highest"]
        return found or 0

    def published_since(self, moment: datetime) -> "IssueQuerySet":
        """Issues that came onto the website for the first time after this."""
        return self.filter(first_published_at__gt=moment)

    def never_sent(self) -> "IssueQuerySet":
        """Issues that no reader has been sent: drafts, and those that are on the web only."""
        from newsletter.models.campaigns import Campaign

        return self.exclude(pk__in=Campaign.objects.that_count().exclude(issue=None).values("issue"))


class IssueIndexPage(BasePage):
    """All issues of the newspaper, newest first; it always stands at /news/."""

    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["newsletter.IssuePage"]
    template = "newsletter/issue_index.html"
    content_panels = [*Page.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = "list of issues"

    def clean(self) -> None:
        super().clean()
        if self.slug != ROOM:
            raise ValidationError({"slug": f"The newspaper lives at /{ROOM}/: keep “{ROOM}” here."})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        issues = IssuePage.objects.child_of(self).for_everybody().newest_first()
        context["issues"] = page_of(issues, asked=request.GET, size=ISSUES_ON_A_PAGE)
        return context


class IssuePage(BasePage):
    """One issue of the newspaper: written once, read on the web, by e-mail and as plain text."""

    number = models.PositiveSmallIntegerField(null=True, blank=True)
    issued_on = models.DateField("date", default=timezone.localdate)
    body = StreamField(IssueBody(), blank=True, use_json_field=True)
    topics = ParentalManyToManyField(
        "newsletter.Topic", blank=True, related_name="+", help_text="None: it goes to every reader."
    )
    places = ParentalManyToManyField("geo.Area", blank=True, related_name="+", help_text="None: it is for everywhere.")
    plain_text = models.TextField(
        blank=True,
        help_text="The words of the plain text edition where you wrote your own; empty: made from the blocks.",
    )
    plain_text_of = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="A fingerprint of what the blocks gave when the plain text was written.",
    )

    objects = PageManager.from_queryset(IssueQuerySet)()

    parent_page_types = ["newsletter.IssueIndexPage"]
    subpage_types: list[str] = []
    template = "newsletter/issue_page.html"
    base_form_class = IssueForm
    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("number"), FieldPanel("issued_on")]),
        FieldPanel("summary"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                FieldPanel("places", widget=forms.CheckboxSelectMultiple),
            ],
            heading="Who it is for",
        ),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    preview_modes = [("", "Web page"), ("email", "E-mail"), ("text", "E-mail as plain text"), ("print", "On paper")]

    class Meta:
        verbose_name = "issue"

    @property
    def path_on_site(self) -> str:
        """Where the issue is on this site; the newspaper's address is fixed, so nothing needs to be looked up."""
        return f"/{ROOM}/{self.slug}/"

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError(
                {"slug": f"/{ROOM}/{self.slug}/ is another page of the newspaper. Choose another word."}
            )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["parts"] = parts_of_issue(self)
        context["codes"] = codes_of(self, context["parts"]) if self.pk else {}
        context["answered"] = [part for part in context["parts"] if part.answer]
        if getattr(request, "is_preview", False):
            context["findings"] = findings_of(self)
        context["masthead"] = masthead_of(self)
        context["share"] = share_of(self)
        return context

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The issue as a reader will get it: on the web, as an e-mail, as the text of that e-mail, or on paper."""
        if mode_name == "email":
            return HttpResponse(with_example_links(edition_of(self)).html)
        if mode_name == "text":
            words = with_example_links(edition_of(self)).text
            return render(request, "newsletter/admin/text_preview.html", {"text": words})
        if mode_name == "print":
            return print_preview(request, self)
        response: HttpResponse = super().serve_preview(request, mode_name)
        return response
