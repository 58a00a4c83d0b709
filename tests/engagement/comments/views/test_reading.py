"""What everybody can read: the list, one comment and what was done, and nothing that is not published."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engagement.comments.actions.answering import respond
from engagement.comments.actions.moderating import decide
from engagement.comments.models import Consultation, PlaceComment
from portal.geo.coordinates import Point
from tests.conftest import Person
from tests.factories.comments import MONDAY, make_action, make_comment, make_place, make_published, make_theme
from tests.paging import link_to

pytestmark = pytest.mark.django_db
LIST = "/have-your-say/"


def page(person: Person, address: str = LIST) -> str:
    answer = person.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_stands_before_the_map(resident: Person, coordinator: Person) -> None:
    make_published("The bins blow over.", by=coordinator.user)
    html = page(resident)
    assert html.index("The bins blow over.") < html.index("data-map")
    assert "1 comment<" in html


def test_the_list_begins_with_the_newest_day_that_it_shows(resident: Person, coordinator: Person) -> None:
    new = make_published("Sent last.", by=coordinator.user, now=MONDAY + timedelta(days=2))
    old = make_comment("Sent first.", now=MONDAY)
    decide(comment=old, change="publish", by=coordinator.user, now=MONDAY + timedelta(days=9))
    listed = resident.get(LIST).context["page"]
    assert [comment.reference for comment in listed] == [new.reference, old.reference]
    feed = resident.get(f"{LIST}comments.rss").content.decode()
    assert feed.index("Sent first.") < feed.index("Sent last.")


def test_it_is_said_how_many_are_not_on_the_map(resident: Person, coordinator: Person) -> None:
    make_published("Somewhere.", by=coordinator.user)
    assert "1 is only in the list, not on the map" in page(resident)
    make_published("The back lane.", by=coordinator.user)
    make_published("Here.", by=coordinator.user, feeling="idea", pin=Point(54.76, -1.31))
    assert "2 are only in the list, not on the map" in page(resident)
    assert "only in the list" not in page(resident, f"{LIST}?feeling=idea")


@pytest.mark.parametrize("change", [None, "decline", "hold", "withdraw"])
def test_only_published_comments_are_shown_anywhere(resident: Person, coordinator: Person, change: str | None) -> None:
    comment = make_comment("Only for staff", pin=Point(54.76, -1.31))
    reason = {"decline": "unkind", "hold": "personal", "withdraw": "asked"}
    if change:
        decide(comment=comment, change=change, by=coordinator.user, reason=reason[change])
    for address in (
        LIST,
        "/have-your-say/comments.geojson",
        "/have-your-say/comments.rss",
        f"/have-your-say/?q={comment.reference}",
        "/search/?query=staff",
    ):
        text = page(resident, address)
        assert "Only for staff" not in text
        assert f"/comments/{comment.reference}/" not in text
    assert resident.get(f"/have-your-say/comments/{comment.reference}/").status_code == 404


def test_an_unlisted_consultation_is_shown_only_by_its_address(resident: Person, coordinator: Person) -> None:
    park = Consultation.objects.create(name="The park", slug="the-park", is_listed=False)
    make_published("Plant apple trees", by=coordinator.user, consultation=park)
    for address in (LIST, "/have-your-say/comments.rss", "/search/?query=apple"):
        assert "Plant apple trees" not in page(resident, address)
    html = page(resident, "/have-your-say/?consultation=the-park")
    assert "Plant apple trees" in html
    assert "<h1>The park</h1>" in html
    assert resident.get("/have-your-say/?consultation=nowhere").status_code == 404


FILTERS = {
    "theme=safety": {"dark lane"},
    "feeling=idea": {"apple trees"},
    "status=answered": {"dark lane"},
    "status=not_answered": {"apple trees", "glass"},
    "q=APPLE": {"apple trees"},
    "q=third+street": {"apple trees"},
    "q=apple+glass": set(),
    "bbox=-1.32,54.75,-1.31,54.77": {"apple trees"},
    "theme=safety&feeling=idea": set(),
    "theme=nowhere": set(),
    "feeling=angry&status=x&theme=a+b&page=zzz": {"dark lane", "apple trees", "glass"},
    "q=%00&theme=%00&feeling=%00": {"dark lane", "apple trees", "glass"},
    "page=99999999999999999999": {"dark lane", "apple trees", "glass"},
    "page=-1&q=" + "x" * 3000: set(),
}


@pytest.fixture
def three(coordinator: Person) -> dict[str, PlaceComment]:
    by = coordinator.user
    lane = make_published("A dark lane", by=by, theme=make_theme("safety"), pin=Point(54.78, -1.33))
    respond(comment=lane, words="We saw it.", by=by)
    trees = make_published("Plant apple trees", by=by, feeling="idea", named_place=make_place())
    glass = make_published("Broken glass", by=by)
    return {"dark lane": lane, "apple trees": trees, "glass": glass}


@pytest.mark.parametrize("query", FILTERS)
def test_each_filter_shows_what_it_says_in_list_map_and_feed(
    resident: Person, three: dict[str, PlaceComment], query: str
) -> None:
    wanted = {three[name].reference for name in FILTERS[query]}
    with_pin = {reference for reference in wanted if reference != three["glass"].reference}
    context = resident.get(f"{LIST}?{query}").context
    assert {comment.reference for comment in context["page"]} == wanted
    assert context["count"] == len(wanted)
    features = resident.get(f"/have-your-say/comments.geojson?{query}").json()["features"]
    assert {feature["properties"]["reference"] for feature in features} == with_pin
    feed = page(resident, f"/have-your-say/comments.rss?{query}")
    assert {reference for reference in (c.reference for c in three.values()) if reference in feed} == wanted


def test_a_comment_can_be_found_by_its_number(resident: Person, three: dict[str, PlaceComment]) -> None:
    typed = three["glass"].reference.replace("-", " ").lower()
    context = resident.get(LIST, {"q": typed}).context
    assert list(context["page"]) == [three["glass"]]


def test_a_bad_bbox_shows_everything_and_says_so(resident: Person, three: dict[str, PlaceComment]) -> None:
    html = page(resident, f"{LIST}?bbox=1,2")
    assert "We could not read that part of the map" in html
    assert "3 comments" in html


def test_choices_are_shown_and_each_can_be_taken_away(resident: Person, three: dict[str, PlaceComment]) -> None:
    html = page(resident, f"{LIST}?theme=safety&status=answered")
    assert 'href="/have-your-say/?status=answered"' in html
    assert 'href="/have-your-say/?theme=safety"' in html


def test_an_empty_list_says_what_to_do_next(resident: Person) -> None:
    assert "Nobody has said anything yet" in page(resident)
    assert "See everything" in page(resident, f"{LIST}?q=nothing")


def test_older_comments_are_on_the_next_page(resident: Person, coordinator: Person) -> None:
    for number in range(21):
        make_published(f"Comment {number}", by=coordinator.user)
    assert "Older" in page(resident)
    first = page(resident, f"{LIST}?feeling=needs_work")
    second = page(resident, LIST + link_to("next", first))
    assert "Older" not in second
    assert 'aria-label="Chosen"' in second
    assert "21 comments" in second
    assert page(resident, LIST + link_to("prev", second)).count("<li><a") == first.count("<li><a")


@pytest.mark.parametrize("query", ["page=2", "page=x", "after=x", "before=", "after=%00", "after=a&before=b"])
def test_old_and_made_up_pages_show_the_newest(resident: Person, coordinator: Person, query: str) -> None:
    newest = make_published(by=coordinator.user)
    assert list(resident.get(f"{LIST}?{query}").context["page"]) == [newest]


def test_what_is_not_answered_says_for_how_long(resident: Person, coordinator: Person) -> None:
    twelve_days_ago = timezone.now() - timedelta(days=12)
    comment = make_published(by=coordinator.user, now=twelve_days_ago)
    assert "No one has answered this yet: 12 days" in page(resident)
    assert "No one has answered this yet: 12 days" in page(resident, comment.get_absolute_url())


def test_one_comment_shows_its_answers_and_actions(resident: Person, coordinator: Person) -> None:
    comment = make_published("The bins\nblow over.", by=coordinator.user, author_name="Ann", is_name_shown=True)
    respond(comment=comment, words="Thank you, we saw it.", by=coordinator.user)
    make_action(comment, by=coordinator.user, title="Clips for bins")
    make_action(comment, by=coordinator.user, title="A secret plan", is_published=False)
    html = page(resident, comment.get_absolute_url())
    for words in ("The bins<br>blow over.", "Ann,", "Thank you, we saw it.", "Clips for bins", comment.reference):
        assert words in html
    assert "A secret plan" not in html
    assert "No one has answered" not in html
    assert "Thank you, we saw it." in page(resident, comment.get_absolute_url().lower())


def test_a_name_that_is_not_to_be_shown_is_not_shown(resident: Person, coordinator: Person) -> None:
    comment = make_published(by=coordinator.user, author_name="Quiet Ann")
    for address in (LIST, comment.get_absolute_url(), "/have-your-say/comments.rss", "/have-your-say/comments.geojson"):
        assert "Quiet Ann" not in page(resident, address)


def test_an_example_says_that_it_is_one(resident: Person, coordinator: Person) -> None:
    comment = make_published("A made-up comment", by=coordinator.user, is_example=True, pin=Point(54.76, -1.31))
    make_action(comment, by=coordinator.user, is_example=True)
    assert "Example</span>" in page(resident)
    assert "This is an example" in page(resident, comment.get_absolute_url())
    assert "Example: A made-up comment" in page(resident, "/have-your-say/comments.rss")
    (feature,) = resident.get("/have-your-say/comments.geojson").json()["features"]
    assert feature["properties"]["is_example"] is True
    assert "Example</span>" in page(resident, "/you-said-we-did/")


def test_hostile_words_are_shown_as_words(resident: Person, coordinator: Person) -> None:
    hostile = '<script>alert(1)</script> & "quotes" <3'
    comment = make_published(hostile, by=coordinator.user, where_words="<b>here</b>", pin=Point(54.76, -1.31))
    for address in (LIST, comment.get_absolute_url()):
        html = page(resident, address)
        assert "<script>alert" not in html
        assert "<b>here" not in html
        assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in page(resident, "/have-your-say/comments.rss")


@pytest.mark.parametrize("reference", ["nothing", "AAA-AAA", "0O1-I00", "%00", "x" * 300])
def test_a_number_that_is_no_comment_is_not_found(resident: Person, reference: str) -> None:
    assert resident.get(f"/have-your-say/comments/{reference}/").status_code == 404
    assert resident.get(f"/have-your-say/thanks/{reference}/").status_code == 404


def test_you_said_we_did_shows_published_actions_with_what_was_said(resident: Person, coordinator: Person) -> None:
    comment, waiting = make_published("Bins blow over", by=coordinator.user), make_comment("Not for everybody")
    action = make_action(comment, waiting, by=coordinator.user)
    draft = make_action(by=coordinator.user, title="A secret plan", is_published=False)
    html = page(resident, "/you-said-we-did/")
    assert html.index("Bins blow over") < html.index("We gave out clips")
    assert "Not for everybody" not in html
    assert "A secret plan" not in html
    assert "Bins blow over" in page(resident, action.get_absolute_url())
    for missing in (draft.get_absolute_url(), "/you-said-we-did/99999999999999999999999/"):
        assert resident.get(missing).status_code == 404


def test_you_said_we_did_is_kind_when_nothing_is_done_yet(resident: Person) -> None:
    assert "Nothing to show yet" in page(resident, "/you-said-we-did/")


@pytest.mark.parametrize("address", [LIST, "/you-said-we-did/", "/have-your-say/comments.geojson"])
def test_reading_pages_take_no_post(resident: Person, address: str) -> None:
    assert resident.post(address).status_code == 405


def queries_of_ours(person: Person, address: str) -> int:
    """How often a page asks our own tables; the house around it has its own tests."""
    with CaptureQueriesContext(connection) as captured:
        assert person.get(address).status_code == 200
    return sum('"comments_' in query["sql"] for query in captured)


def test_each_page_costs_the_same_for_one_comment_and_for_many(resident: Person, coordinator: Person) -> None:
    def add(count: int) -> PlaceComment:
        for number in range(count):
            comment = make_published(
                f"Comment {number}", by=coordinator.user, theme=make_theme(), pin=Point(54.76, -1.31)
            )
            respond(comment=comment, words="Thank you", by=coordinator.user)
            make_action(comment, by=coordinator.user)
        return comment

    one = add(1).get_absolute_url()
    most = {
        LIST: 8,
        "/have-your-say/comments.geojson?bbox=-1.34,54.75,-1.29,54.78&zoom=14": 3,
        "/have-your-say/comments.rss": 2,
        one: 4,
    }
    before = {address: queries_of_ours(resident, address) for address in most}
    add(19)
    assert {address: queries_of_ours(resident, address) for address in most} == before
    assert all(before[address] <= limit for address, limit in most.items()), before
