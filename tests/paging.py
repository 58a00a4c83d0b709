"""Follows the links of a list from page to page, as somebody who reads on does."""

import re
from html import unescape


def link_to(rel: str, html: str) -> str:
    """The query of the link to the next or the previous page ("next", "prev"); empty where there is none."""
    found = re.search(rf'<a[^>]*rel="{rel}"[^>]*href="([^"]*)"', html)
    return unescape(found[1]) if found else ""
