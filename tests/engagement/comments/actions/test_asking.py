"""Asks those who wanted something whether it is better, once, and opens it again where two say no."""

import re
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from engagement.comments.actions.acting import tell_more, unpublish_action
from engagement.comments.actions.asking import ask_whether_better, give_verdict
from engagement.comments.hearing.letters.acting import asked_by_link, better_path
from engagement.comments.hearing.telling import write
from engagement.comments.models import Action, Follower, Verdict
from engagement.comments.tasks.asking import ask_whether_better as daily
from engagement.comments.week import cries_in_verdicts_line, opened_again_line
from portal.audit.models import AuditEvent
from portal.refusals import Refused
from portal.tasks import REGULAR
from tests.conftest import Person
from tests.factories.comments import MONDAY, make_action, make_follower, make_published

pytestmark = pytest.mark.django_db
FOUR_WEEKS = MONDAY + timedelta(days=28)


def asked() -> list[int]:
    """Which followers the worker is to ask."""
    rows = [row.args_kwargs["kwargs"] for row in DBTaskResult.objects.order_by("enqueued_at")]
    return [row["follower_id"] for row in rows if row.get("kind") == "better"]


@pytest.fixture
def followers(coordinator: Person) -> list[Follower]:
    comment = make_published("The lane is dark.", by=coordinator.user)
    return [make_follower(comment, f"{name}@example.org") for name in ("ann", "bob", "cat")]


@pytest.fixture
def action(coordinator: Person, followers: list[Follower]) -> Action:
    return make_action(followers[0].comment, by=coordinator.user, title="A lamp", words="The lamp is lit.")


def say(action: Action, follower: Follower, answer: str, now: datetime = FOUR_WEEKS) -> Verdict:
    return give_verdict(action=action, follower=follower, answer=answer, now=now)


def test_people_are_asked_after_four_weeks_and_not_again(action: Action, followers: list[Follower]) -> None:
    assert ask_whether_better(now=FOUR_WEEKS - timedelta(seconds=1)) == 0
    assert ask_whether_better(now=FOUR_WEEKS) == 3
    assert ask_whether_better(now=FOUR_WEEKS + timedelta(days=1)) == 0
    assert sorted(asked()) == [follower.pk for follower in followers]


@pytest.mark.parametrize("status", ["looking_into_it", "planned", "not_possible"])
def test_nobody_is_asked_about_what_was_not_done(coordinator: Person, status: str) -> None:
    make_action(make_published(by=coordinator.user), by=coordinator.user, status=status)
    assert ask_whether_better(now=FOUR_WEEKS) == 0
    assert Action.objects.get().asked_at is None


def test_nobody_is_asked_about_a_draft(action: Action, coordinator: Person) -> None:
    unpublish_action(action=action, by=coordinator.user)
    assert ask_whether_better(now=FOUR_WEEKS) == 0


def test_two_who_say_no_open_it_again_and_everybody_is_told(
    action: Action, followers: list[Follower], coordinator: Person
) -> None:
    ask_whether_better(now=FOUR_WEEKS)
    say(action, followers[0], "no")
    say(action, followers[0], "no")
    assert Action.objects.get().status == "done"
    say(action, followers[1], "no", FOUR_WEEKS + timedelta(days=2))
    opened = Action.objects.get()
    assert (opened.status, opened.reopened_at) == ("looking_into_it", FOUR_WEEKS + timedelta(days=2))
    assert "not better" in opened.words
    last = opened.updates.last()
    assert last is not None
    assert last.said_by is None
    line = opened_again_line(coordinator.user)
    assert line is not None
    assert (line.count, line.is_urgent) == (1, True)
    told = [row.args_kwargs["kwargs"] for row in DBTaskResult.objects.all()]
    assert sum(row.get("about") == last.pk and row.get("kind") == "action" for row in told) == 3
    with pytest.raises(Refused, match="looking at this again already"):
        say(action, followers[2], "yes")


def test_a_last_word_counts(action: Action, followers: list[Follower]) -> None:
    ask_whether_better(now=FOUR_WEEKS)
    say(action, followers[0], "no")
    say(action, followers[0], "yes")
    say(action, followers[1], "no")
    say(action, followers[2], "partly")
    assert Action.objects.get().reopened_at is None
    assert Verdict.objects.count() == 3


