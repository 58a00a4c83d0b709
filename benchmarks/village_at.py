"""Adds a page of twenty blocks to the village that the settings name, and counts what its pages ask; one JSON line.

Run as `python -m benchmarks.village_at` by `benchmarks.village`.
"""

import io
import json
import sys
from typing import Any

import django

from benchmarks.peers.twenty_blocks import twenty

TWENTY_BLOCKS = "/twenty-blocks/"
PAGES = {
    "the home page": "/",
    "a page of twenty blocks": TWENTY_BLOCKS,
    "warm spaces": "/warm-spaces/",
    "what’s on": "/whats-on/",
    "have your say": "/have-your-say/",
    "the news": "/news/",
}


def main() -> None:
    django.setup()
    from portal.demo.pages import add_below
    from portal.pages.models import HomePage, StandardPage

    home = HomePage.objects.get()
    near = [page.pk for page in home.get_children().live()][:5]
    page = StandardPage(title="Twenty blocks", slug="twenty-blocks", summary="A village and its hall.")
    page.body = twenty(pages=near, pictures=_pictures())
    add_below(home, page)
    sys.stdout.write(json.dumps({name: _asked(path) for name, path in PAGES.items()}) + "\n")


def _pictures() -> list[int]:
    from django.core.files.base import ContentFile
    from PIL import Image as Drawn
    from wagtail.images import get_image_model

    found = []
    for number in range(4):
        file = io.BytesIO()
        Drawn.new("RGB", (1200, 800), (40 * number, 120, 90)).save(file, "JPEG")
        picture: Any = get_image_model()(title=f"Hall {number}", file=ContentFile(file.getvalue(), f"{number}.jpg"))
        picture.save()
        found.append(picture.pk)
    return found


def _asked(path: str) -> int:
    """Queries of a page that is not kept, the second time, as most people meet it. Who brings a cookie gets no kept page."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["localhost"]
    client = Client(SERVER_NAME="localhost")
    client.cookies["seen"] = "1"
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return len(asked)


if __name__ == "__main__":
    main()
