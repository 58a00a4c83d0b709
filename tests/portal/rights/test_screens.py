"""The screens of a request: who may open each, what they show, what is typed nowhere kept, and what takes a second sign-in."""

import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from engagement.comments.actions.photos import hang_on, take_in
from engagement.comments.models import Follower
from portal.accounts.roles import ROLES
from portal.audit.models import AuditEvent
from portal.pages.week import the_week
from portal.rights.models import HandOut, SubjectRequest
from portal.rights.tasks import remind, tell_one
from portal.rights.urls import urlpatterns
from tests.conftest import PASSWORD, Person, member_of_staff
from tests.factories.comments import make_comment
from tests.factories.newsletter import a_reader
from tests.factories.rights import WREN, a_request, being_decided, being_looked_for, somebody_everywhere
from tests.factories.selfreferral import a_referral

pytestmark = pytest.mark.django_db
ROOM = "/staff/rights/"
GETS = ["", "new/", "{0}/", "{0}/look/", "{0}/held/", "{0}/erase/", "{0}/erased/", "{0}/{1}/picture/"]
POSTS = [
    "{0}/change/decide/",
    "{0}/longer/",
    "{0}/note/",
    "{0}/handed-out/file/",
    "{0}/handed-out/paper/",
    *(f"{{0}}/{{1}}/{name}/" for name in ("whose", "put-right", "restrict", "lift", "stop-mail", "settled")),
]
ALL = [("get", path) for path in GETS] + [("post", path) for path in POSTS]


def again(person: Person) -> Person:
    person.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return person


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_every_address_of_the_room_is_tried_below() -> None:
    assert len(ALL) == len(urlpatterns) + 1  # the two forms of a hand-out share an address


@pytest.mark.parametrize("role", [None, *sorted(set(ROLES) - {"lead", "coordinator"})])
def test_a_stranger_and_each_wrong_role_are_turned_away_everywhere(role: str | None) -> None:
    a_reader(WREN)
    request = being_decided(by=member_of_staff("the_lead", "lead").user)
    before, record = set(AuditEvent.objects.values_list("pk", flat=True)), request.found.get()
    person = again(member_of_staff("somebody", role)) if role else Person()
    for how, path in ALL:
        answer = getattr(person, how)(ROOM + path.format(request.reference, record.pk))
        expected = 403 if role else 302
        assert answer.status_code == expected, (how, path)
        assert role or answer["Location"].startswith("/accounts/login/")
    assert not AuditEvent.objects.filter(action__startswith="rights.").exclude(pk__in=before).exists()


def test_a_coordinator_finds_only_requests_about_everyday_rooms(coordinator: Person, lead: Person) -> None:
    a_reader(WREN)
    request = being_decided(by=lead.user)
    again(coordinator)
    for how, path in ALL:
        if "{0}" in path:
            answer = getattr(coordinator, how)(ROOM + path.format(request.reference, request.found.get().pk))
            assert answer.status_code == 404, (how, path)
    own = a_request(by=coordinator.user, scope="everyday")
    page = text(coordinator.get(ROOM))
    assert own.reference in page
    assert request.reference not in page
    form = text(coordinator.get(f"{ROOM}new/"))
    assert "Only comments" in form
    assert "Everything that we hold" not in form
    rooms = text(coordinator.get(f"{ROOM}{own.reference}/"))
    assert "People who asked for help" not in rooms


def test_somebody_who_asks_is_written_down_and_what_is_missing_is_said(lead: Person) -> None:
    today = timezone.localdate()
    said = {"kind": "access", "scope": "everything", "channel": "letter", "letter": "folder 3"}
    assert lead.post(f"{ROOM}new/", said).status_code == 400
    late = lead.post(f"{ROOM}new/", {**said, "received_on": today + timedelta(days=1)})
    assert "cannot be in the future" in text(late)
    answer = lead.post(f"{ROOM}new/", {**said, "received_on": today})
    request = SubjectRequest.objects.get()
    assert answer["Location"] == f"{ROOM}{request.reference}/"
    assert "no-store" in lead.get(answer["Location"])["Cache-Control"]


