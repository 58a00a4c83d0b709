"""Decisions on the desk, one by one and many at once, with and without trouble, and each taken back."""

import re
from typing import Any

import pytest

from engagement.comments.actions.authoring import add_words
from engagement.comments.actions.moderating import decide
from engagement.comments.actions.redacting import redact
from engagement.comments.models import Addition, HelpConsent, PlaceComment, SavedReply
from tests.conftest import Person, member_of_staff
from tests.factories.comments import MONDAY, make_at_risk, make_comment, make_follower, make_published

pytestmark = pytest.mark.django_db
DESK = "/staff/comments/"


def decide_by_form(person: Person, comment: PlaceComment, **said: Any) -> str:
    """The page after a decision."""
    last = comment.decisions.last()
    form = {"change": "publish", "seen": last.pk if last else 0, "here": DESK, **said}
    answer = person.post(f"{DESK}{comment.reference}/decide/", form, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_decision_publishes_and_offers_to_undo_it(coordinator: Person) -> None:
    comment = make_comment()
    html = decide_by_form(coordinator, comment)
    assert f"{comment.reference} is published." in html
    assert "You published" in html
    seen = comment.decisions.get().pk
    undo = coordinator.post(f"{DESK}{comment.reference}/undo/", {"seen": seen, "here": DESK}, follow=True)
    assert f"{comment.reference} is waiting again." in undo.content.decode()
    comment.refresh_from_db()
    assert comment.status == "waiting"
    assert "You published" not in coordinator.get(DESK).content.decode()


def test_a_decision_comes_back_to_the_next_row(coordinator: Person) -> None:
    comment = make_comment()
    form = {"change": "publish", "seen": 0, "here": f"{DESK}?status=waiting", "then": "K7M-2QX"}
    answer = coordinator.post(f"{DESK}{comment.reference}/decide/", form)
    assert answer.headers["Location"] == f"{DESK}?status=waiting#K7M-2QX"


@pytest.mark.parametrize("here", ["https://evil.example/", "//evil.example", "", "javascript:alert(1)"])
def test_a_decision_never_leads_off_the_site(coordinator: Person, here: str) -> None:
    comment = make_comment()
    answer = coordinator.post(
        f"{DESK}{comment.reference}/decide/", {"change": "publish", "seen": 0, "here": here, "then": "<x>"}
    )
    assert answer.headers["Location"] == f"{DESK}{comment.reference}/"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"change": "decline"}, "Say why"),
        ({"change": "decline", "reason": "nonsense"}, "Choose a reason"),
        ({"change": "explode"}, "no such change"),
        ({"change": "erase", "reason": "asked"}, "waiting cannot be erased"),
        ({"seen": "x"}, "That did not work"),
        ({"seen": ""}, "That did not work"),
    ],
)
def test_a_decision_that_cannot_be_made_says_why(coordinator: Person, said: dict[str, str], words: str) -> None:
    comment = make_comment()
    assert words in decide_by_form(coordinator, comment, **said)
    comment.refresh_from_db()
    assert comment.status == "waiting"


def test_the_second_of_two_moderators_is_told_who_was_first(coordinator: Person) -> None:
    other, comment = member_of_staff("olive", "coordinator"), make_comment()
    decide_by_form(coordinator, comment)
    assert "Coordinator published this comment first" in decide_by_form(other, comment, seen=0, change="hold")
    late = other.post(f"{DESK}{comment.reference}/undo/", {"seen": 999, "here": DESK}, follow=True)
    assert "Coordinator published this comment first" in late.content.decode()


def test_an_undo_with_nothing_to_undo_says_so(coordinator: Person) -> None:
    comment = make_comment()
    answer = coordinator.post(f"{DESK}{comment.reference}/undo/", {"seen": 0, "here": DESK}, follow=True)
    assert "There is no decision to undo" in answer.content.decode()


@pytest.mark.parametrize("seen", [{}, {"seen": ""}, {"seen": "x"}, {"seen": "-1"}])
@pytest.mark.parametrize("what", ["undo", "put-back"])
def test_without_what_was_on_the_screen_nothing_is_undone(coordinator: Person, what: str, seen: dict[str, str]) -> None:
    comment = make_comment("Ring 07700 900123")
    redact(comment=comment, words="Ring", where_words="the back lane", by=coordinator.user)
    decide(comment=comment, change="decline", by=coordinator.user, reason="personal")
    answer = coordinator.post(f"{DESK}{comment.reference}/{what}/", {**seen, "here": DESK}, follow=True)
    assert "We cannot tell what was on your screen" in answer.content.decode()
    comment.refresh_from_db()
    assert (comment.status, comment.words) == ("declined", "Ring [taken out]")