def test_what_is_done_anew_is_asked_anew_and_old_answers_count_no_more(
    action: Action, followers: list[Follower], coordinator: Person
) -> None:
    ask_whether_better(now=FOUR_WEEKS)
    for follower in followers[:2]:
        say(action, follower, "no")
    tell_more(action=action, status="done", words="A new lamp.", by=coordinator.user, now=FOUR_WEEKS)
    line = opened_again_line(coordinator.user)
    assert line is not None
    assert line.count == 0
    later = FOUR_WEEKS + timedelta(days=28)
    assert ask_whether_better(now=later) == 3
    say(action, followers[2], "no", later)
    assert Action.objects.get().reopened_at is None
    say(action, followers[0], "no", later)
    assert Action.objects.get().reopened_at == later


@pytest.mark.parametrize("answer", ["", "maybe"])
def test_an_answer_is_yes_partly_or_no(action: Action, followers: list[Follower], answer: str) -> None:
    ask_whether_better(now=FOUR_WEEKS)
    with pytest.raises(Refused, match="Choose yes, partly or no"):
        say(action, followers[0], answer)
    assert not Verdict.objects.exists()


def test_nobody_answers_before_they_were_asked(action: Action, followers: list[Follower]) -> None:
    with pytest.raises(Refused):
        say(action, followers[0], "yes")


def token_for(action: Action, follower: Follower) -> str:
    return better_path(action, follower).split("/")[-2]


def test_the_letter_asks_in_words_and_gives_a_link_for_each_answer(action: Action, followers: list[Follower]) -> None:
    ask_whether_better(now=FOUR_WEEKS)
    write(followers[0].pk, "better", action.pk)
    (letter,) = mail.outbox
    assert letter.subject == "Is it better? A lamp"
    links = re.findall(r"/have-your-say/better/([^/]+)/\?answer=(\w+)", str(letter.body))
    assert [answer for _, answer in links] == ["yes", "partly", "no"]
    assert {asked_by_link(token) for token, _ in links} == {asked_by_link(token_for(action, followers[0]))}
    assert "“The lane is dark.”" in letter.body
    assert "List-Unsubscribe" in letter.extra_headers


def test_the_letter_about_progress_says_the_words_and_how_far(action: Action, followers: list[Follower]) -> None:
    write(followers[0].pk, "action", action.updates.get().pk)
    (letter,) = mail.outbox
    assert letter.subject == "Done: A lamp"
    assert "The lamp is lit." in letter.body
    assert action.get_absolute_url() in letter.body


def test_no_letter_goes_about_what_was_taken_back_or_overtaken(
    action: Action, followers: list[Follower], coordinator: Person
) -> None:
    first = action.updates.get()
    tell_more(action=action, status="planned", words="One more lamp.", by=coordinator.user, now=MONDAY)
    write(followers[0].pk, "action", first.pk)
    write(followers[0].pk, "better", action.pk)
    unpublish_action(action=action, by=coordinator.user)
    last = action.updates.last()
    assert last is not None
    write(followers[0].pk, "action", last.pk)
    assert mail.outbox == []


def test_a_link_is_for_one_person_and_one_action(action: Action, followers: list[Follower]) -> None:
    token = token_for(action, followers[0])
    assert asked_by_link(token) == (action, followers[0])
    assert asked_by_link(token + "x") is None
    followers[0].delete()
    assert asked_by_link(token) is None


def test_the_worker_asks_every_day(action: Action) -> None:
    assert REGULAR["comments.ask_whether_better"].daily_at is not None
    daily.call()
    assert Action.objects.get().asked_at is not None


def test_a_cry_for_help_in_an_answer_is_heard_and_shown_to_the_coordinator(
    action: Action, followers: list[Follower], coordinator: Person, navigator: Person
) -> None:
    ask_whether_better(now=FOUR_WEEKS)
    give_verdict(action=action, follower=followers[0], answer="no", words="Still dark.", now=timezone.now())
    assert cries_in_verdicts_line(coordinator.user) is None
    words = "No. I have no food in the house."
    verdict = give_verdict(action=action, follower=followers[1], answer="no", words=words, now=timezone.now())
    event = AuditEvent.objects.about(verdict).get(action="comments.heard_cry_for_help")
    assert event.detail == {"signs": ["no food"]}
    line = cries_in_verdicts_line(coordinator.user)
    assert line is not None
    assert (line.count, line.is_urgent) == (1, True)
    assert cries_in_verdicts_line(navigator.user) is None
    html = coordinator.get(line.url).content.decode()
    assert html.count("Somebody may need help. It sounds like: no food.") == 1
