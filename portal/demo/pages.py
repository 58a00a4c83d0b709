"""The demo's own words: who the partnership is, urgent numbers, home and the pages about the work."""

import json
from datetime import date
from typing import Any

from wagtail.models import Page, Site

from portal.demo.source import facts
from portal.pages.models import HomePage, SiteIdentity, StandardPage, UrgentHelp


def load_pages(*, port: int) -> HomePage:
    """The site's settings, its home page and the pages below it."""
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port, site.site_name = "localhost", port, "Together in Horden"
    site.save()
    content = facts("pages")
    SiteIdentity.objects.update_or_create(site=site, defaults=content["identity"])
    UrgentHelp.objects.update_or_create(
        site=site,
        defaults={
            "checked_on": date.fromisoformat(content["urgent_help"]["checked_on"]),
            "lines": stream([{"type": "line", "value": line} for line in content["urgent_help"]["lines"]]),
        },
    )
    home = HomePage.objects.get()
    if home.welcome != content["home"]["welcome"]:
        for name, value in content["home"].items():
            setattr(home, name, value)
        publish(home)
    for row in content["pages"]:
        add_below(home, StandardPage(**{**row, "body": stream(row["body"])}))
    return home


def stream(blocks: list[dict[str, Any]]) -> str:
    """Blocks as Wagtail's stream fields take them."""
    return json.dumps(blocks)


def add_below(parent: Page, page: Page) -> Page:
    """Publish a page under another, unless one of that address is there: an editor may have changed it."""
    there = parent.get_children().filter(slug=page.slug).first()
    if there is not None:
        return there.specific
    parent.add_child(instance=page)
    publish(page)
    return page


def publish(page: Page) -> None:
    page.save_revision().publish()
