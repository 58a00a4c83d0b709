"""What a link to an issue shows where it is passed on."""

from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from newsletter.rendering.sharing import share_of
from tests.conftest import Person
from tests.factories.newsletter import a_picture, an_issue, lead

pytestmark = pytest.mark.django_db


def test_the_lead_s_picture_stands_for_the_issue(resident: Person) -> None:
    picture = {"image": a_picture().pk, "alt_text": "People at a long table", "decorative": False}
    issue = an_issue(body=[lead(picture=picture)], summary='Warm "rooms" & open doors')
    share = share_of(issue)
    assert "fill-1200x630" in share.picture
    assert share.picture.startswith("http://localhost:8000/media/")
    assert share.picture_words == "People at a long table"
    page = resident.get(issue.path_on_site).content.decode()
    assert '<meta property="og:title" content="Winter in Horden">' in page
    assert '<meta property="og:description" content="Warm &quot;rooms&quot; &amp; open doors">' in page
    assert f'<meta property="og:image" content="{share.picture}">' in page
    assert '<meta name="twitter:card" content="summary_large_image">' in page


def test_an_issue_without_a_picture_has_a_card_of_its_headline(resident: Person) -> None:
    issue = an_issue(body=[lead()])
    share = share_of(issue)
    assert share.picture == "http://localhost:8000/news/winter-in-horden.png"
    assert share.picture_words == "The headline in large letters: The hall is warm again"
    answer = resident.get("/news/winter-in-horden.png")
    assert answer["Content-Type"] == "image/png"
    assert Image.open(BytesIO(answer.content)).size == (share.width, share.height)


def test_nobody_sees_the_card_of_a_draft(resident: Person, editor: Person) -> None:
    issue = an_issue(live=False)
    address = reverse("newsletter_card", args=[issue.slug])
    assert resident.get(address).status_code == editor.get(address).status_code == 404