def test_the_most_pressing_stands_on_top_and_the_home_says_so(lead: Person, navigator: Person) -> None:
    later, late = a_request(by=lead.user), a_request(by=lead.user)
    assert not [line for line in the_week(lead.user) if "themselves" in line.label]
    SubjectRequest.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    page = text(lead.get(ROOM))
    assert page.index(late.reference) < page.index(later.reference)
    assert "1 should have been answered by now" in page
    [line] = [line for line in the_week(lead.user) if "themselves" in line.label]
    assert (line.label, line.count, line.is_urgent) == ("questions about themselves to answer, 1 overdue", 1, True)
    assert not [line for line in the_week(navigator.user) if "themselves" in line.label]


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(lead: Person) -> None:
    a_request(by=lead.user)
    with CaptureQueriesContext(connection) as short:
        lead.get(ROOM)
    for _ in range(5):
        a_request(by=lead.user)
    with CaptureQueriesContext(connection) as long:
        lead.get(ROOM)
    assert len(long) == len(short)


def test_what_is_typed_to_look_for_somebody_is_kept_nowhere(lead: Person) -> None:
    request = being_looked_for(by=lead.user)
    look = f"{ROOM}{request.reference}/look/"
    assert lead.post(look, {}).status_code == 400
    assert "like SR8 4LX" in text(lead.post(look, {"postcode": "nowhere"}))
    assert "like K7M-2QX" in text(lead.post(look, {"reference": "0"}))
    a_reader(WREN)
    assert lead.post(look, {"email": WREN}).status_code == 302
    page = text(lead.get(f"{ROOM}{request.reference}/"))
    assert "Reader " in page
    assert WREN not in page


def test_items_are_decided_and_handed_out_after_a_second_sign_in(lead: Person, coordinator: Person) -> None:
    somebody_everywhere(by=coordinator.user)
    request = being_decided(by=lead.user)
    held = f"{ROOM}{request.reference}/held/"
    page = lead.get(held)
    assert "Wren canary would like company." in text(page)
    assert "no-store" in page["Cache-Control"]
    one = page.context["gathered"].laid[0]
    lead.post(held, {f"item:{one.number}": "serious_harm"})
    assert ", 1 kept back." in text(lead.get(held))
    handed = f"{ROOM}{request.reference}/handed-out/"
    asked = lead.post(f"{handed}file/")
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    again(lead)
    file = lead.post(f"{handed}file/")
    assert file["Content-Disposition"] == f'attachment; filename="{request.reference}.json"'
    assert "no-store" in file["Cache-Control"]
    [kept_back] = json.loads(file.content)["kept_back"]
    assert "schedule 3" in kept_back["law"]
    assert lead.post(f"{handed}paper/").content.startswith(b"%PDF")
    assert [out.form for out in HandOut.objects.all()] == ["file", "paper"]
    assert AuditEvent.objects.called("rights.hand_out").count() == 2


