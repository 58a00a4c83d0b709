"""Taking something out of a comment: it is gone in every output, what was sent stays for staff, and it can be undone."""

from dataclasses import replace

import pytest

from engagement.comments.actions.importing import ImportedComment, open_consultation_for_import, take_imported
from engagement.comments.actions.moderating import decide
from engagement.comments.actions.redacting import redact, undo_redaction
from engagement.comments.models import Photo, PlaceComment
from engagement.comments.refusals import Overtaken
from portal.audit.models import AuditEvent
from portal.geo.coordinates import Point
from portal.refusals import Refused
from tests.conftest import Person, member_of_staff
from tests.engagement.comments.actions.test_moderating import shown_at_once
from tests.factories.comments import MONDAY, make_comment, make_published

pytestmark = pytest.mark.django_db
SENT = "Ring Dave on 07700 900123 about the bins"
SHOWN = "Ring Dave on [taken out] about the bins"
ADDRESSES = (
    "/have-your-say/",
    "/have-your-say/comments.geojson",
    "/have-your-say/comments.rss",
    "/search/?q=bins",
    "/open311/v2/requests.json",
    "/",
)


def stored(comment: PlaceComment) -> PlaceComment:
    return PlaceComment.objects.get(pk=comment.pk)


def test_what_is_taken_out_is_kept_for_staff_and_written_down(coordinator: Person) -> None:
    comment = make_comment(SENT)
    made = redact(
        comment=comment,
        words="Ring Dave on about the bins",
        where_words="back lane",
        by=coordinator.user,
        note="A phone",
    )
    now = stored(comment)
    assert (now.words, now.sent_words, now.words_as_sent) == (SHOWN, SENT, SENT)
    assert (now.where_words, now.sent_where_words) == ("[taken out] back lane", "the back lane")
    assert (made.words_before, made.where_words_before, made.note, made.redacted_by) == (
        SENT, "the back lane", "A phone", coordinator.user,
    )  # fmt: skip
    assert AuditEvent.objects.about(comment).newest_first()[0].action == "comments.redact"
    assert now.status == "held"


def test_taken_out_and_published_in_one_step_is_hidden_in_every_output(coordinator: Person, resident: Person) -> None:
    comment = make_comment(SENT, pin=Point(54.763, -1.315), author_name="Ann Other", is_name_shown=True)
    redact(
        comment=comment,
        words="Ring about the bins",
        where_words="",
        by=coordinator.user,
        is_name_hidden=True,
        is_to_be_published=True,
    )
    assert stored(comment).status == "published"
    for address in (*ADDRESSES, comment.get_absolute_url()):
        answer = resident.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
        text = body.decode()
        assert answer.status_code == 200, address
        assert "900123" not in text, address
        assert "Dave" not in text, address
        assert "Ann Other" not in text, address
    assert "about the bins" in resident.get("/have-your-say/").content.decode()


def test_what_everybody_reads_already_can_be_taken_out_too(coordinator: Person) -> None:
    comment = make_published("Dave left his bin out", by=coordinator.user)
    redact(comment=comment, words="left his bin out", where_words="the back lane", by=coordinator.user)
    assert (stored(comment).status, stored(comment).words) == ("published", "[taken out] left his bin out")


def test_a_comment_that_was_shown_at_once_counts_as_read(coordinator: Person) -> None:
    comment = shown_at_once()
    redact(
        comment=comment,
        words="The bins blow over",
        where_words=comment.where_words,
        by=coordinator.user,
        is_to_be_published=True,
    )
    assert not stored(comment).is_unread


def test_the_photo_is_hidden_and_shown_again(coordinator: Person) -> None:
    comment = make_comment()
    Photo.objects.create(key="k", comment=comment, image="comments/x.jpg", width=1, height=1, taken_in_at=MONDAY)
    redact(
        comment=comment, words=comment.words, where_words=comment.where_words, by=coordinator.user, is_photo_hidden=True
    )
    assert Photo.objects.get().is_hidden
    undo_redaction(comment=comment, by=coordinator.user)
    assert not Photo.objects.get().is_hidden


def test_undoing_puts_everything_back(coordinator: Person) -> None:
    comment = make_comment(SENT, author_name="Ann", is_name_shown=True)
    redact(comment=comment, words="Ring Dave", where_words="", by=coordinator.user, is_name_hidden=True)
    undone = undo_redaction(comment=comment, by=coordinator.user)
    now = stored(comment)
    assert (now.words, now.sent_words, now.where_words, now.sent_where_words) == (SENT, "", "the back lane", "")
    assert now.is_name_shown
    assert undone.did == "put back what was taken out of"
    with pytest.raises(Refused, match="nothing to put back"):
        undo_redaction(comment=comment, by=coordinator.user)


