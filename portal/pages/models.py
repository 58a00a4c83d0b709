"""The pages that editors write: home, standard pages and sections."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from portal.pages.blocks import WORDS, BodyBlock
from portal.pages.kept_pages import may_be_kept
from portal.pages.known import KnownPage
from portal.pages.settings import SiteIdentity, UrgentHelp
from portal.privacy import NoPersonalData

__all__ = ["BasePage", "HomePage", "SectionPage", "SiteIdentity", "StandardPage", "UrgentHelp"]


class BasePage(KnownPage):
    """What every page of ours has: one sentence that says what it is for, shown in lists, feeds and search results."""

    summary = models.CharField(max_length=240, blank=True, help_text="One sentence, shown in lists and search results.")

    personal_data = NoPersonalData(because="pages are public and written by staff")
    search_fields = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page as everybody sees it; who must show a password first is asked before this."""
        may_be_kept(request)
        page: HttpResponse = super().serve(request, *args, **kwargs)
        return page


class HomePage(BasePage):
    """The first screen. Its parts come from the features; editors write the welcome."""

    welcome = RichTextField(features=WORDS, blank=True)

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    template = "pages/home.html"
    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("welcome")]

    class Meta:
        verbose_name = "home page"


class StandardPageQuerySet(PageQuerySet["StandardPage"]):
    """Ways to find a page of words."""

    def for_everybody(self, slug: str) -> "StandardPage | None":
        """The page of this name, once it is published for all."""
        return self.live().public().filter(slug=slug).first()


class StandardPage(BasePage):
    """A page of words and pictures."""

    body = StreamField(BodyBlock(), blank=True, use_json_field=True)

    objects = PageManager.from_queryset(StandardPageQuerySet)()

    template = "pages/standard_page.html"
    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "standard page"


class SectionPage(BasePage):
    """A list of the pages below it."""

    introduction = RichTextField(features=WORDS, blank=True)

    template = "pages/section_page.html"
    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("introduction")]

    class Meta:
        verbose_name = "section"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["children"] = self.get_children().live().public().specific()
        return context
