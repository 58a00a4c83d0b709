"""One press to agree, counted once a browser, and one to take it back."""

import pytest

from engagement.comments.actions.authoring import withdraw
from engagement.comments.actions.supporting import support, take_back
from engagement.comments.leaving.browsers import browser_hash, new_number
from engagement.comments.models import Consultation, PlaceComment, Support
from portal.refusals import Refused
from tests.conftest import Person
from tests.factories.comments import MONDAY, make_comment, make_published

pytestmark = pytest.mark.django_db


def test_a_browser_counts_once_and_can_take_it_back(coordinator: Person) -> None:
    comment, here = make_published(by=coordinator.user), new_number()
    support(comment=comment, browser=here, now=MONDAY)
    assert support(comment=comment, browser=here).support_count == 1
    assert support(comment=comment, browser=new_number()).support_count == 2
    assert take_back(comment=comment, browser=here).support_count == 1
    assert take_back(comment=comment, browser=here).support_count == 1
    assert PlaceComment.objects.get().support_count == Support.objects.count() == 1


def test_taking_back_leaves_those_who_agreed_around_a_table(coordinator: Person) -> None:
    comment, here = make_published(by=coordinator.user), new_number()
    PlaceComment.objects.filter(pk=comment.pk).update(support_count=7)
    assert support(comment=comment, browser=here).support_count == 8
    assert take_back(comment=comment, browser=here).support_count == 7


def test_what_is_stored_ties_no_two_comments_to_one_browser(coordinator: Person) -> None:
    here = new_number()
    for words in ("The bench is broken.", "More trees."):
        support(comment=make_published(words, by=coordinator.user), browser=here)
    first, second = Support.objects.values_list("browser_hash", flat=True)
    assert first != second
    assert here not in first + second
    assert browser_hash(here, 1) == browser_hash(here, 1) != browser_hash(new_number(), 1)


def test_a_press_makes_no_kept_map_or_report_old(coordinator: Person) -> None:
    comment, here = make_published(by=coordinator.user), new_number()
    before = Consultation.objects.standing().version
    support(comment=comment, browser=here)
    take_back(comment=comment, browser=here)
    assert Consultation.objects.standing().version == before


def test_a_count_that_was_put_to_nothing_never_falls_below_it(coordinator: Person) -> None:
    comment, here = make_published(by=coordinator.user), new_number()
    support(comment=comment, browser=here)
    PlaceComment.objects.filter(pk=comment.pk).update(support_count=0)
    assert take_back(comment=comment, browser=here).support_count == 0


def test_nobody_agrees_with_what_is_not_shown() -> None:
    for comment in (make_comment(), withdraw(comment=make_comment("More trees."), now=MONDAY)):
        with pytest.raises(Refused, match="not on the site"):
            support(comment=comment, browser=new_number())
    assert not Support.objects.exists()
