"""Links from words to our pages; apart from what else is known, for Wagtail has these only once all models are there."""

from typing import cast

from django.utils.html import format_html
from wagtail.models import Page, Site
from wagtail.rich_text.pages import PageLinkHandler

from portal.changes import remembered


class KnownPageLinks(PageLinkHandler):
    """One map from number to address, where Wagtail asks three times for each block."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        addresses = remembered("addresses of pages", _addresses)
        if not addresses:
            return cast(list[str], super().expand_db_attributes_many(attrs_list))
        known = [addresses.get(str(attrs.get("id"))) for attrs in attrs_list]
        return [format_html('<a href="{}">', address) if address else "<a>" for address in known]


def _addresses() -> dict[str, str]:
    """Where each page of the one site lies; empty where there are several, whose addresses Wagtail works out itself."""
    site = Site.objects.select_related("root_page").first()
    if site is None or Site.objects.count() > 1:
        return {}
    root = site.root_page.url_path
    below = Page.objects.filter(url_path__startswith=root).values_list("pk", "url_path")
    return {str(pk): f"/{path.removeprefix(root)}" for pk, path in below}
