"""The screen of printed copies, and who may not open it."""

import io
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from newsletter.actions.rounds import CannotMake, count_opening, make_round
from newsletter.models import DropRound, IssuePage, LinkCount
from newsletter.models.rounds import LinkCountQuerySet
from newsletter.printing.goals import named_codes
from portal.audit.models import AuditEvent
from portal.clock import now
from tests.conftest import Person
from tests.factories.newsletter import an_issue

pytestmark = pytest.mark.django_db
WRONG_ROLES = ["coordinator", "navigator", "lead", "partner", "administrator"]
GIVEN = {"name": "Doors on Third Street", "copies": "200", "dropped_on": "2026-11-27"}


@pytest.fixture
def issue() -> IssuePage:
    return an_issue()


@pytest.fixture
def doors(issue: IssuePage, editor: Person) -> DropRound:
    return make_round(issue=issue, name="Doors", copies=200, dropped_on=None, by=editor.user, now=now())


def addresses(doors: DropRound) -> list[tuple[str, str]]:
    return [
        ("get", reverse("newspaper_rounds", args=[doors.issue_id])),
        ("post", reverse("newspaper_round_make", args=[doors.issue_id])),
        ("get", reverse("newspaper_round_pdf", args=[doors.pk, "a4"])),
    ]


def test_a_stranger_is_asked_to_sign_in(stranger: Person, doors: DropRound) -> None:
    for method, address in addresses(doors):
        response = getattr(stranger, method)(address, GIVEN)
        assert (response.status_code, "login" in response["Location"]) == (302, True)
    assert DropRound.objects.count() == 1


@pytest.mark.parametrize("role", WRONG_ROLES)
def test_a_wrong_role_is_refused(role: str, request: pytest.FixtureRequest, doors: DropRound) -> None:
    person = request.getfixturevalue(role)
    assert [getattr(person, method)(address, GIVEN).status_code for method, address in addresses(doors)] == [403] * 3
    assert DropRound.objects.count() == 1


def test_an_editor_makes_a_round_and_it_is_written_down(editor: Person, issue: IssuePage) -> None:
    response = editor.post(reverse("newspaper_round_make", args=[issue.pk]), GIVEN, follow=True)
    made = DropRound.objects.get()
    assert (made.name, made.copies, str(made.dropped_on)) == ("Doors on Third Street", 200, "2026-11-27")
    assert made.created_by == editor.user
    assert made.name in response.content.decode()
    event = AuditEvent.objects.get(action="newsletter.make_round")
    assert event.detail == {"issue": issue.pk, "copies": 200}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Say where these copies go."),
        ({"copies": "0"}, "greater than or equal to 1"),
        ({"copies": "many"}, "Enter a number like 200."),
        ({"dropped_on": "soon"}, "Enter a day like"),
        ({"name": "Doors"}, "has a round of that name already"),
    ],
    ids=["no name", "no copies", "no number", "no day", "same name"],
)
def test_what_is_not_right_is_said_and_what_was_typed_stays(
    editor: Person, doors: DropRound, change: dict[str, str], words: str
) -> None:
    response = editor.post(reverse("newspaper_round_make", args=[doors.issue_id]), {**GIVEN, **change})
    page = response.content.decode()
    assert response.status_code == 200
    assert words in page
    assert "<title>Error: " in page.replace("\n", "").replace("<title>        ", "<title>")
    assert DropRound.objects.count() == 1


def test_a_round_without_a_name_or_copies_is_refused_everywhere(editor: Person, issue: IssuePage) -> None:
    for name, copies in ((" ", 5), ("Doors", 0)):
        with pytest.raises(CannotMake):
            make_round(issue=issue, name=name, copies=copies, dropped_on=None, by=editor.user, now=now())
    assert not DropRound.objects.exists()


def test_the_file_of_a_round_has_its_own_codes(editor: Person, doors: DropRound) -> None:
    response = editor.get(reverse("newspaper_round_pdf", args=[doors.pk, "a4"]))
    assert response["Content-Disposition"] == f'inline; filename="winter-in-horden-a4-{doors.code}.pdf"'
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    assert "".join(words.replace("\u200b", "").split()).count(f"-{doors.code}") == 2
    assert editor.get(reverse("newspaper_round_pdf", args=[doors.pk, "a5"])).status_code == 404
    assert editor.get(reverse("newspaper_round_pdf", args=[doors.pk + 1, "a4"])).status_code == 404


def test_the_screen_shows_totals_and_never_a_small_one(editor: Person, doors: DropRound) -> None:
    code = named_codes(doors.issue)[1][0]
    for story, drop_round, opened in ((code, doors, 37), (code, None, 3)):
        LinkCount.objects.create(issue=doors.issue, story=story, drop_round=drop_round, on="2026-11-27", opened=opened)
    page = editor.get(reverse("newspaper_rounds", args=[doors.issue_id])).content.decode()
    assert "<td>37</td>" in page
    assert "<td>fewer than 5</td>" in page
    assert "<td><strong>37</strong></td>" in page
    assert "<td>40</td>" not in page
    assert "<td><strong>a few</strong></td>" in page


def test_the_screen_asks_the_same_however_many_rounds_there_are(
    editor: Person, doors: DropRound, django_assert_max_num_queries: Any
) -> None:
    address = reverse("newspaper_rounds", args=[doors.issue_id])
    editor.get(address)
    for name in ("School", "Church", "Shop"):
        make_round(issue=doors.issue, name=name, copies=9, dropped_on=None, by=editor.user, now=now())
    with django_assert_max_num_queries(24):
        editor.get(address)


def test_a_day_has_one_row_and_whoever_came_second_is_counted_too(issue: IssuePage, doors: DropRound) -> None:
    for drop_round in (doors, doors, None, None, None):
        count_opening(issue=issue, story="k7mq", drop_round=drop_round, now=now(), by=None)
    assert sorted(LinkCount.objects.totals(), key=str) == sorted([(doors.pk, "k7mq", 2), (None, "k7mq", 3)], key=str)
    assert LinkCount.objects.count() == 2
    assert not AuditEvent.objects.filter(action__contains="open").exists()


def test_whoever_loses_the_race_for_the_first_row_is_counted_all_the_same(
    issue: IssuePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    count_opening(issue=issue, story="k7mq", drop_round=None, now=now(), by=None)
    update, asked = LinkCountQuerySet.update, []

    def blind_at_first(self: LinkCountQuerySet, **fields: object) -> int:
        asked.append(fields)
        return update(self, **fields) if len(asked) > 1 else 0

    monkeypatch.setattr(LinkCountQuerySet, "update", blind_at_first)
    count_opening(issue=issue, story="k7mq", drop_round=None, now=now(), by=None)
    assert LinkCount.objects.totals() == [(None, "k7mq", 2)]
