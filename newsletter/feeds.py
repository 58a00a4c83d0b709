"""The newspaper as a feed, with the whole of each issue, for people who read it in a program of their own."""

import re
from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed

from newsletter.models import IssuePage
from newsletter.rendering.edition import parts_of_issue
from newsletter.rendering.parts import with_whole_links
from portal.emails.links import absolute
from portal.pages.settings import site_identity

MOST = 20
KEPT_FOR = 60 * 60
# What XML cannot hold.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class WholeIssues(Rss201rev2Feed):
    """RSS with the words of each entry beside its summary."""

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:content": "http://purl.org/rss/1.0/modules/content/"}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["whole"])


class IssueFeed(Feed):
    """The newest issues, newest first."""

    feed_type = WholeIssues
    language = "en-GB"

    def title(self) -> str:
        identity = site_identity()
        return f"{identity.name} in {identity.place_name}: the newspaper"

    def link(self) -> str:
        return absolute("/news/")

    def feed_url(self) -> str:
        return absolute("/news/rss/")

    def description(self) -> str:
        return "Each new issue of the newspaper."

    def items(self) -> list[IssuePage]:
        return list(IssuePage.objects.for_everybody().newest_first()[:MOST])

    def item_title(self, item: IssuePage) -> str:
        return item.title

    def item_description(self, item: IssuePage) -> str:
        return item.summary

    def item_link(self, item: IssuePage) -> str:
        return absolute(item.path_on_site)

    def item_pubdate(self, item: IssuePage) -> datetime:
        return timezone.make_aware(datetime.combine(item.issued_on, time(9)))

    def item_extra_kwargs(self, item: IssuePage) -> dict[str, str]:
        key = f"newspaper-feed-{item.pk}-{item.live_revision_id}"
        return {"whole": cache.get_or_set(key, lambda: _whole(item), KEPT_FOR) or ""}


def _whole(issue: IssuePage) -> str:
    parts = [with_whole_links(part, absolute) for part in parts_of_issue(issue)]
    context = {"parts": parts, "answered": [part for part in parts if part.answer]}
    return _CONTROLS.sub("", render_to_string("newsletter/feed_item.html", context))