def a_picture() -> io.BytesIO:
    """A photo as a phone sends it."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "JPEG")
    return io.BytesIO(out.getvalue())


def test_a_photo_goes_beside_it(lead: Person, coordinator: Person) -> None:
    comment = make_comment("Bins.", author_name="Wren Canary")
    hang_on(comment=comment, key=take_in(file=a_picture()).key)
    request = being_decided(by=lead.user)
    address = f"{ROOM}{request.reference}/{request.found.get().pk}/picture/"
    assert "Save the picture" in text(lead.get(f"{ROOM}{request.reference}/held/"))
    assert lead.get(address)["Location"].startswith("/accounts/reauthenticate/")
    picture = again(lead).get(address)
    assert (picture["Content-Type"], picture.content[:2]) == ("image/jpeg", b"\xff\xd8")


def test_erasing_shows_what_goes_takes_a_tick_and_leaves_a_certificate(lead: Person, coordinator: Person) -> None:
    somebody_everywhere(by=coordinator.user)
    request = being_decided("erase", by=lead.user)
    erase = f"{ROOM}{request.reference}/erase/"
    assert lead.get(erase)["Location"].startswith("/accounts/reauthenticate/")
    page = text(again(lead).get(erase))
    assert "that there was a comment" in page
    lead.post(erase)
    assert request.found.filter(erased_at=None).count() == 5
    lead.post(erase, {"is_sure": "yes"})
    certificate = text(lead.get(f"{ROOM}{request.reference}/erased/"))
    assert "1 comments" in certificate
    assert "an administrator" in certificate
    assert "wren" not in certificate.lower()


@pytest.mark.parametrize(
    ("kind", "button", "words", "label"),
    [
        ("rectify", "put-right", "It was Tuesday.", "Keep it beside"),
        ("restrict", "restrict", "", "Do not use it"),
        ("object", "stop-mail", "", "No more mail"),
    ],
)
def test_one_press_does_one_thing_and_a_refusal_is_said(
    lead: Person, kind: str, button: str, words: str, label: str
) -> None:
    comment = make_comment("Bins.", author_name="Wren Canary", address=WREN)
    assert Follower.objects.get().comment == comment
    request = being_decided(kind, by=lead.user)
    record = request.found.get()
    address = f"{ROOM}{request.reference}/{record.pk}/"
    assert f">{label}</button>" in text(lead.get(f"{ROOM}{request.reference}/"))
    assert lead.post(f"{address}{button}/", {"words": words}).status_code == 302
    assert lead.post(f"{address}settled/").status_code == 403
    lifted = lead.post(f"{address}lift/", {"words": "Told them."})
    assert lifted.status_code == (302 if kind == "restrict" else 403)


def test_a_change_without_what_it_needs_keeps_what_was_typed(lead: Person) -> None:
    request = a_request(by=lead.user)
    page = lead.post(f"{ROOM}{request.reference}/change/refuse/", {"words": "Told them."})
    assert page.status_code == 403
    assert "Choose why it is refused" in text(page)
    assert lead.post(f"{ROOM}{request.reference}/change/dance/").status_code == 403
    begun = lead.post(f"{ROOM}{request.reference}/change/begin/", {"identity": "known"})
    assert begun.status_code == 302
    assert lead.post(f"{ROOM}{request.reference}/longer/", {"because": "complex"}).status_code == 302
    assert lead.post(f"{ROOM}{request.reference}/note/", {"words": "Rang."}).status_code == 302
    assert "Rang." in text(lead.get(f"{ROOM}{request.reference}/"))


def test_where_a_key_is_gone_nothing_is_shown_and_it_is_said(lead: Person, settings: Any) -> None:
    a_referral(now=timezone.now(), email=WREN)
    request = being_decided(by=lead.user)
    settings.REFERRAL_KEYS = ["A" * 43 + "="]
    page = lead.get(f"{ROOM}{request.reference}/held/")
    assert page.status_code == 503
    assert "Tell your technician" in text(page)


def test_who_leads_is_told_in_numbers_on_working_days(lead: Person, coordinator: Person) -> None:
    wednesday = datetime(2026, 11, 18, 9, tzinfo=UTC)
    assert remind(now=wednesday) == 0
    request = a_request(by=lead.user)
    SubjectRequest.objects.filter(pk=request.pk).update(due_on=wednesday.date())
    assert remind(now=wednesday + timedelta(days=3)) == 0
    assert remind(now=wednesday) == 1
    tell_one.call(user_id=lead.user.pk)
    [sent] = mail.outbox
    assert sent.to == [lead.user.email]
    assert request.reference not in sent.subject + str(sent.body)
    tell_one.call(user_id=coordinator.user.pk)
    assert len(mail.outbox) == 1
