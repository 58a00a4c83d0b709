"""Comments from a file: into their own consultation, once, and never against what staff or the author decided."""

from dataclasses import replace

import pytest

from engagement.comments.actions.importing import (
    MOST_THEMES,
    ImportedComment,
    open_consultation_for_import,
    take_imported,
)
from engagement.comments.actions.keeping import keep
from engagement.comments.actions.moderating import decide
from engagement.comments.models import Consultation, PlaceComment, Theme
from portal.audit.models import AuditEvent
from portal.geo.coordinates import Point
from portal.refusals import Refused
from tests.conftest import Person
from tests.factories.comments import MONDAY

pytestmark = pytest.mark.django_db

BINS = ImportedComment(key="1", words="Bins", point=Point(54.76, -1.31), sent_at=MONDAY, theme="Bins & lanes")
TREES = ImportedComment(key="2", words="Trees", point=Point(54.77, -1.32), sent_at=MONDAY, feeling="idea")


def open_one() -> Consultation:
    return open_consultation_for_import(slug="old-map", points=[BINS.point, TREES.point])


def test_a_new_consultation_is_unlisted_closed_and_as_large_as_its_points() -> None:
    consultation = open_one()
    assert (consultation.is_listed, consultation.is_open, consultation.name) == (False, False, "Old map")
    assert consultation.bounds == (-1.32, 54.76, -1.31, 54.77)
    assert open_one() == consultation


def test_comments_arrive_published_with_their_own_dates() -> None:
    outcomes = take_imported(consultation=open_one(), comments=[BINS, TREES])
    assert outcomes == {"1": "added", "2": "added"}
    comment = PlaceComment.objects.get(words="Bins")
    assert (comment.status, comment.published_at, comment.sent_at) == ("published", MONDAY, MONDAY)
    assert (comment.source, comment.accuracy, comment.feeling) == ("import", "imported", "")
    assert comment.theme is not None
    assert (comment.theme.slug, comment.theme.is_active) == ("bins-lanes", False)


def test_comments_can_wait_to_be_read_and_are_then_not_shown_by_the_same_file() -> None:
    consultation = open_one()
    take_imported(consultation=consultation, comments=[BINS, TREES], is_read_first=True)
    assert set(PlaceComment.objects.values_list("status", "published_at")) == {("waiting", None)}
    take_imported(consultation=consultation, comments=[BINS, TREES])
    assert not PlaceComment.objects.published().exists()


def test_other_words_after_a_redaction_are_held_until_somebody_has_read_them(coordinator: Person) -> None:
    consultation = open_one()
    take_imported(consultation=consultation, comments=[BINS])
    comment = PlaceComment.objects.get()
    comment.words, comment.sent_words = "…", "Bins"
    keep(comment)
    take_imported(consultation=consultation, comments=[replace(BINS, words="Bins of Mrs Example")])
    comment.refresh_from_db()
    assert (comment.status, comment.words, comment.sent_words) == ("held", "Bins of Mrs Example", "")


def test_another_feeling_or_pin_does_not_hold_again_what_staff_read_and_published(coordinator: Person) -> None:
    consultation = open_one()
    private = replace(BINS, words="Ring 07700 900123")
    take_imported(consultation=consultation, comments=[private])
    decide(comment=PlaceComment.objects.get(), change="publish", by=coordinator.user)
    before = PlaceComment.objects.get().decisions.count()
    moved = replace(private, feeling="idea", point=TREES.point)
    assert take_imported(consultation=consultation, comments=[moved]) == {"1": "changed"}
    comment = PlaceComment.objects.get()
    assert (comment.status, comment.feeling, comment.point) == ("published", "idea", TREES.point)
    assert (comment.risk, comment.decisions.count()) == (PlaceComment.Risk.PERSONAL, before)


def test_the_same_again_changes_nothing_and_writes_no_event() -> None:
    consultation = open_one()
    take_imported(consultation=consultation, comments=[BINS, TREES])
    before = list(PlaceComment.objects.values())
    events = AuditEvent.objects.count()
    assert set(take_imported(consultation=consultation, comments=[BINS, TREES]).values()) == {"unchanged"}
    assert list(PlaceComment.objects.values()) == before
    assert AuditEvent.objects.count() == events


def test_a_changed_row_is_changed_and_keeps_what_staff_decided(coordinator: Person) -> None:
    consultation = open_one()
    take_imported(consultation=consultation, comments=[BINS])
    decide(comment=PlaceComment.objects.get(), change="hold", by=coordinator.user, reason="needs_help")
    assert take_imported(consultation=consultation, comments=[replace(BINS, words="More bins")]) == {"1": "changed"}
    comment = PlaceComment.objects.get()
    assert (comment.words, comment.status) == ("More bins", "held")


def test_personal_details_are_held_even_in_a_file() -> None:
    consultation = open_one()
    take_imported(consultation=consultation, comments=[replace(BINS, words="Ring 07700 900123"), TREES])
    assert PlaceComment.objects.held().get().decisions.get().reason == "personal"
    take_imported(consultation=consultation, comments=[replace(TREES, words="Write to ann@example.org")])
    assert PlaceComment.objects.held().count() == 2


@pytest.mark.parametrize("changes", [["withdraw"], ["withdraw", "erase"]])
def test_what_an_author_took_back_does_not_come_again(coordinator: Person, changes: list[str]) -> None:
    consultation = open_one()
    take_imported(consultation=consultation, comments=[BINS])
    for change in changes:
        decide(comment=PlaceComment.objects.get(), change=change, by=coordinator.user, reason="asked")
    before = PlaceComment.objects.values().get()
    assert take_imported(consultation=consultation, comments=[replace(BINS, words="Bins!")]) == {"1": "unchanged"}
    assert PlaceComment.objects.values().get() == before


def test_a_column_of_free_text_is_no_theme() -> None:
    many = [replace(BINS, key=str(number), theme=f"theme {number}") for number in range(MOST_THEMES + 1)]
    with pytest.raises(Refused, match="right column"):
        take_imported(consultation=open_one(), comments=many)
    assert not Theme.objects.exists()


def test_what_staff_took_out_stays_out_when_the_same_file_comes_again() -> None:
    take_imported(consultation=open_one(), comments=[BINS])
    comment = PlaceComment.objects.get()
    comment.sent_words, comment.words = comment.words, "The bins [taken out]"
    keep(comment)
    assert take_imported(consultation=open_one(), comments=[BINS]) == {BINS.key: "unchanged"}
    moved = replace(BINS, point=Point(38.9, -77.02))
    assert take_imported(consultation=open_one(), comments=[moved]) == {BINS.key: "changed"}
    comment.refresh_from_db()
    assert (comment.words, comment.sent_words) == ("The bins [taken out]", BINS.words)


def test_a_cry_for_help_in_a_file_is_held_at_the_highest_risk() -> None:
    take_imported(consultation=open_one(), comments=[replace(BINS, words="I have no food in the house")])
    comment = PlaceComment.objects.get()
    assert (comment.status, comment.risk) == ("held", PlaceComment.Risk.HELP)
