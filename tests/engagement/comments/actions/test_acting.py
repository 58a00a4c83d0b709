"""Says what was done: written down, put on the site, told to those who asked, and never told twice."""

from datetime import date, timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from engagement.comments.actions import acting
from engagement.comments.actions.acting import (
    link_action,
    publish_action,
    record_action,
    save_action,
    tell_more,
    unpublish_action,
)
from engagement.comments.actions.moderating import decide
from engagement.comments.models import Action, ActionUpdate, Consultation, PlaceComment
from portal.audit.models import AuditEvent
from portal.refusals import Refused
from tests.conftest import Person
from tests.factories.comments import MONDAY, make_action, make_comment, make_follower, make_published

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)


def told() -> list[tuple[int, str, int]]:
    """Whom the worker is to write to: which follower, which letter, about what."""
    rows = [row.args_kwargs["kwargs"] for row in DBTaskResult.objects.order_by("enqueued_at")]
    return [(row["follower_id"], row["kind"], row["about"]) for row in rows if row.get("kind") == "action"]


def make_picture(description: str = "A dark lane") -> Any:
    return get_image_model().objects.create(
        title="lane.png", description=description, file=get_test_image_file(size=(40, 30))
    )


def test_an_action_is_a_draft_until_it_is_published(coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    action = record_action(
        title="Clips", words="We gave out clips.", status="done", comments=[comment], by=coordinator.user
    )
    assert not action.is_published
    shown = publish_action(action=action, by=coordinator.user, now=MONDAY)
    assert (shown.published_at, shown.said_at, shown.published_by) == (MONDAY, MONDAY, coordinator.user)
    assert publish_action(action=action, by=coordinator.user, now=TUESDAY).published_at == MONDAY
    assert ActionUpdate.objects.count() == 1
    assert AuditEvent.objects.about(action).count() == 2


def test_saving_and_publishing_is_both_or_neither(coordinator: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    said: dict[str, Any] = {"title": "Clips", "words": "We gave out clips.", "status": "done", "comments": []}
    assert save_action(is_public=True, by=coordinator.user, **said).is_published
    assert not save_action(is_public=False, by=coordinator.user, **said).is_published

    def fail(**_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(acting, "publish_action", fail)
    with pytest.raises(RuntimeError):
        save_action(is_public=True, by=coordinator.user, **{**said, "title": "Lids"})
    assert not Action.objects.filter(title="Lids").exists()


def test_publishing_tells_each_author_and_supporter_who_asked_once(coordinator: Person) -> None:
    bins, lids = make_published("Bins", by=coordinator.user), make_published("Lids", by=coordinator.user)
    author, supporter = make_follower(bins, "ann@example.org", is_author=True), make_follower(lids, "bob@example.org")
    make_follower(lids, "not-confirmed@example.org", is_confirmed=False)
    # Somebody who follows both hears once.
    make_follower(lids, "Ann@example.org")
    action = make_action(bins, lids, by=coordinator.user)
    update = action.updates.get()
    assert sorted(told()) == [(author.pk, "action", update.pk), (supporter.pk, "action", update.pk)]
    unpublish_action(action=action, by=coordinator.user)
    publish_action(action=action, by=coordinator.user, now=TUESDAY)
    assert len(told()) == 2


def test_a_comment_that_is_linked_later_is_told_then_and_alone(coordinator: Person) -> None:
    first, second, third = (make_published(words, by=coordinator.user) for words in ("Bins", "Lids", "Clips"))
    followers = [make_follower(comment, "ann@example.org") for comment in (first, second, third)]
    action = make_action(first, by=coordinator.user)
    link_action(action=action, comment=second, by=coordinator.user)
    record_action(
        action=action, title="Clips", words="Clips.", status="done", comments=[first, third], by=coordinator.user
    )
    # Linked, taken away and linked again: it was told before.
    link_action(action=action, comment=second, by=coordinator.user)
    assert [follower for follower, _, _ in told()] == [follower.pk for follower in followers]


def test_a_draft_is_told_to_nobody_and_a_comment_that_is_not_shown_neither(coordinator: Person) -> None:
    waiting = make_comment()
    make_follower(waiting, "ann@example.org", is_author=True)
    shown = make_published(by=coordinator.user)
    make_follower(shown, "bob@example.org")
    make_action(shown, by=coordinator.user, is_published=False)
    make_action(waiting, by=coordinator.user)
    assert told() == []


def test_what_is_new_is_told_and_what_was_said_is_kept(coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    make_follower(comment, "ann@example.org")
    action = make_action(comment, by=coordinator.user, status="planned", words="We will give out clips.")
    update = tell_more(
        action=action,
        status="done",
        words="We gave out clips.",
        done_on=MONDAY.date(),
        by=coordinator.user,
        now=TUESDAY,
    )
    changed = Action.objects.get()
    assert (changed.status, changed.words, changed.said_at) == ("done", "We gave out clips.", TUESDAY)
    assert (changed.done_on, changed.published_at) == (MONDAY.date(), MONDAY)
    assert [said.words for said in changed.updates.all()] == ["We will give out clips.", "We gave out clips."]
    assert [about for _, _, about in told()] == [said.pk for said in changed.updates.all()]
    with pytest.raises(TypeError, match="appended"):
        update.save()


def test_nothing_new_is_not_told(coordinator: Person) -> None:
    action = make_action(by=coordinator.user, status="planned", words="Soon.")
    with pytest.raises(Refused, match="what is new"):
        tell_more(action=action, status="planned", words="Soon.", by=coordinator.user)
    draft = make_action(by=coordinator.user, is_published=False)
    with pytest.raises(Refused, match="on the site first"):
        tell_more(action=draft, status="planned", words="Later.", by=coordinator.user)


def test_an_action_is_put_right_without_telling_and_its_state_only_by_telling(coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    make_follower(comment, "ann@example.org")
    action = make_action(comment, by=coordinator.user)
    said: dict[str, Any] = {"title": "Clips and lids", "words": "Both.", "comments": [comment], "by": coordinator.user}
    with pytest.raises(Refused, match="Say what is new below"):
        record_action(action=action, status="planned", **said)
    record_action(action=action, status="done", done_on=date(2026, 3, 1), owner="The parish council", **said)
    changed = Action.objects.get()
    assert (changed.title, changed.owner, changed.is_published) == ("Clips and lids", "The parish council", True)
    assert len(told()) == 1
    assert not unpublish_action(action=action, by=coordinator.user).is_published
    count = AuditEvent.objects.about(action).count()
    unpublish_action(action=action, by=coordinator.user)
    assert AuditEvent.objects.about(action).count() == count


def test_everything_that_changes_what_is_shown_makes_kept_pages_new(coordinator: Person) -> None:
    first, second = make_published(by=coordinator.user), make_published("Lids", by=coordinator.user)
    draft = make_action(first, by=coordinator.user, is_published=False)

    def version() -> int:
        return Consultation.objects.standing().version

    steps: list[Any] = [
        lambda: publish_action(action=draft, by=coordinator.user),
        lambda: link_action(action=draft, comment=second, by=coordinator.user),
        lambda: tell_more(action=draft, status="partly_done", words="Half.", by=coordinator.user),
        lambda: unpublish_action(action=draft, by=coordinator.user),
    ]
    for step in steps:
        before = version()
        step()
        assert version() > before


def test_linking_twice_changes_nothing(coordinator: Person) -> None:
    action, comment = make_action(by=coordinator.user), make_published(by=coordinator.user)
    for _ in range(2):
        link_action(action=action, comment=comment, by=coordinator.user)
    assert list(action.comments.all()) == [comment]
    assert AuditEvent.objects.about(comment).filter(action="comments.link_action").count() == 1


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"title": " "}, "needs a title"),
        ({"words": "\x00"}, "needs a title and some words"),
        ({"status": "forgotten"}, "how far"),
        ({"status": "somebody_elses"}, "whose it is"),
        ({"status": "done", "done_on": date(2026, 3, 4)}, "still to come"),
    ],
)
def test_what_would_not_be_honest_is_refused(coordinator: Person, said: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        make_action(by=coordinator.user, now=MONDAY, **said)
    assert not Action.objects.exists()


def test_somebody_elses_is_said_with_their_name(coordinator: Person) -> None:
    action = make_action(by=coordinator.user, status="somebody_elses", belongs_to="Durham County Council")
    assert action.progress_said == "It belongs to Durham County Council"


def test_a_picture_needs_words_for_those_who_cannot_see_it(coordinator: Person) -> None:
    with pytest.raises(Refused, match="people who cannot see it"):
        make_action(by=coordinator.user, before=make_picture(description=""))
    dark, lit = make_picture(), make_picture("The same lane with a lamp on")
    action = make_action(by=coordinator.user, before=dark, after=lit)
    assert (action.before, action.after) == (dark, lit)


def test_a_comment_that_is_hidden_is_no_longer_told(coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    make_follower(comment, "ann@example.org")
    action = make_action(comment, by=coordinator.user, status="planned")
    decide(comment=comment, change="withdraw", by=coordinator.user, reason="asked")
    before = len(told())
    tell_more(action=action, status="done", words="Done.", by=coordinator.user)
    assert len(told()) == before


def test_no_other_role_acts(coordinator: Person, editor: Person) -> None:
    comment, action = make_published(by=coordinator.user), make_action(by=coordinator.user)
    for attempt in (
        lambda: make_action(by=editor.user),
        lambda: link_action(action=action, comment=comment, by=editor.user),
        lambda: publish_action(action=action, by=editor.user),
        lambda: tell_more(action=action, status="planned", words="Soon.", by=editor.user),
        lambda: unpublish_action(action=action, by=editor.user),
    ):
        with pytest.raises(Refused, match="role"):
            attempt()


def test_how_far_it_has_come_is_said_in_lists_too(coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    make_action(comment, by=coordinator.user, status="done")
    assert PlaceComment.objects.with_row().get().progress == "done"
    newer = make_action(comment, by=coordinator.user, status="planned")
    assert PlaceComment.objects.with_row().get().progress == "planned"
    unpublish_action(action=newer, by=coordinator.user)
    assert PlaceComment.objects.with_row().get().progress == "done"
