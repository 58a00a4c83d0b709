"""Numbers that nobody has checked for three months are on the week of those who may change them."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Site

from portal.pages.settings import UrgentHelp
from portal.pages.urgent import numbers_to_check
from tests.conftest import Person

pytestmark = pytest.mark.django_db


def checked(days_ago: int | None) -> None:
    day = None if days_ago is None else timezone.localdate() - timedelta(days=days_ago)
    UrgentHelp.objects.update_or_create(site=Site.objects.get(), defaults={"checked_on": day})


@pytest.mark.parametrize(("days_ago", "told"), [(90, None), (91, 91), (400, 400), (None, 1)])
def test_they_are_told_when_it_is_long_ago(editor: Person, days_ago: int | None, told: int | None) -> None:
    checked(days_ago)
    line = numbers_to_check(editor.user)
    assert (line.count if line else None) == told


def test_a_site_without_the_list_is_told_too(editor: Person) -> None:
    assert numbers_to_check(editor.user) is not None


def test_whoever_cannot_change_them_is_not_bothered(navigator: Person) -> None:
    checked(400)
    assert numbers_to_check(navigator.user) is None


def test_the_line_leads_to_where_they_are_changed_and_shows_the_date(editor: Person) -> None:
    checked(120)
    line = numbers_to_check(editor.user)
    assert line is not None
    page = editor.get(line.url, follow=True).content.decode()
    assert "numbers last checked on" in page.lower()
    assert "days since somebody checked the urgent numbers" in editor.get("/staff/").content.decode()


def test_a_list_that_nobody_checked_is_not_hidden_by_another_site(editor: Person) -> None:
    checked(10)
    other = Site.objects.create(hostname="other.example", root_page=Site.objects.get().root_page)
    UrgentHelp.objects.create(site=other, checked_on=None)
    line = numbers_to_check(editor.user)
    assert line is not None
    assert "nobody has checked" in line.label
