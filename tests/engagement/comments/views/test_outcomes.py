"""What everybody reads about what was done, by place and by quarter, and where people say whether it is better."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from engagement.comments.acting.progress import ASK_AFTER
from engagement.comments.actions.acting import tell_more
from engagement.comments.actions.asking import ask_whether_better, give_verdict
from engagement.comments.hearing.letters.acting import better_path
from engagement.comments.models import Action, Consultation, Verdict
from portal.geo.coordinates import Point
from tests.conftest import Person
from tests.engagement.comments.actions.test_acting import make_picture
from tests.factories.comments import MONDAY, make_action, make_comment, make_follower, make_place, make_published
from tests.factories.queries import queries_of_ours

pytestmark = pytest.mark.django_db
DONE = "/you-said-we-did/"
IN_MAY = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


def page(person: Person, address: str = DONE) -> str:
    answer = person.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def three(coordinator: Person) -> dict[str, Action]:
    """A lamp in Third Street told of in March and in May, a bench beside it by its pin, and bins somewhere else."""
    street = make_place()
    lamp = make_action(
        make_published(named_place=street, by=coordinator.user), by=coordinator.user, title="A lamp", status="planned"
    )
    tell_more(action=lamp, status="done", words="It is lit.", by=coordinator.user, now=IN_MAY)
    bench = make_action(
        make_published(pin=Point(54.7632, -1.3148), by=coordinator.user), by=coordinator.user, title="A bench"
    )
    bins = make_action(make_published(by=coordinator.user), by=coordinator.user, title="Clips for bins")
    return {"lamp": lamp, "bench": bench, "bins": bins}


FILTERS = {
    "": {"lamp", "bench", "bins"},
    "place=third-street": {"lamp", "bench"},
    "quarter=2026-q1": {"lamp", "bench", "bins"},
    "quarter=2026-q2": {"lamp"},
    "quarter=2026-q2&place=third-street": {"lamp"},
    "quarter=2025-q4": set(),
    "quarter=2026-q9&place=nowhere&page=zzz": {"lamp", "bench", "bins"},
    "quarter=%00&place=%00": {"lamp", "bench", "bins"},
}


@pytest.mark.parametrize("query", FILTERS)
def test_each_filter_means_the_same_on_the_page_and_in_the_feed(
    resident: Person, three: dict[str, Action], query: str
) -> None:
    wanted = {three[name].get_absolute_url() for name in FILTERS[query]}
    html, feed = page(resident, f"{DONE}?{query}"), page(resident, f"{DONE}rss/?{query}")
    for action in three.values():
        address = action.get_absolute_url()
        assert (f'<a href="{address}">' in html) == (address in wanted)
        assert (f"{address}</link>" in feed) == (address in wanted)


def test_what_was_told_last_comes_first(resident: Person, three: dict[str, Action]) -> None:
    assert next(action.title for action in resident.get(DONE).context["page"]) == "A lamp"


def test_the_feed_has_each_thing_that_was_told(resident: Person, three: dict[str, Action]) -> None:
    items = ElementTree.fromstring(resident.get(f"{DONE}rss/").content).findall("channel/item")
    assert len(items) == 4
    assert items[0].findtext("description") == "Done. It is lit."
    assert len({item.findtext("guid") for item in items}) == 4


def test_choices_can_be_taken_away_one_by_one(resident: Person, three: dict[str, Action]) -> None:
    html = page(resident, f"{DONE}?place=third-street&quarter=2026-q2")
    assert f'href="{DONE}?quarter=2026-q2"' in html
    assert f'href="{DONE}?place=third-street"' in html
    assert "April to June 2026" in html
    assert "Nothing here in that time" in page(resident, f"{DONE}?quarter=2025-q4")


def test_one_action_shows_its_story_and_its_pictures(resident: Person, coordinator: Person) -> None:
    comment, hidden = make_published("The lane is dark", by=coordinator.user), make_comment("Not for everybody")
    action = make_action(
        comment,
        hidden,
        by=coordinator.user,
        status="planned",
        words="A lamp is coming.",
        owner="Durham County Council",
        before=make_picture("A dark lane"),
        after=make_picture("The same lane, lit"),
    )
    tell_more(action=action, status="partly_done", words="One lamp of two.", by=coordinator.user, now=IN_MAY)
    html = page(resident, action.get_absolute_url())
    for words in ("The lane is dark", "One lamp of two.", "A lamp is coming.", "Durham County Council sees to it"):
        assert words in html
    for alt in ("A dark lane", "The same lane, lit"):
        assert f'alt="{alt}"' in html
        assert f'alt="{alt}"' in page(resident)
    assert "webp" in html
    assert "Not for everybody" not in html
    assert "Partly done" in page(resident, comment.get_absolute_url())


def test_a_picture_is_shown_without_what_the_camera_wrote_into_it(resident: Person, coordinator: Person) -> None:
    from io import BytesIO

    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image
    from wagtail.images import get_image_model

    exif = Image.Exif()
    exif[0x010F] = "A camera of Ann's"
    written = BytesIO()
    Image.new("RGB", (60, 40), "navy").save(written, "JPEG", exif=exif)
    assert b"A camera of Ann" in written.getvalue()
    picture = get_image_model().objects.create(
        title="lane", description="A lane", file=SimpleUploadedFile("lane.jpg", written.getvalue())
    )
    action = make_action(by=coordinator.user, before=picture)
    page(resident, action.get_absolute_url())
    assert {drawn.file.name.rpartition(".")[2] for drawn in picture.renditions.all()} == {"avif", "webp"}
    for drawn in picture.renditions.all():
        with drawn.file.open("rb") as shown:
            assert b"A camera of Ann" not in shown.read()


def test_the_page_says_how_many_have_waited_too_long(resident: Person, coordinator: Person) -> None:
    make_action(make_published(by=coordinator.user), by=coordinator.user)
    assert "1 of 1 comment answered" in page(resident)
    assert "None has waited over 28 days" in page(resident)
    make_published("Old", by=coordinator.user, now=MONDAY - timedelta(days=300))
    html = page(resident)
    assert "1 of 2 comments answered" in html
    assert "1 without an answer for over 28 days" in html


def test_the_list_costs_the_same_for_one_and_for_many(resident: Person, coordinator: Person) -> None:
    def add(count: int) -> None:
        for _ in range(count):
            action = make_action(
                make_published(by=coordinator.user), by=coordinator.user, status="planned", before=make_picture()
            )
            tell_more(action=action, status="done", words="Done.", by=coordinator.user)

    add(1)
    page(resident)
    before = queries_of_ours(resident, DONE)
    add(4)
    page(resident)
    assert queries_of_ours(resident, DONE) == before <= 6


@pytest.fixture
def link(coordinator: Person) -> str:
    """Where Ann says whether the lamp made it better."""
    comment = make_published("The lane is dark", by=coordinator.user)
    ann = make_follower(comment, "ann@example.org", is_author=True)
    action = make_action(comment, by=coordinator.user, title="A lamp")
    ask_whether_better(now=MONDAY + ASK_AFTER)
    return better_path(action, ann)


def test_opening_the_link_says_nothing_for_anybody(resident: Person, link: str) -> None:
    html = page(resident, f"{link}?answer=no")
    assert 'value="no"' in html
    assert "checked" in html
    assert "A lamp" in html
    assert not Verdict.objects.exists()


def test_an_answer_is_heard_and_can_be_changed(resident: Person, link: str) -> None:
    assert "We have your answer" in resident.post(link, {"answer": "partly", "words": "Until ten."}).content.decode()
    resident.post(link, {"answer": "yes"})
    verdict = Verdict.objects.get()
    assert (verdict.answer, verdict.words) == ("yes", "")


def test_a_cry_for_help_in_an_answer_is_answered_on_the_page(resident: Person, link: str) -> None:
    assert "could do with help" not in resident.post(link, {"answer": "no", "words": "Still dark."}).content.decode()
    html = resident.post(link, {"answer": "no", "words": "I do not want to live any more"}).content.decode()
    assert "We have your answer" in html
    assert "could do with help" in html
    assert 'href="/get-help/"' in html
    assert "could do with help" in resident.post(link, {"words": "I have no food in the house"}).content.decode()


def test_an_answer_that_is_none_is_asked_for_again_with_the_words_kept(resident: Person, link: str) -> None:
    html = resident.post(link, {"words": "Until ten."}).content.decode()
    assert "Choose yes, partly or no" in html
    assert "Until ten." in html
    assert "Error: " in html


def test_the_second_no_says_that_it_is_open_again(resident: Person, link: str) -> None:
    action = Action.objects.get()
    bob = make_follower(action.comments.get(), "bob@example.org")
    give_verdict(action=action, follower=bob, answer="no", now=MONDAY + ASK_AFTER)
    assert "we have opened it again" in resident.post(link, {"answer": "no"}).content.decode()
    html = page(resident, action.get_absolute_url())
    assert "Opened again" in html
    assert "Looking into it" in html
    gone = resident.get(link)
    assert gone.status_code == 410
    assert "looking at this again" in gone.content.decode()


@pytest.mark.parametrize("token", ["nothing", "x" * 300])
def test_a_link_that_is_none_is_told_kindly(resident: Person, token: str) -> None:
    answer = resident.get(f"/have-your-say/better/{token}/")
    assert answer.status_code == 410
    assert "This link has ended" in answer.content.decode()


def test_the_list_of_comments_says_how_far_each_has_come_and_how_many_wait(
    resident: Person, coordinator: Person
) -> None:
    make_action(make_published(by=coordinator.user), by=coordinator.user, status="partly_done")
    html = page(resident, "/have-your-say/")
    assert "Partly done" in html
    assert "1 of 1 comment answered" in html


def test_the_count_is_new_after_every_change(resident: Person, coordinator: Person) -> None:
    comment = make_published(by=coordinator.user, now=MONDAY - timedelta(days=300))
    assert "1 without an answer for over 28 days" in page(resident)
    make_action(comment, by=coordinator.user)
    assert "1 of 1 comment answered" in page(resident)


def test_other_consultations_are_named_on_the_list(resident: Person) -> None:
    for slug, is_listed in (("the-park", True), ("hidden", False)):
        Consultation.objects.create(name=f"About {slug}", slug=slug, question="What now?", is_listed=is_listed)
    html = page(resident, "/have-your-say/")
    assert 'href="/have-your-say/about/the-park/"' in html
    assert "About hidden" not in html


def test_comments_of_unlisted_consultations_are_named_nowhere(resident: Person, coordinator: Person) -> None:
    quiet = Consultation.objects.create(name="Quiet", slug="quiet")
    place = make_place()
    hidden = make_published("Said among ourselves", by=coordinator.user, consultation=quiet, named_place=place)
    action = make_action(hidden, by=coordinator.user)
    for address in (DONE, action.get_absolute_url(), f"{DONE}rss/", "/"):
        html = page(resident, address)
        assert action.title in html
        assert "Said among ourselves" not in html
        assert hidden.reference not in html
    for address in (f"{DONE}?place={place.slug}", f"{DONE}rss/?place={place.slug}"):
        assert action.get_absolute_url() not in page(resident, address)
