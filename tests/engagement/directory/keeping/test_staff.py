"""The coordinator's screens: who keeps a place, what nobody has checked, what residents say is wrong, and who may see them."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.directory.actions.corrections import send_correction, settle_correction
from engagement.directory.actions.keepers import add_keeper, end_keeper, erase_keeper
from engagement.directory.actions.proposals import propose
from engagement.directory.models import Activity, Correction, Keeper, ProposedChange, Venue
from portal.audit.models import AuditEvent
from portal.pages.week import the_week
from tests.conftest import PASSWORD, Person
from tests.engagement.directory.keeping.conftest import KEEPER
from tests.factories.directory import make_activity, make_venue
from tests.factories.purging import purged

pytestmark = pytest.mark.django_db
BOARD, CHANGES, WRONG = "/staff/directory/to-check/", "/staff/directory/changes/", "/staff/directory/wrong/"
KEEPERS = "/staff/directory/keepers/"


def post(person: Person, path: str, **data: str) -> str:
    answer = person.post(path, data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def last_checked(entry: Venue | Activity, days: float, now: datetime) -> None:
    type(entry)._default_manager.filter(pk=entry.pk).update(checked_at=now - timedelta(days=days))


def test_a_keeper_is_named_and_ended_from_the_venue(hall: Venue, coordinator: Person) -> None:
    path = f"{KEEPERS}{hall.pk}/"
    assert path in coordinator.get(f"/staff/venues/edit/{hall.pk}/").content.decode()
    assert "Nobody keeps this place yet" in coordinator.get(path).content.decode()
    page = post(coordinator, path, name="Kay", email="Kay@Hall.example")
    assert "Kay keeps Lantern Hall from now on" in page
    keeper = Keeper.objects.get()
    assert (keeper.email, keeper.added_by) == (KEEPER, coordinator.user)
    assert "This address keeps the place already" in post(coordinator, path, email=KEEPER)
    assert "Enter an e-mail address" in post(coordinator, path, email="Kay")
    assert "Their links are dead" in post(coordinator, f"{KEEPERS}{keeper.pk}/end/")
    assert "That was done already" in post(coordinator, f"{KEEPERS}{keeper.pk}/end/")
    assert [event.action for event in AuditEvent.objects.newest_first()[:2]] == [
        "directory.end_keeper",
        "directory.add_keeper",
    ]
    assert "Kay keeps Lantern Hall from now on" in post(coordinator, path, name="Kay", email=KEEPER)


def test_the_keepers_of_a_place_cost_as_many_queries_for_ten_as_for_one(hall: Venue, coordinator: Person) -> None:
    counts = []
    for number in range(10):
        add_keeper(venue=hall, email=f"kay{number}@hall.example", by=coordinator.user)
        if number in {0, 9}:
            coordinator.get(f"{KEEPERS}{hall.pk}/")
            with CaptureQueriesContext(connection) as queries:
                coordinator.get(f"{KEEPERS}{hall.pk}/")
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_new_link_is_sent_once_in_ten_minutes(keeper: Keeper, coordinator: Person) -> None:
    assert "on its way" in post(coordinator, f"{KEEPERS}{keeper.pk}/link/")
    assert "Wait ten minutes" in post(coordinator, f"{KEEPERS}{keeper.pk}/link/")


def test_what_we_hold_is_handed_out_whole(keeper: Keeper, hall: Venue, coordinator: Person, resident: Person) -> None:
    propose(entry=hall, wishes={"phone": "01632 960999"}, keeper=keeper)
    told = send_correction(entry=hall, words="Shut")
    settle_correction(correction=told, outcome="Mended the sign", keeper=keeper)
    coordinator.post("/accounts/reauthenticate/", {"password": PASSWORD})
    sheet = coordinator.post(f"{KEEPERS}{keeper.pk}/held/")
    assert sheet.headers["Content-Disposition"].startswith("attachment")
    words = sheet.content.decode()
    for part in (KEEPER, "Kay", "Lantern Hall", "01632 960999", "Mended the sign"):
        assert part in words


def test_somebody_is_forgotten_at_every_place(keeper: Keeper, hall: Venue, coordinator: Person) -> None:
    add_keeper(venue=make_venue("Other Hall"), email=KEEPER, by=coordinator.user)
    propose(entry=hall, wishes={"phone": "01632 960999"}, keeper=keeper)
    ProposedChange.objects.update(decision="not_taken")
    assert "Forgotten at 2 places" in post(coordinator, f"{KEEPERS}{keeper.pk}/erase/")
    assert not Keeper.objects.exists()
    wish = ProposedChange.objects.get()
    assert (wish.was, wish.wanted, wish.keeper) == (None, None, None)
    assert erase_keeper(address=KEEPER, by=coordinator.user) == 0


def test_what_is_over_is_deleted_in_its_time(
    keeper: Keeper, hall: Venue, coordinator: Person, wednesday_noon: datetime
) -> None:
    end_keeper(keeper=keeper, by=coordinator.user)
    told = send_correction(entry=hall, words="Shut")
    send_correction(entry=hall, words="Not seen to, and kept")
    settle_correction(correction=told, outcome="", by=coordinator.user)
    assert purged(wednesday_noon, "directory.keepers", "directory.corrections") == 0
    Keeper.objects.update(ended_at=wednesday_noon - timedelta(days=366))
    Correction.objects.filter(pk=told.pk).update(settled_at=wednesday_noon - timedelta(days=91))
    assert purged(wednesday_noon, "directory.keepers", "directory.corrections") == 2
    assert Correction.objects.get().words == "Not seen to, and kept"


def test_the_board_shows_what_is_overdue_by_age_and_whom_to_ring_first(
    hall: Venue, soup: Activity, keeper: Keeper, coordinator: Person, wednesday_noon: datetime
) -> None:
    alone, fresh = make_venue("Lonely Hall", phone="01632 960001"), make_venue("Fresh Hall")
    last_checked(hall, 95, wednesday_noon)
    last_checked(soup, 65, wednesday_noon)
    last_checked(alone, 30, wednesday_noon)
    last_checked(fresh, 3, wednesday_noon)
    page = coordinator.get(BOARD)
    assert [row.entry.name for row in page.context["rows"]] == ["Lonely Hall", "Lantern Hall", "Soup and a chat"]
    assert [count for _, count in page.context["counts"]] == [1, 1, 1]
    words = page.content.decode()
    assert "Ring: nobody to write to" in words
    assert "Kept by Kay" in words
    stale = coordinator.get(BOARD, {"age": "stale"}).context["rows"]
    assert [row.entry.name for row in stale] == ["Soup and a chat"]
    assert coordinator.get(BOARD, {"age": "nonsense", "p": "99"}).status_code == 200


def test_one_press_checks_a_venue_or_an_activity(
    hall: Venue, soup: Activity, coordinator: Person, resident: Person, wednesday_noon: datetime
) -> None:
    last_checked(hall, 65, wednesday_noon)
    last_checked(soup, 65, wednesday_noon)
    assert "ring before you go" in resident.get(hall.get_absolute_url()).content.decode()
    assert "checked today" in post(coordinator, f"{BOARD}venue/{hall.pk}/")
    page = post(coordinator, f"{BOARD}activity/{soup.pk}/")
    assert "Every entry was checked in the last 28 days" in page
    assert "Checked by our team on 25 November 2026" in resident.get(hall.get_absolute_url()).content.decode()
    assert coordinator.post(f"{BOARD}organisation/1/").status_code == 404


def test_the_board_costs_the_same_however_many_are_overdue(
    hall: Venue, soup: Activity, keeper: Keeper, coordinator: Person, wednesday_noon: datetime
) -> None:
    last_checked(hall, 40, wednesday_noon)
    last_checked(soup, 40, wednesday_noon)
    coordinator.get(BOARD)
    with CaptureQueriesContext(connection) as few:
        coordinator.get(BOARD)
    for number in range(6):
        venue = make_venue(f"Hall {number}")
        add_keeper(venue=venue, email=KEEPER, by=coordinator.user)
        last_checked(venue, 50, wednesday_noon)
        last_checked(make_activity(f"Tea {number}", venue=venue), 50, wednesday_noon)
    with CaptureQueriesContext(connection) as more:
        coordinator.get(BOARD)
    assert len(more) == len(few)


def test_anybody_says_what_is_wrong_and_those_who_can_put_it_right_are_told(
    soup: Activity,
    keeper: Keeper,
    coordinator: Person,
    resident: Person,
    letters: Callable[[], list[str]],
    as_a_person: None,
) -> None:
    letters()
    path = "/activities/soup-and-a-chat/wrong/"
    assert path in resident.get(soup.get_absolute_url()).content.decode()
    form = resident.get(path).context["form"]
    said = {"words": "It starts at <b>12</b> now", "shown": form["shown"].value()}
    assert "We have told the place and our team" in post(resident, path, **said)
    sent = letters()
    assert {one.split(":")[0] for one in sent} == {KEEPER, coordinator.user.email}
    assert all("It starts at <b>12</b> now" in one for one in sent)
    page = coordinator.get(WRONG).content.decode()
    assert "It starts at &lt;b&gt;12&lt;/b&gt; now" in page
    number = Correction.objects.get().pk
    assert "seen to" in post(coordinator, f"{WRONG}{number}/", outcome="Rang them: put right")
    page = coordinator.get(WRONG).content.decode()
    assert "Rang them: put right" in page
    assert "Nobody says that anything is wrong" in page
    assert "Somebody has seen to it already" in post(coordinator, f"{WRONG}{number}/")
    assert Correction.objects.get().settled_by == coordinator.user


def test_a_place_without_a_keeper_is_told_at_its_own_address(
    hall: Venue, coordinator: Person, letters: Callable[[], list[str]]
) -> None:
    Venue.objects.filter(pk=hall.pk).update(email="hall@hall.example")
    hall.refresh_from_db()
    send_correction(entry=hall, words="Shut on Fridays")
    told = {one.split(":")[0]: one for one in letters()}
    assert set(told) == {"hall@hall.example", coordinator.user.email}
    assert "/keeping/" not in told["hall@hall.example"]


@pytest.mark.parametrize(
    ("words", "said"), [("", "Tell us what is wrong"), ("  ", "Tell us what is wrong"), ("x" * 1_001, "Take out 1")]
)
def test_words_that_cannot_be_sent(hall: Venue, resident: Person, as_a_person: None, words: str, said: str) -> None:
    path = "/venues/lantern-hall/wrong/"
    shown = resident.get(path).context["form"]["shown"].value()
    assert said in post(resident, path, words=words, shown=shown)
    assert not Correction.objects.exists()


def test_machines_and_floods_are_refused(hall: Venue, resident: Person) -> None:
    path = "/venues/lantern-hall/wrong/"
    assert "That was very quick" in post(resident, path, words="spam")
    for _ in range(20):
        answer = resident.post(path, {"words": ""})
    assert answer.status_code == 429
    assert not Correction.objects.exists()


def test_what_nobody_sees_cannot_be_said_to_be_wrong(hall: Venue, resident: Person) -> None:
    Venue.objects.filter(pk=hall.pk).update(is_listed=False)
    assert resident.get("/venues/lantern-hall/wrong/").status_code == 404
    assert resident.get("/activities/nothing/wrong/").status_code == 404


def test_the_week_counts_what_waits(
    hall: Venue, soup: Activity, keeper: Keeper, coordinator: Person, partner: Person, wednesday_noon: datetime
) -> None:
    propose(entry=hall, wishes={"phone": "1"}, keeper=keeper)
    send_correction(entry=soup, words="Shut")
    last_checked(hall, 40, wednesday_noon)
    lines = {line.label: line.count for line in the_week(coordinator.user)}
    assert lines["changes that places wish for"] == 1
    assert lines["entries said to be wrong"] == 1
    assert lines["entries to check"] == 1
    assert "entries to check" not in {line.label for line in the_week(partner.user)}


READ = [BOARD, CHANGES, f"{CHANGES}venue/1/", WRONG, f"{KEEPERS}1/"]
DONE = [
    *(f"{BOARD}venue/1/", f"{CHANGES}1/decide/", f"{CHANGES}venue/1/take-all/", f"{WRONG}1/"),
    *(f"{KEEPERS}1/end/", f"{KEEPERS}1/link/", f"{KEEPERS}1/held/", f"{KEEPERS}1/erase/"),
]


@pytest.mark.parametrize(("method", "path"), [*(("get", path) for path in READ), *(("post", path) for path in DONE)])
def test_a_stranger_is_asked_to_sign_in_and_a_wrong_role_is_refused(
    request: pytest.FixtureRequest, stranger: Person, method: str, path: str
) -> None:
    answer = getattr(stranger, method)(path)
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/")
    for role in ("coordinator", "editor", "navigator", "lead", "partner", "administrator"):
        status = getattr(request.getfixturevalue(role), method)(path).status_code
        assert (status == 403) is (role != "coordinator"), role


@pytest.mark.parametrize("path", DONE)
def test_nothing_is_changed_by_looking(coordinator: Person, path: str) -> None:
    assert coordinator.get(path).status_code == 405
