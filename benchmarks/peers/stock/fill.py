"""Fills the stock site: a home page of twenty blocks, five pages in the menu, four pictures; prints how often its page asks.

Run as `python -m benchmarks.peers.stock.fill` by the peers' Python.
"""

import io
import os

import django

from benchmarks.peers.twenty_blocks import twenty


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.peers.stock.settings")
    django.setup()
    from django.core.files.base import ContentFile
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from PIL import Image as Drawn
    from wagtail.images.models import Image
    from wagtail.models import Page, Site

    from benchmarks.peers.stock.models import HomePage, Identity

    call_command("migrate", verbosity=0)
    pictures = []
    for number in range(4):
        file = io.BytesIO()
        Drawn.new("RGB", (1200, 800), (40 * number, 120, 90)).save(file, "JPEG")
        pictures.append(
            Image.objects.create(title=f"Hall {number}", file=ContentFile(file.getvalue(), f"{number}.jpg"))
        )
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Village", slug="village"))
    site = Site.objects.get()
    site.hostname, site.root_page = "localhost", home
    site.save()
    Identity.objects.create(site=site, phone="0191 000 0000", email="hall@example.org")
    below = [
        home.add_child(instance=HomePage(title=f"Page {number}", slug=f"page-{number}", show_in_menus=True))
        for number in range(5)
    ]
    home.summary = "A village and its hall."
    home.body = twenty(pages=[page.pk for page in below], pictures=[picture.pk for picture in pictures])
    home.save_revision().publish()
    client = Client(SERVER_NAME="localhost")
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/").status_code == 200
    print(len(asked))


if __name__ == "__main__":
    main()
