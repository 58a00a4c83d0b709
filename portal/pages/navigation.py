"""The main navigation: the rooms of the house in the order of who needs them, then pages that editors add."""

from typing import TypedDict

from wagtail.models import Page, Site

from portal.changes import remembered

ROOMS = (
    ("Get help", "/get-help/"),
    ("Warm spaces", "/warm-spaces/"),
    ("What’s on", "/whats-on/"),
    ("Have your say", "/have-your-say/"),
    ("News", "/news/"),
)


class NavigationItem(TypedDict):
    """One link of the navigation."""

    title: str
    url: str
    is_current: bool


def main_navigation(site: Site | None, path: str) -> list[NavigationItem]:
    """Links for the header, with the one that `path` lies under marked."""
    links = [*ROOMS]
    if site is not None:
        links += remembered(f"pages in the menu of {site.pk}", lambda: _added_by_editors(site))
    return [NavigationItem(title=title, url=url, is_current=path.startswith(url)) for title, url in links]


def _added_by_editors(site: Site) -> list[tuple[str, str]]:
    pages = Page.objects.child_of(site.root_page).live().public().in_menu()
    root, rooms = site.root_page.url_path, {url for _, url in ROOMS}
    below = [(page.title, f"/{page.url_path.removeprefix(root)}") for page in pages]
    return [link for link in below if link[1] not in rooms]
