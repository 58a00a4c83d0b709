"""The moderation desk: what it shows first, each tab and each page of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engagement.comments.actions.moderating import decide
from engagement.comments.models import PlaceComment
from tests.conftest import Person
from tests.engagement.comments.actions.test_moderating import shown_at_once
from tests.engagement.comments.views.test_desk_decisions import decide_by_form
from tests.factories.comments import MONDAY, make_at_risk, make_comment, make_published

pytestmark = pytest.mark.django_db
DESK = "/staff/comments/"


def test_what_is_most_at_risk_comes_first_and_then_the_oldest(coordinator: Person) -> None:
    new = make_comment("New", now=MONDAY + timedelta(days=1))
    old = make_comment("Old")
    phone = make_at_risk(2, "Ring 07700 900123", now=MONDAY + timedelta(days=2))
    cry = make_at_risk(3, "I cannot go on", now=MONDAY + timedelta(days=3))
    shown = shown_at_once()
    make_published(by=coordinator.user)
    context = coordinator.get(DESK).context
    assert [row.comment for row in context["rows"]] == [cry, phone, old, shown, new]
    assert {name: context["counts"][name] for name in ("help", "held", "waiting", "shown")} == {
        "help": 1, "held": 2, "waiting": 2, "shown": 1,
    }  # fmt: skip
    assert [row.then for row in context["rows"]] == [
        phone.reference, old.reference, shown.reference, new.reference, "",
    ]  # fmt: skip


def test_a_comment_shown_at_once_stays_on_the_desk_until_somebody_has_read_it(coordinator: Person) -> None:
    comment = shown_at_once()
    html = coordinator.get(DESK).content.decode()
    assert "Shown, not read yet" in html
    assert "Keep it on the site" in html
    assert "comments shown, not read yet" in coordinator.get("/staff/").content.decode()
    assert "is kept on the site." in decide_by_form(coordinator, comment, change="keep")
    assert "Everything has been read" in coordinator.get(DESK).content.decode()


def test_the_reason_for_holding_is_on_the_screen_and_the_name_too(coordinator: Person) -> None:
    make_comment("Ring 07700 900123", author_name="Ann")
    html = coordinator.get(DESK).content.decode()
    assert "It may have a phone number in it." in html
    assert "(a phone number)" in html
    assert "Ann (name not shown)" in html


@pytest.mark.parametrize(
    "tab", ["", "held", "waiting", "shown", "unanswered", "published", "declined", "withdrawn", "nonsense"]
)
def test_each_tab_shows_its_own(coordinator: Person, tab: str) -> None:
    by = coordinator.user
    long_ago = timezone.now() - timedelta(days=40)
    there = {
        "waiting": make_comment("waiting"),
        "held": make_comment("Ring 07700 900123"),
        "shown": shown_at_once(),
        "published": make_published("published", by=by, now=timezone.now()),
        "unanswered": make_published("unanswered", by=by, now=long_ago),
        "declined": decide(comment=make_comment(), change="decline", by=by, reason="unkind").comment,
        "withdrawn": decide(comment=make_comment(), change="withdraw", by=by, reason="asked").comment,
    }
    shown = {row.comment for row in coordinator.get(DESK, {"status": tab}).context["rows"]}
    wanted = {
        "": {"waiting", "held", "shown"},
        "nonsense": {"waiting", "held", "shown"},
        "published": {"published", "unanswered", "shown"},
        "unanswered": {"unanswered", "shown"},
    }
    assert shown == {there[name] for name in wanted.get(tab, {tab})}


def test_words_and_numbers_find_a_comment_on_the_desk(coordinator: Person) -> None:
    bins, _ = make_comment("Bins"), make_comment("Trees")
    for query in ("bins", bins.reference):
        assert [row.comment for row in coordinator.get(DESK, {"q": query}).context["rows"]] == [bins]
    assert "Nothing here" in coordinator.get(DESK, {"q": "\x00nowhere"}).content.decode()
    assert "Everything has been read" not in coordinator.get(DESK).content.decode()


def test_an_empty_desk_says_so(coordinator: Person) -> None:
    assert "Everything has been read" in coordinator.get(DESK).content.decode()


def test_every_page_starts_behind_the_last_and_none_is_missed(coordinator: Person) -> None:
    for number in range(60):
        make_at_risk(2 if number % 20 == 0 else 0, f"Comment {number}", now=MONDAY + timedelta(minutes=number // 3))
    address, seen = DESK, []
    while address:
        context = coordinator.get(address).context
        seen += [row.comment.pk for row in context["rows"]]
        address = f"{DESK}?after={context['page'].after}" if context["page"].after else ""
        assert bool(context["page"].before) == (len(seen) > 25)
    assert seen == list(PlaceComment.objects.to_read().urgent_first().values_list("pk", flat=True))
    assert "Back to the start" not in coordinator.get(DESK).content.decode()
    assert "100 on a page" not in coordinator.get(f"{DESK}?long=1").content.decode()


@pytest.mark.parametrize("after", ["x", "1.2.3", "9.99999999999999999999.0.1", "0.-1.0.x", "\x00"])
def test_a_page_that_cannot_be_is_the_first(coordinator: Person, after: str) -> None:
    comment = make_comment()
    assert [row.comment for row in coordinator.get(DESK, {"after": after}).context["rows"]] == [comment]


def test_the_desk_costs_the_same_for_one_comment_and_for_many(coordinator: Person) -> None:
    def queries(address: str = DESK) -> int:
        with CaptureQueriesContext(connection) as captured:
            coordinator.get(address)
        return sum('"comments_' in query["sql"] for query in captured)

    make_comment("Ring 07700 900123")
    before = queries()
    for number in range(30):
        make_comment(f"Ring 07700 900123 and ask for {number}")
    assert queries() == before <= 12
    mark = coordinator.get(DESK).context["page"].after
    assert queries(f"{DESK}?after={mark}") <= before + 1


def test_the_keyboard_module_is_on_the_page_and_not_needed(coordinator: Person) -> None:
    make_comment()
    html = coordinator.get(DESK).content.decode()
    assert 'type="module" src="/static/comments/desk.js"' in html
    assert "onclick" not in html.split("data-desk")[1].split("</ol>")[0]


def test_may_need_help_leads_to_those_alone(coordinator: Person) -> None:
    make_comment()
    cry = make_at_risk(3, "I cannot go on")
    assert 'href="?status=help"><strong>1</strong> may need help' in coordinator.get(DESK).content.decode()
    assert [row.comment for row in coordinator.get(DESK, {"status": "help"}).context["rows"]] == [cry]
