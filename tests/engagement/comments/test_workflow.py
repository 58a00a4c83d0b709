"""The table of changes: what may follow what, who may do it and what it needs."""

import itertools

import pytest

from engagement.comments.workflow import CHANGES, REASONS, Status, allowed, check, check_role, check_undo, done_words
from portal.refusals import Refused


def may_all(permission: str) -> bool:
    return True


def may_nothing(permission: str) -> bool:
    return False


def reason_for(name: str) -> str:
    return next(iter(CHANGES[name].reasons), "")


@pytest.mark.parametrize(("name", "status"), list(itertools.product(CHANGES, Status)))
def test_every_change_starts_only_where_the_table_says(name: str, status: Status) -> None:
    if status in CHANGES[name].starts:
        made = check(name, status=status, may=may_all, reason=reason_for(name), is_unread=True)
        assert made.ends == CHANGES[name].ends
    else:
        with pytest.raises(Refused):
            check(name, status=status, may=may_all, reason=reason_for(name))


@pytest.mark.parametrize("name", CHANGES)
def test_nobody_without_the_permission_makes_a_change(name: str) -> None:
    with pytest.raises(Refused, match="role"):
        check(name, status=CHANGES[name].starts[0], may=may_nothing, reason=reason_for(name))
    assert allowed(CHANGES[name].starts[0], may=may_nothing) == []


@pytest.mark.parametrize("name", [name for name, change in CHANGES.items() if change.reasons])
def test_a_change_that_needs_a_reason_is_refused_without_one(name: str) -> None:
    for reason in ("", "because", "many_at_once"):
        with pytest.raises(Refused, match="Say why"):
            check(name, status=CHANGES[name].starts[0], may=may_all, reason=reason)


def test_another_reason_has_to_be_written_down() -> None:
    with pytest.raises(Refused, match="note"):
        check("decline", status="waiting", may=may_all, reason="other", note="  ")
    assert check("decline", status="waiting", may=may_all, reason="other", note="It is a test.").name == "decline"


def test_an_unknown_change_is_refused() -> None:
    with pytest.raises(Refused, match="no such change"):
        check("explode", status="waiting", may=may_all)


def test_doing_the_same_again_says_that_it_is_done() -> None:
    with pytest.raises(Refused, match="published already"):
        check("publish", status="published", may=may_all)


def test_nothing_leads_out_of_an_erased_comment() -> None:
    assert allowed("erased", may=may_all) == []


def test_every_reason_of_a_change_has_words() -> None:
    for change in CHANGES.values():
        assert [code for code, _ in change.choices] == list(change.reasons)
        assert all(words == REASONS[code] for code, words in change.choices)


def test_a_waiting_comment_can_be_published_declined_held_or_taken_back() -> None:
    assert {change.name for change in allowed("waiting", may=may_all)} == {"publish", "decline", "hold", "withdraw"}


@pytest.mark.parametrize(
    ("status", "last_ends", "is_undo", "is_by_person"),
    [
        ("waiting", None, False, False),
        ("waiting", "waiting", True, True),
        ("held", "held", False, False),
        ("published", "held", False, True),
        ("erased", "erased", False, True),
    ],
)
def test_what_cannot_be_undone(status: str, last_ends: str | None, is_undo: bool, is_by_person: bool) -> None:
    with pytest.raises(Refused):
        check_undo(status=status, last_ends=last_ends, is_undo=is_undo, is_by_person=is_by_person, may=may_all)


def test_a_person_can_undo_what_a_person_decided() -> None:
    check_undo(status="declined", last_ends="declined", is_undo=False, is_by_person=True, may=may_all)
    with pytest.raises(Refused, match="role"):
        check_undo(status="declined", last_ends="declined", is_undo=False, is_by_person=True, may=may_nothing)


def test_only_those_who_look_after_comments_pass_the_role_check() -> None:
    check_role(may_all)
    with pytest.raises(Refused):
        check_role(may_nothing)


def test_only_a_comment_that_nobody_has_read_can_be_read() -> None:
    assert "keep" in {change.name for change in allowed("published", may=may_all, is_unread=True)}
    assert "keep" not in {change.name for change in allowed("published", may=may_all)}
    with pytest.raises(Refused, match="read this comment already"):
        check("keep", status="published", may=may_all)


def test_each_ending_has_a_word_for_what_was_done() -> None:
    assert done_words("published", starts="published") == "read"
    assert done_words("published") == "published"
    assert done_words("waiting") == "put back"
