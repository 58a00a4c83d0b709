"""What a page knows of the browser that asks for it."""

import pytest
from django.template import Context
from django.test import RequestFactory

from engagement.comments.actions.supporting import support
from engagement.comments.leaving.browsers import COOKIE, new_number
from engagement.comments.templatetags.agreeing_tags import agreed_among
from tests.conftest import Person
from tests.factories.comments import make_published

pytestmark = pytest.mark.django_db


def test_a_browser_is_shown_its_own_presses_and_nobody_elses(coordinator: Person) -> None:
    bins, bench = make_published(by=coordinator.user), make_published("The bench.", by=coordinator.user)
    mine, other = new_number(), new_number()
    support(comment=bins, browser=mine)
    support(comment=bench, browser=other)
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = mine
    context = Context({"request": request})
    assert agreed_among(context, [bins, bench]) == {bins.pk}
    assert agreed_among(context, bench) == set()
    assert agreed_among(Context({"request": RequestFactory().get("/")}), [bins]) == set()
    assert agreed_among(Context(), [bins]) == set()