def test_ticked_comments_are_published_together_but_not_held_ones(coordinator: Person) -> None:
    waiting = [make_comment(f"Comment {number}") for number in range(3)]
    held = make_comment("Ring 07700 900123")
    ticked = [comment.reference for comment in [*waiting, held]] + ["nonsense", "\x00"]
    form = {"comment": ticked, "here": DESK, "change": "publish"}
    answer = coordinator.post(f"{DESK}many/", form, follow=True).content.decode()
    assert "3 published." in answer
    assert f"Left as they are: {held.reference}." in answer
    assert PlaceComment.objects.published().count() == 3
    last = coordinator.get(DESK).context["last"]
    assert "You published 3 comments with one press" in answer
    back = coordinator.post(f"{DESK}many/undo/", {"batch": last.batch, "here": DESK}, follow=True)
    assert "3 put back." in back.content.decode()
    assert PlaceComment.objects.waiting().count() == 3


def test_ticked_comments_are_declined_with_one_reason_and_one_saved_reply(coordinator: Person) -> None:
    comments = [make_comment(f"Comment {number}") for number in range(2)]
    reply = SavedReply.objects.for_the_declined()[0]
    form = {"comment": [comment.reference for comment in comments], "here": DESK, "change": "decline"}
    refused = coordinator.post(f"{DESK}many/", form, follow=True).content.decode()
    assert "Say why" in refused
    done = coordinator.post(f"{DESK}many/", {**form, "reason": "unkind", "reply": reply.pk}, follow=True)
    assert "2 declined." in done.content.decode()
    assert {decision.told for comment in comments if (decision := comment.last_decision)} == {reply.words}


