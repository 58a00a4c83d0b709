"""The newspaper as a feed."""

from datetime import datetime, time

from django.contrib.syndication.views import Feed
from django.utils import timezone

from newsletter.models import IssuePage
from portal.emails.links import absolute
from portal.pages.settings import site_identity

MOST = 20


class IssueFeed(Feed):
    """The newest issues, newest first."""

    def title(self) -> str:
        identity = site_identity()
        return f"{identity.name} in {identity.place_name}: the newspaper"

    def link(self) -> str:
        return absolute("/news/")

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
