"""The header of a staff screen: what Wagtail's own templates need to show its title and the way back."""

from typing import Any

from django.urls import reverse

# What a screen on the way is called, the name of its address, and what that takes.
Above = tuple[str, str, *tuple[object, ...]]


def screen_header(title: str, *above: Above, icon: str) -> dict[str, Any]:
    """Context for "wagtailadmin/generic/base.html"; `above` are the screens on the way from the first one, which is Home."""
    trail = [
        {"url": reverse(name, args=[*words]), "label": label}
        for label, name, *words in (("Home", "wagtailadmin_home"), *above)
    ]
    return {
        "breadcrumbs_items": [*trail, {"url": "", "label": title}],
        "header_title": title,
        "header_icon": icon,
    }
