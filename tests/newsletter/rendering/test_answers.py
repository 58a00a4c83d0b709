"""The answers at the end of an issue, each below the headline of its puzzle."""

import re

import pytest

from newsletter.rendering.edition import edition_of
from tests.conftest import Person
from tests.factories.newsletter import an_issue, block, lead

pytestmark = pytest.mark.django_db
BROKEN = re.compile(r"<b[^>]*>A riddle</b>\s*<br\s*/?>\s*A bottle\.")


def test_an_answer_stands_on_a_line_of_its_own_on_the_web_and_in_the_mail(resident: Person) -> None:
    riddle = block("puzzle", heading="A riddle", words="<p>What has a neck?</p>", answer="A bottle.")
    issue = an_issue(body=[lead(), riddle])
    assert BROKEN.search(resident.get(issue.path_on_site).content.decode())
    assert BROKEN.search(edition_of(issue).html)
