"""The site's search finds published comments and actions, and tells examples apart."""

import pytest
from django.db import connection
from wagtail.search.index import insert_or_update_object

from engagement.comments.actions.moderating import decide
from engagement.comments.actions.redacting import redact
from engagement.comments.finding import find_actions, find_comments
from engagement.comments.models import PlaceComment
from engagement.comments.workflow import Status
from portal.pages.models import HomePage, StandardPage
from portal.pages.search import find
from tests.conftest import Person
from tests.factories.comments import make_action, make_comment, make_place, make_published

pytestmark = pytest.mark.django_db


def test_published_comments_are_found_by_their_words(coordinator: Person) -> None:
    comment = make_published("Plant apple trees", by=coordinator.user)
    make_published("Apple pie", by=coordinator.user, is_example=True)
    make_comment("Apple secrets")
    example, real = find_comments("apple")
    assert (real.title, real.url, real.kind) == ("Plant apple trees", comment.get_absolute_url(), "Comment")
    assert example.kind == "Example comment"
    assert real in find("apple")


def test_published_actions_are_found_by_their_words(coordinator: Person) -> None:
    action = make_action(by=coordinator.user)
    make_action(by=coordinator.user, title="Clips for later", is_published=False)
    (found,) = find_actions("clips lids")
    assert (found.title, found.url, found.kind) == ("Clips for bins", action.get_absolute_url(), "What we did")


def references(words: str) -> set[str]:
    return set(PlaceComment.objects.published().saying(words).values_list("reference", flat=True))


def test_words_and_the_name_of_the_place_are_found_together(coordinator: Person) -> None:
    street = make_place("third-street")
    there = make_published("Bins blow over", by=coordinator.user, named_place=street)
    elsewhere = make_published("Bins at the third bend", by=coordinator.user)
    assert references("third bins") == {there.reference, elsewhere.reference}
    assert references("street bin third") == references("third STREET") == {there.reference}
    assert references("t") == set()
    assert references("third bend") == {elsewhere.reference}
    street.name = "Fourth Street"
    street.save()
    assert references("third") == {elsewhere.reference}
    assert references("fourth blow") == references(there.reference.replace("-", " ").lower()) == {there.reference}


def test_what_is_not_shown_is_found_by_nobody_but_staff(coordinator: Person) -> None:
    comment = make_published("Ring Wrensecret about the bins", by=coordinator.user)
    assert [found.title for found in find_comments("wrensec")] == [comment.title]
    redact(comment=comment, words="Ring about the bins", where_words="", by=coordinator.user)
    for status in Status:
        PlaceComment.objects.update(status=status.value)
        assert find_comments("wrensec") == []
        assert bool(find_comments("bins")) is (status == Status.PUBLISHED)
        assert PlaceComment.objects.saying_to_staff("wrensec").count() == 1
    draft = make_action(by=coordinator.user, title="Clips", is_published=False)
    assert (find_actions("clips"), str(draft)) == ([], "Clips")


def test_what_is_erased_is_in_no_index(coordinator: Person) -> None:
    comment = make_published("Ring Wrensecret about the bins", by=coordinator.user, author_name="Wrensecret")
    redact(comment=comment, words="Ring about the bins", where_words="", by=coordinator.user)
    for change in ("withdraw", "erase"):
        comment = PlaceComment.objects.get(pk=comment.pk)
        decide(comment=comment, change=change, reason="asked", by=coordinator.user)
    assert not PlaceComment.objects.saying_to_staff("wrensecret").exists()
    if connection.vendor == "sqlite":
        assert b"wrensecret" not in connection.connection.serialize().lower()


def test_pages_are_found_by_every_word_and_by_the_beginning_of_a_title() -> None:
    home = HomePage.objects.get()
    for title, summary in (("Volunteering here", "Give an hour"), ("Hidden", "Give a day")):
        page = home.add_child(instance=StandardPage(title=title, summary=summary, live=title != "Hidden"))
        insert_or_update_object(page)  # as the worker does
    for words in ("volunt", "give hour", "VOLUNTEERING"):
        assert [one.title for one in find(words) if one.kind == "Page"] == ["Volunteering here"], words
    for words in ("give nothing", "hidden", '"', "volunteering NOT zebra"):
        assert not [one for one in find(words) if one.kind == "Page"], words
