"""The header of a staff screen: what Wagtail's own templates need to show the title and the way back."""

from typing import Any

from django.urls import reverse


def page_header(title: str, *above: tuple[str, list[int], str], icon: str = "mail") -> dict[str, Any]:
    """Context for "wagtailadmin/generic/base.html"; `above` are the screens on the way: URL name, its arguments, label."""
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": "Home"}]
    crumbs += [{"url": reverse(name, args=arguments), "label": label} for name, arguments, label in above]
    return {
        "breadcrumbs_items": [*crumbs, {"url": "", "label": title}],
        "header_title": title,
        "header_icon": icon,
    }