def test_nothing_is_put_back_while_everybody_can_read_it(coordinator: Person) -> None:
    comment = make_comment(SENT)
    redact(comment=comment, words="the bins", where_words="", by=coordinator.user, is_to_be_published=True)
    with pytest.raises(Refused, match="Everybody would read at once"):
        undo_redaction(comment=comment, by=coordinator.user)
    assert stored(comment).words == "[taken out] the bins"


def test_a_second_time_starts_from_what_was_sent(coordinator: Person) -> None:
    comment = make_comment(SENT)
    redact(comment=comment, words="Ring Dave", where_words="the back lane", by=coordinator.user)
    redact(comment=comment, words="Ring about the bins", where_words="the back lane", by=coordinator.user)
    assert stored(comment).words == "Ring [taken out] about the bins"
    assert stored(comment).sent_words == SENT


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Ring Dave and Ann", "not put in"),
        ("", "Nothing would be left"),
        ("[taken out]", "Nothing would be left"),
        (SENT, "Nothing is taken out"),
    ],
)
def test_what_cannot_be_done_changes_nothing(coordinator: Person, words: str, sentence: str) -> None:
    comment = make_comment(SENT)
    with pytest.raises(Refused, match=sentence):
        redact(comment=comment, words=words, where_words="the back lane", by=coordinator.user)
    assert (stored(comment).words, comment.redactions.count()) == (SENT, 0)


def test_the_second_of_two_is_told_who_was_first(coordinator: Person) -> None:
    other, comment = member_of_staff("olive", "coordinator").user, make_comment(SENT)
    redact(comment=comment, words="Ring", where_words="the back lane", by=coordinator.user, seen_redaction=0)
    with pytest.raises(Overtaken, match="Coordinator took something out of this comment first"):
        redact(comment=comment, words=SENT, where_words="the back lane", by=other, seen_redaction=0)
    with pytest.raises(Overtaken):
        undo_redaction(comment=comment, by=other, seen_redaction=0)


def test_what_nobody_can_read_any_more_is_left_alone(coordinator: Person) -> None:
    comment = make_comment(SENT)
    decide(comment=comment, change="withdraw", by=coordinator.user, reason="asked")
    with pytest.raises(Refused, match="Nobody can read"):
        redact(comment=comment, words="Ring", where_words="", by=coordinator.user)


def test_erasing_forgets_what_was_sent_as_well(coordinator: Person) -> None:
    comment = make_comment(SENT)
    redact(comment=comment, words="Ring", where_words="", by=coordinator.user)
    decide(comment=comment, change="withdraw", by=coordinator.user, reason="asked")
    decide(comment=comment, change="erase", by=coordinator.user, reason="asked")
    now = stored(comment)
    assert (now.words, now.sent_words, now.sent_where_words, comment.redactions.count()) == ("", "", "", 0)


def test_the_same_file_again_does_not_bring_back_what_was_taken_out(coordinator: Person) -> None:
    where = Point(38.9, -77.0)
    row = ImportedComment(key="1", words=SENT, point=where, sent_at=MONDAY)
    into = open_consultation_for_import(slug="somewhere", points=[where])
    take_imported(consultation=into, comments=[row])
    comment = PlaceComment.objects.get()
    redact(comment=comment, words="the bins", where_words="", by=coordinator.user, is_to_be_published=True)
    assert take_imported(consultation=into, comments=[row]) == {"1": "unchanged"}
    assert (stored(comment).words, stored(comment).status) == ("[taken out] the bins", "published")


@pytest.mark.parametrize("words", ["The lane is dark", f"{SENT}, please"])
def test_words_of_an_old_file_are_not_put_back_over_those_of_a_new_one(coordinator: Person, words: str) -> None:
    where = Point(38.9, -77.0)
    row = ImportedComment(key="1", words=SENT, point=where, sent_at=MONDAY)
    into = open_consultation_for_import(slug="somewhere", points=[where])
    take_imported(consultation=into, comments=[row])
    comment = PlaceComment.objects.get()
    redact(comment=comment, words="the bins", where_words="", by=coordinator.user)
    take_imported(consultation=into, comments=[replace(row, words=words)])
    with pytest.raises(Refused, match="other words since"):
        undo_redaction(comment=comment, by=coordinator.user)
    assert (stored(comment).words, stored(comment).sent_words) == (words, "")
    redact(comment=comment, words=words.split()[0], where_words="", by=coordinator.user)
    undo_redaction(comment=comment, by=coordinator.user)
    assert stored(comment).words == words


@pytest.mark.parametrize("role", ["editor", "navigator", "lead", "partner", "administrator"])
def test_no_other_role_takes_anything_out(role: str) -> None:
    person, comment = member_of_staff(role, role).user, make_comment(SENT)
    with pytest.raises(Refused, match="role"):
        redact(comment=comment, words="Ring", where_words="", by=person)
    with pytest.raises(Refused, match="role"):
        undo_redaction(comment=comment, by=person)
