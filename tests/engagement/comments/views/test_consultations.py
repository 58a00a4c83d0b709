"""A consultation's own page, which closes by itself, and its report on paper and as a table."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.utils import timezone

from engagement.comments.actions.answering import respond
from engagement.comments.models import Consultation
from portal.geo.coordinates import Point
from portal.geo.models import Area
from tests.conftest import Person
from tests.factories.comments import make_comment, make_place, make_published, make_theme
from tests.factories.queries import queries_of_ours
from tests.paper import words_of

pytestmark = pytest.mark.django_db
PARK = "/have-your-say/about/the-park/"


def page(person: Person, address: str = PARK) -> str:
    answer = person.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def park() -> Consultation:
    return Consultation.objects.create(
        name="The park",
        slug="the-park",
        question="What should the park be like?",
        about="The swings are old.",
        is_listed=True,
    )


def fill(park: Consultation, coordinator: Person, count: int, **said: object) -> None:
    for number in range(count):
        make_published(f"Comment {number}", by=coordinator.user, consultation=park, **said)


def test_it_says_what_is_asked_and_how_to_take_part(resident: Person, coordinator: Person, park: Consultation) -> None:
    swings, paths = make_theme("swings"), make_theme("paths")
    park.themes.set([swings])
    comment = make_published("More swings", by=coordinator.user, consultation=park)
    respond(comment=comment, words="Thank you.", by=coordinator.user)
    make_comment("Not for everybody", consultation=park)
    html = page(resident)
    for words in (
        "What should the park be like?",
        "The swings are old.",
        "Swings",
        "One of us reads it first",
        "More swings",
    ):
        assert words in html
    assert "1 comment, and 1 of them has an answer" in html
    assert 'href="/have-your-say/add/?consultation=the-park"' in html
    assert 'href="/have-your-say/?consultation=the-park"' in html
    assert paths.name not in html
    assert "Not for everybody" not in html


def test_what_is_shown_before_it_is_read_is_said(resident: Person, park: Consultation) -> None:
    Consultation.objects.filter(pk=park.pk).update(moderation="post")
    assert "shown at once on working days from 9am to 5pm" in page(resident)


def test_it_closes_by_itself(resident: Person, park: Consultation) -> None:
    today = timezone.localdate()
    Consultation.objects.filter(pk=park.pk).update(closes_on=today)
    assert "You can say something until" in page(resident)
    Consultation.objects.filter(pk=park.pk).update(closes_on=today - timedelta(days=1))
    html = page(resident)
    assert "This closed on" in html
    assert "Say something</a>" not in html
    Consultation.objects.filter(pk=park.pk).update(closes_on=None, opens_on=today + timedelta(days=1))
    assert "Please come back then" in page(resident)


def test_the_standing_conversation_is_the_list_itself(resident: Person) -> None:
    standing = Consultation.objects.standing()
    assert standing.get_absolute_url() == "/have-your-say/"
    assert resident.get(f"/have-your-say/about/{standing.slug}/").headers["Location"] == "/have-your-say/"
    assert resident.get("/have-your-say/about/nowhere/").status_code == 404


def test_the_table_has_every_number_that_may_be_shown_and_no_other(
    resident: Person, coordinator: Person, park: Consultation
) -> None:
    Consultation.objects.filter(pk=park.pk).update(west=-1.4, south=54.6, east=-1.2, north=54.9)
    park.refresh_from_db()
    street = make_place()
    make_place("back-lane", latitude=54.77)
    make_place("old-pit", latitude=54.70)
    theme = make_theme("=swings")
    fill(park, coordinator, 6, named_place=street, theme=theme, feeling="good")
    # Six by their pins: the lane is near.
    fill(park, coordinator, 6, pin=Point(54.7701, -1.3151), theme=theme, feeling="idea")
    fill(park, coordinator, 3, where_words="somewhere", feeling="idea")
    answer = resident.get(f"{PARK}report.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    found = {(row["table"], row["place"], row["theme"], row["feeling"]): row["comments"] for row in rows}
    assert found["all", "", "", ""] == "15"
    assert found["feeling", "", "", "Good"] == "6"
    assert found["place", "Old Pit", "", ""] == "0"
    assert {row["source"] for row in rows} == {"", "On the website"}
    assert not {str(number) for number in range(1, 5)} & {row["comments"] for row in rows}
    # Three of somewhere else are said with the smallest of the others.
    assert found["place", "Back Lane and Somewhere else", "", ""] == "9"
    assert not any(cell.startswith("=") for row in rows for cell in row.values())


def test_only_what_everybody_can_read_is_counted(resident: Person, coordinator: Person, park: Consultation) -> None:
    fill(park, coordinator, 5)
    make_comment("Not for everybody", consultation=park)
    make_published("Elsewhere", by=coordinator.user)
    assert "all,,,,,5" in page(resident, f"{PARK}report.csv")
    fill(park, coordinator, 1)
    assert "all,,,,,6" in page(resident, f"{PARK}report.csv")


def test_a_report_of_few_has_no_numbers(resident: Person, coordinator: Person, park: Consultation) -> None:
    fill(park, coordinator, 4)
    assert page(resident, f"{PARK}report.csv").splitlines()[1:] == ["all,,,,,not shown"]
    assert resident.get(f"{PARK}report.pdf").content.startswith(b"%PDF")


def test_the_paper_says_what_the_table_says(resident: Person, coordinator: Person, park: Consultation) -> None:
    Consultation.objects.filter(pk=park.pk).update(west=-1.4, south=54.6, east=-1.2, north=54.9)
    park.refresh_from_db()
    street = make_place()
    make_place("old-pit", latitude=54.70)
    theme = make_theme("swings")
    fill(park, coordinator, 7, named_place=street, theme=theme, feeling="good")
    fill(park, coordinator, 8, named_place=street, theme=theme, feeling="idea")
    answer = resident.get(f"{PARK}report.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    words = words_of(answer.content)
    for wanted in (
        "What should the park be like?",
        "Third Street",
        "Swings",
        "Places with no voice yet",
        "Old Pit",
        "15",
    ):
        assert wanted in words


def test_the_report_costs_the_same_for_few_and_many(resident: Person, coordinator: Person, park: Consultation) -> None:
    fill(park, coordinator, 5)
    before = queries_of_ours(resident, f"{PARK}report.csv")
    fill(park, coordinator, 20)
    assert queries_of_ours(resident, f"{PARK}report.csv") == before
    assert queries_of_ours(resident, f"{PARK}report.csv") == 1


FORM = {
    "name": "The park",
    "slug": "the-new-park",
    "question": "What now?",
    "about": "",
    "opens_on": "",
    "closes_on": "",
    "moderation": "pre",
    "staffed_from": "09:00",
    "staffed_until": "17:00",
    "is_open": "on",
}


def test_the_coordinator_gives_it_days_themes_and_an_area(coordinator: Person) -> None:
    area = Area.objects.create(
        code="E1",
        name="Horden",
        outline={"type": "Polygon", "coordinates": []},
        west=-1.4,
        south=54.7,
        east=-1.2,
        north=54.8,
    )
    theme = make_theme("swings")
    said = {**FORM, "closes_on": "2026-03-27", "area": area.pk, "themes": [theme.pk], "moderation": "post"}
    assert coordinator.post("/staff/consultations/new/", said).status_code == 302
    made = Consultation.objects.get(slug="the-new-park")
    assert (made.closes_on, made.moderation, list(made.themes.all())) == (date(2026, 3, 27), "post", [theme])
    assert made.bounds is not None
    assert made.bounds.has(Point(54.75, -1.3))
    assert made.outline == area.outline
    coordinator.post(f"/staff/consultations/edit/{made.pk}/", {**FORM, "area": ""})
    assert Consultation.objects.get(slug="the-new-park").bounds is None


def test_an_area_that_was_made_from_points_stays(coordinator: Person, park: Consultation) -> None:
    Consultation.objects.filter(pk=park.pk).update(west=-1.4, south=54.7, east=-1.2, north=54.8)
    coordinator.post(f"/staff/consultations/edit/{park.pk}/", {**FORM, "slug": "the-park"})
    assert Consultation.objects.get(slug="the-park").bounds is not None


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"opens_on": "2026-03-02", "closes_on": "2026-03-01"}, "The last day must not be before the first"),
        ({"staffed_from": "17:00", "staffed_until": "09:00"}, "Somebody must be there for some time"),
    ],
)
def test_days_and_hours_follow_each_other(coordinator: Person, said: dict[str, str], words: str) -> None:
    assert words in coordinator.post("/staff/consultations/new/", {**FORM, **said}).content.decode()
    assert not Consultation.objects.filter(slug="the-new-park").exists()


def test_a_closed_one_says_so_and_lists_what_it_was_about(
    resident: Person, coordinator: Person, park: Consultation
) -> None:
    Consultation.objects.filter(pk=park.pk).update(is_open=False, opens_on=None, closes_on=None)
    park.themes.clear()
    fill(park, coordinator, 1, theme=make_theme("paths"), where_words="the gate")
    make_theme("bins")
    html = page(resident)
    assert "This is closed." in html
    assert "<h2>What it was about</h2><ul><li>Paths</li></ul>" in html


def test_staff_find_the_page_and_the_report_and_words_for_yes_and_no(coordinator: Person, park: Consultation) -> None:
    for address in ("/staff/consultations/", f"/staff/consultations/edit/{park.pk}/"):
        html = coordinator.get(address).content.decode()
        assert f'href="{PARK}"' in html
        assert f'href="{PARK}report.pdf"' in html
    for name in ("consultations", "comment-themes", "named-places", "comment-checklist"):
        html = coordinator.get(f"/staff/{name}/").content.decode()
        assert ">True<" not in html
        assert "False" not in html.partition("<table")[2].partition("</table>")[0]


def test_a_theme_that_is_no_longer_offered_is_ticked_only_where_it_was_chosen(
    coordinator: Person, park: Consultation
) -> None:
    make_theme("from_a_file", is_active=False)
    park.themes.add(make_theme("from_long_ago", is_active=False))
    html = coordinator.get(f"/staff/consultations/edit/{park.pk}/").content.decode()
    assert "From long ago" in html
    assert "From a file" not in html


def test_a_session_is_planned_for_what_is_open_and_shown(coordinator: Person, park: Consultation) -> None:
    Consultation.objects.create(name="From a file", slug="file", is_open=False)
    over = Consultation.objects.create(
        name="Over", slug="over", is_listed=True, closes_on=timezone.localdate() - timedelta(days=1)
    )
    today = timezone.localdate()
    assert set(Consultation.objects.to_plan_for(today)) == {Consultation.objects.standing(), park}
    assert over in Consultation.objects.to_plan_for(today, kept=over)


def test_a_place_outside_the_area_has_no_voice_to_miss(
    resident: Person, coordinator: Person, park: Consultation
) -> None:
    Consultation.objects.filter(pk=park.pk).update(outline=None, west=-1.33, south=54.75, east=-1.30, north=54.78)
    make_place("in-it")
    make_place("far-off", latitude=54.60)
    park.refresh_from_db()
    fill(park, coordinator, 6, where_words="somewhere", feeling="idea")
    table = resident.get(f"{PARK}report.csv").content.decode()
    assert "In It" in table
    assert "Far Off" not in table