def test_nothing_ticked_is_no_success(coordinator: Person) -> None:
    make_comment()
    answer = coordinator.post(f"{DESK}many/", {"here": DESK, "change": "publish"}, follow=True)
    (message,) = answer.context["messages"]
    assert (message.level_tag, str(message)) == ("warning", "Nothing is ticked, so nothing was changed.")
    held = make_comment("Ring 07700 900123")
    form = {"comment": held.reference, "here": DESK, "change": "publish"}
    answer = coordinator.post(f"{DESK}many/", form, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["warning"]
    bad = coordinator.post(f"{DESK}many/undo/", {"batch": "x", "here": DESK}, follow=True)
    assert "There is no decision to undo" in bad.content.decode()


def test_all_can_be_ticked_without_scripts(coordinator: Person) -> None:
    make_comment()
    assert "data-tick checked" in coordinator.get(f"{DESK}?ticked=1").content.decode()
    assert "data-tick checked" not in coordinator.get(DESK).content.decode()


def in_place(person: Person, address: str, form: dict[str, Any]) -> Any:
    """What the desk's script asks for: one row instead of the page."""
    return person.post(address, form, headers={"X-In-Place": "1"})


def test_a_decision_in_place_answers_with_one_line_and_its_undo(coordinator: Person) -> None:
    comment = make_comment()
    form = {"change": "publish", "seen": 0, "here": DESK}
    answer = in_place(coordinator, f"{DESK}{comment.reference}/decide/", form)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f"{comment.reference} is published." in html
    assert "data-settled" in html
    assert "<html" not in html
    undone = in_place(
        coordinator, f"{DESK}{comment.reference}/undo/", {"seen": comment.decisions.newest_first()[0].pk, "here": DESK}
    ).content.decode()
    assert f"{comment.reference} is waiting again." in undone
    assert "data-settled" not in undone


def test_what_is_refused_in_place_shows_how_things_stand(coordinator: Person) -> None:
    comment = make_comment()
    decide(comment=comment, change="publish", by=member_of_staff("olive", "coordinator").user)
    form = {"change": "decline", "reason": "unkind", "seen": 0, "here": DESK}
    answer = in_place(coordinator, f"{DESK}{comment.reference}/decide/", form)
    assert answer.status_code == 409
    assert "Olive published this comment first" in answer.content.decode()
    assert "Published" in answer.content.decode()


def test_something_is_taken_out_and_put_back_from_the_desk(coordinator: Person) -> None:
    comment = make_comment("Ring 07700 900123 about the lane")
    html = coordinator.get(DESK).content.decode()
    assert "Ring [taken out] about the lane</textarea>" in html
    form = {
        "words": "Ring [taken out] about the lane",
        "where_words": "the back lane",
        "seen": comment.decisions.newest_first()[0].pk,
        "seen_redaction": 0,
        "here": DESK,
    }
    done = in_place(coordinator, f"{DESK}{comment.reference}/take-out/", form).content.decode()
    assert f"It is taken out of {comment.reference}." in done
    assert "900123" not in done
    seen = comment.redactions.get().pk
    back = in_place(coordinator, f"{DESK}{comment.reference}/put-back/", {"seen": seen, "here": DESK}).content.decode()
    assert "900123" in back
    late = in_place(coordinator, f"{DESK}{comment.reference}/put-back/", {"seen": seen, "here": DESK})
    assert late.status_code == 409
    at_once = {**form, "seen_redaction": comment.redactions.order_by("-pk")[0].pk, "is_to_be_published": "1"}
    done = coordinator.post(f"{DESK}{comment.reference}/take-out/", at_once, follow=True).content.decode()
    assert f"{comment.reference} is published without it." in done
    refused = coordinator.post(f"{DESK}{comment.reference}/take-out/", {**form, "seen": ""}, follow=True)
    assert "That did not work" in refused.content.decode()


def test_words_added_later_are_read_on_the_desk(coordinator: Person) -> None:
    shown, waiting = make_published(by=coordinator.user), make_comment()
    first = Addition.objects.create(comment=shown, words="Or ring 07700 900123", added_at=MONDAY)
    second = Addition.objects.create(comment=waiting, words="More of it", added_at=MONDAY)
    assert "<strong>2</strong> with words added later" in coordinator.get(DESK).content.decode()
    page = coordinator.get(f"{DESK}added/").content.decode()
    assert "Or ring [taken out]</textarea>" in page
    assert page.count("Publish these words") == 1
    form = {"words": "Or ring [taken out]", "is_published": "1"}
    done = coordinator.post(f"{DESK}added/{first.pk}/decide/", form, follow=True).content.decode()
    assert "The words are published." in done
    coordinator.post(f"{DESK}added/{second.pk}/decide/", {"words": "More of it"})
    assert [one.status for one in Addition.objects.order_by("pk")] == ["published", "declined"]
    assert "waiting" not in {one.status for one in Addition.objects.all()}
    again = coordinator.post(f"{DESK}added/{first.pk}/decide/", form, follow=True).content.decode()
    assert "Coordinator has decided about these words already" in again
    coordinator.post(f"{DESK}added/{first.pk}/undo/")
    first.refresh_from_db()
    assert (first.status, first.words) == ("waiting", "Or ring 07700 900123")
    nothing = coordinator.post(f"{DESK}added/{first.pk}/undo/", follow=True).content.decode()
    assert "no decision to undo" in nothing


def test_a_cry_for_help_in_words_added_later_stands_first_and_says_so(coordinator: Person) -> None:
    first, later = make_published(by=coordinator.user), make_published("More trees.", by=coordinator.user)
    add_words(comment=first, words="Or benches.")
    assert "in words added later" not in coordinator.get(DESK).content.decode()
    add_words(comment=later, words="I can not cope any more.")
    assert "<strong>1</strong> may need help, in words added later" in coordinator.get(DESK).content.decode()
    html = coordinator.get(f"{DESK}added/").content.decode()
    assert html.count("Somebody may need help. It sounds like: cannot go on.") == 1
    assert html.index(later.reference) < html.index(first.reference)


def test_the_first_button_publishes_without_what_the_rules_marked(coordinator: Person) -> None:
    comment = make_comment("Ring 07700 900123 about the bins")
    html = coordinator.get(DESK).content.decode()
    button = html[: html.index('data-do="publish"')].rpartition("<form")[2]
    assert f"{comment.reference}/take-out/" in button
    assert "Publish without what is marked" in html
    assert html.index("Publish it as it was sent") > html.index('data-do="decline"')
    names = ("seen", "seen_redaction", "words", "where_words", "is_to_be_published")
    typed = {name: re.search(rf'name="{name}" value="([^"]*)"', button)[1] for name in names}  # type: ignore[index]
    coordinator.post(f"{DESK}{comment.reference}/take-out/", typed)
    comment.refresh_from_db()
    assert (comment.status, comment.words) == ("published", "Ring [taken out] about the bins")


def test_one_without_marks_is_published_as_it_is(coordinator: Person) -> None:
    make_comment()
    html = coordinator.get(DESK).content.decode()
    assert "as it was sent" not in html
    assert "without what is marked" not in html


def test_a_cry_for_help_ends_by_being_kept_private(coordinator: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engagement.comments.views.answering.the_taker", lambda: lambda *_: None)
    comment = make_at_risk(3, "I cannot go on")
    consent = HelpConsent.objects.create(comment=comment, name="Ann", reach="07700 900123", given_at=MONDAY)
    one = f"{DESK}{comment.reference}/"
    for html in (coordinator.get(one).content.decode(), coordinator.get(DESK).content.decode()):
        assert "Keep it private" not in html
        assert "Pass it to the people who help" in html
        assert 'data-do="publish"' not in html
    consent.passed_on_at = MONDAY
    consent.save()
    assert '<button class="button">Keep it private' in coordinator.get(DESK).content.decode()
    assert comment in [row.comment for row in coordinator.get(DESK, {"status": "help"}).context["rows"]]
    decide_by_form(coordinator, comment, change="decline", reason="needs_help")
    assert coordinator.get(DESK).context["counts"]["help"] == 0
    assert not coordinator.get(DESK, {"status": "help"}).context["rows"]
    assert "Keep it private" not in coordinator.get(one).content.decode()


def test_a_saved_reply_is_read_before_it_goes_and_nobody_is_told_without_an_address(coordinator: Person) -> None:
    SavedReply.objects.create(title="Not for here", kind="decline", words="Thank you. This belongs to the county.")
    comment = make_comment()
    html = coordinator.get(DESK).content.decode()
    assert "Nobody will be told: there is no address" in html
    assert "This belongs to the county." not in html.partition("data-desk data-more")[2].partition("</ol>")[0]
    make_follower(comment, "ann@example.org", is_author=True)
    html = coordinator.get(DESK).content.decode()
    assert "Nobody will be told" not in html
    assert re.search(r"\d\. Not for here</option>", html)
    assert "This belongs to the county." in html
