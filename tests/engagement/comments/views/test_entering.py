"""The grid and the file: what is right is taken in, and nothing that was typed is lost."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from engagement.comments.actions.moderating import decide
from engagement.comments.actions.redacting import redact
from engagement.comments.models import EngagementEvent, PlaceComment
from engagement.comments.sessions.paper.entries import FIELDS
from tests.conftest import Person
from tests.factories.comments import make_place
from tests.factories.sessions import enter, make_session, typed_row

pytestmark = pytest.mark.django_db


def as_posted(*rows: dict[str, str], **more: Any) -> dict[str, Any]:
    """Rows as the form sends them: a list for each field."""
    return {name: [row.get(name, "") for row in rows] for name in FIELDS} | more


@pytest.fixture
def session(coordinator: Person) -> EngagementEvent:
    make_place("third-street")
    return make_session(by=coordinator.user)


def grid(session: EngagementEvent) -> str:
    return reverse("comments_session_enter", args=[session.code])


def file(session: EngagementEvent) -> str:
    return reverse("comments_session_file", args=[session.code])


def typed_in(answer: Any) -> list[str]:
    """The numbers that stand in the grid."""
    return [row.typed["number"] for row in answer.context["rows"]]


def test_the_grid_opens_with_the_numbers_that_are_not_entered_yet(
    coordinator: Person, session: EngagementEvent
) -> None:
    enter(session, typed_row(1), typed_row(3), by=coordinator.user)
    assert typed_in(coordinator.get(grid(session))) == [str(number) for number in (2, *range(4, 13))]


def test_a_tables_worth_is_taken_in_at_once(coordinator: Person, session: EngagementEvent) -> None:
    rows = [typed_row(1), typed_row(2, where="Third Street", feeling="i", agreeing="3"), {"number": "3"}]
    answer = coordinator.post(grid(session), as_posted(*rows), follow=True)
    assert "2 taken in" in answer.content.decode()
    assert [(comment.sticker, comment.status) for comment in session.said()] == [("1", "waiting"), ("2", "waiting")]
    assert typed_in(answer)[0] == "3"


def test_a_wrong_row_comes_back_as_it_was_typed_and_the_right_ones_are_taken_in(
    coordinator: Person, session: EngagementEvent
) -> None:
    wrong = typed_row(2, where="Z99", words="Somebody's <b>long</b> story", agreeing="many")
    answer = coordinator.post(grid(session), as_posted(typed_row(1), wrong))
    content = answer.content.decode()
    assert answer.status_code == 200
    assert content.index("Error: Enter what people wrote") < content.index("</title>")
    assert answer.context["rows"][0].typed == wrong
    assert "Somebody&#x27;s &lt;b&gt;long&lt;/b&gt; story" in content
    assert "“Z99” is no square of this map (A1 to D3)" in content
    assert 'href="#where-2"' in content
    assert 'id="where-2"' in content
    assert [comment.sticker for comment in session.said()] == ["1"]


def test_sending_the_same_page_twice_makes_one_of_each(coordinator: Person, session: EngagementEvent) -> None:
    for _ in range(2):
        answer = coordinator.post(grid(session), as_posted(typed_row(1), typed_row(2)), follow=True)
    assert "2 were there already" in answer.content.decode()
    assert PlaceComment.objects.count() == 2


def test_a_colleagues_sticker_is_not_typed_over(coordinator: Person, session: EngagementEvent) -> None:
    enter(session, typed_row(1), by=coordinator.user)
    answer = coordinator.post(grid(session), as_posted(typed_row(1, words="Mine.")))
    assert "Number 1 is there already: “No bench here.”" in answer.content.decode()
    assert answer.context["rows"][0].typed["words"] == "Mine."


def test_one_sticker_is_corrected(coordinator: Person, session: EngagementEvent) -> None:
    enter(session, typed_row(5), by=coordinator.user)
    page = coordinator.get(f"{grid(session)}?correct=5")
    assert page.context["rows"][0].typed["words"] == "No bench here."
    assert '<input type="hidden" name="correct" value="5">' in page.content.decode()
    coordinator.post(grid(session), as_posted(typed_row(5, words="No seat here."), correct="5"))
    assert PlaceComment.objects.get().words == "No seat here."


def test_more_rows_without_scripts_keep_what_was_typed(coordinator: Person, session: EngagementEvent) -> None:
    rows = [typed_row(number, words=f"Words {number}") for number in range(1, 11)]
    answer = coordinator.post(grid(session), as_posted(*rows, more="1"))
    assert typed_in(answer) == [str(number) for number in range(1, 21)]
    assert answer.context["rows"][9].typed["words"] == "Words 10"
    assert not PlaceComment.objects.exists()


def test_an_empty_grid_and_a_mangled_one_are_answered(coordinator: Person, session: EngagementEvent) -> None:
    nothing = coordinator.post(grid(session), as_posted(), follow=True)
    assert "Nothing was typed yet" in nothing.content.decode()
    mangled = coordinator.post(grid(session), {"number": ["1", "2"], "where": ["B2"], "correct": "x"})
    assert mangled.status_code == 200
    assert not PlaceComment.objects.exists()


def test_before_the_day_what_was_typed_comes_back(coordinator: Person, session: EngagementEvent) -> None:
    EngagementEvent.objects.update(held_on="2126-03-02")
    answer = coordinator.post(grid(session), as_posted(typed_row(1)))
    assert "when it has been" in answer.content.decode()
    assert answer.context["rows"][0].typed["words"] == "No bench here."


def test_the_file_has_every_sticker_and_comes_back_unchanged(coordinator: Person, session: EngagementEvent) -> None:
    enter(session, typed_row(2, words="=SUM(1)", agreeing="4"), typed_row(3, where="third street"), by=coordinator.user)
    before = list(PlaceComment.objects.values())
    answer = coordinator.get(reverse("comments_session_download", args=[session.code]))
    content = answer.content
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert content.count(b"\r\n") == 21
    assert b"'=SUM(1)" in content
    for press in ("look", "take"):
        again = coordinator.post(file(session), {"file": SimpleUploadedFile("s.csv", content), press: "1"})
        assert again.context["counts"] == {"unchanged": 2}
    assert list(PlaceComment.objects.values()) == before


def test_a_file_is_looked_at_first_and_taken_in_with_one_press(coordinator: Person, session: EngagementEvent) -> None:
    rows = ["1,B2,good,Fine here,2,", "2,Z9,?,,,", "3,,,,,", "4,Third Street,Idea,A bench,,"]
    content = ("number,where,feeling,words,agreeing,theme\r\n" + "\r\n".join(rows) + "\r\n").encode()
    looked = coordinator.post(file(session), {"file": SimpleUploadedFile("s.csv", content)})
    assert not PlaceComment.objects.exists()
    assert looked.context["counts"] == {"added": 2, "refused": 1}
    page = looked.content.decode()
    assert "Nothing is taken in yet" in page
    assert "“Z9” is no square of this map" in page
    assert [(row.line, row.outcome) for row in looked.context["rows"]] == [(1, "added"), (2, "refused"), (4, "added")]
    taken = coordinator.post(file(session), {"text": looked.context["text"], "take": "1"})
    assert taken.context["counts"] == {"added": 2, "refused": 1}
    assert [comment.sticker for comment in session.said()] == ["1", "4"]
    again = coordinator.post(file(session), {"text": looked.context["text"], "take": "1"})
    assert again.context["counts"] == {"unchanged": 2, "refused": 1}


def test_a_file_may_put_right_what_is_there_and_says_so_first(coordinator: Person, session: EngagementEvent) -> None:
    enter(session, typed_row(1), by=coordinator.user)
    content = b"number,where,feeling,words,agreeing,theme\r\n1,C3,hope,No bench here.,,\r\n"
    looked = coordinator.post(file(session), {"file": SimpleUploadedFile("s.csv", content)})
    assert looked.context["counts"] == {"changed": 1}
    coordinator.post(file(session), {"text": looked.context["text"], "take": "1"})
    comment = PlaceComment.objects.get()
    assert (comment.feeling, session.grid.square_of(comment.exact_point or (0, 0))) == ("hope", "C3")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Choose the file first|empty"),
        (b"PK\x00\x01", "This is not a CSV file"),
        (b"name,words\r\nx,y\r\n", "column number is missing"),
        (b"number,where,feeling,words,agreeing,theme\r\n1,B2\r\n", "cut short"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(
    coordinator: Person, session: EngagementEvent, content: bytes, says: str
) -> None:
    answer = coordinator.post(file(session), {"file": SimpleUploadedFile("s.csv", content)})
    assert answer.status_code == 200
    assert any(part in answer.content.decode() for part in says.split("|"))


def test_no_file_at_all_is_asked_for(coordinator: Person, session: EngagementEvent) -> None:
    assert "Choose the file first." in coordinator.post(file(session), {}).content.decode()


def test_what_was_taken_back_or_taken_out_is_neither_on_the_page_nor_in_the_file(
    coordinator: Person, session: EngagementEvent
) -> None:
    rows = [typed_row(number, words=f"{word} 07700 900123") for number, word in enumerate(("Gone", "Cut", "Raw"), 1)]
    enter(session, *rows, by=coordinator.user)
    gone, cut, _ = session.said()
    decide(comment=gone, change="withdraw", by=coordinator.user, reason="asked")
    redact(comment=cut, words="Cut", where_words="", by=coordinator.user, is_to_be_published=True)
    text = coordinator.get(reverse("comments_session_download", args=[session.code])).content.decode()
    html = coordinator.get(reverse("comments_session", args=[session.code])).content.decode()
    for shown in (text, html):
        assert "Gone" not in shown
        assert "Cut 07700" not in shown
        assert "Cut [taken out]" in shown
        assert "Raw 07700 900123" in shown
    assert "\n1," not in text
    correcting = [coordinator.get(f"{grid(session)}?correct={number}") for number in (1, 2)]
    assert "Gone" not in correcting[0].content.decode()
    assert correcting[1].context["rows"][0].typed["words"] == "Cut [taken out]"
