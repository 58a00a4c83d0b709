"""Planted words go through the whole life of a referral, and are found nowhere that they are not sealed.

Each deed of the table is done once. A new deed fails here until it is done too, with planted words in each of its fields.
"""

import base64
import logging
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import ReferenceIndex, Revision
from wagtail.search.index import get_indexed_models

from portal.tasks import enqueue_on_commit
from selfreferral import channel
from selfreferral.deeds import DEEDS
from selfreferral.models import Domain, ErasureRequest, Referral, ReferralSource, SharedView, Survey
from selfreferral.seeing.watching import tell_leads_who_looked
from selfreferral.tasks import alert_navigators
from selfreferral.views.privately import COOKIE
from tests.conftest import PASSWORD, Person, member_of_staff
from tests.factories.asking import fill
from tests.factories.selfreferral import a_referral, a_service
from tests.factories.together import an_agreement
from tests.selfreferral.planted import (
    PHONE,
    PLANTED,
    WORDS,
    assert_silent,
    database_files,
    everything_kept,
    files_written,
    in_every_shape,
    mails,
)
from tests.selfreferral.views.test_returning import words_on

ROOM = "/staff/referrals/"


class Life:
    """One referral as people work with it; remembers which deeds were done."""

    def __init__(self) -> None:
        self.done: set[str] = set()

    def do(self, by: Person, referral: Referral, deed: str, **given: object) -> None:
        referral.refresh_from_db()
        answer = by.post(f"{ROOM}{referral.reference}/{deed}/", {"seen_version": referral.version, **given})
        assert answer.status_code == 302, (deed, answer.status_code, _errors(answer))
        self.done.add(deed)


def _errors(answer: Any) -> Any:
    sent = answer.context and answer.context.get("sent")
    return sent.errors if sent else answer.content


def found(by: Person, path: str, *words: str, **posted: object) -> str:
    """A page, which shows these words; or what is answered to a form."""
    answer = by.post(path, posted) if posted else by.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    page: str = answer.content.decode(errors="replace")
    assert [word for word in words if word not in page] == []
    return page


def say_how_they_are(worker: Person, referral: Referral) -> str:
    """On a sheet that is typed in, and on a phone of their own; gives back the code that let them."""
    home = Domain.objects.create(name="Home", asks="How are things with where you live?")
    page, person, before = f"{ROOM}{referral.reference}/assess/", Person(), timezone.localdate() - timedelta(days=1)
    Referral.objects.filter(pk=referral.pk).update(received_at=timezone.now() - timedelta(days=2))
    sheet = {f"part_{home.pk}": "4", "given_on": before, "way": "paper", "words": "KESTREL-SHEET"}
    assert worker.post(page, sheet).status_code == 302
    code = str(found(worker, f"{page}code/", now="1").split('asked-say">')[2].split("<")[0])
    person.post("/here/how/", {"code": code})
    said = {f"part_{home.pk}": "7", "words": "KESTREL-SCREEN"}
    assert person.post("/here/how/numbers/", said)["Location"] == "/here/how/thanks/"
    found(worker, page, "KESTREL-SHEET", "KESTREL-SCREEN")
    return code


def say_what_they_think(lead: Person, worker: Person) -> str:
    """Of our help, and ask to be rung; gives back what their link is known by."""
    last = timezone.localdate() + timedelta(days=9)
    asked = {"audience": "referrers", "how_many": "1", "closes_on": last, "shape": "listed"}
    token, person = found(lead, f"{ROOM}surveys/", **asked).strip().split("/")[-2], Person()
    stamp = found(person, f"/survey/{token}/").split('name="shown" value="')[1].split('"')[0]
    said = {"shown": stamp, "stars": "1", "good": "KESTREL-GOOD", "better": "KESTREL-BETTER"}
    assert person.post(f"/survey/{token}/", said).status_code == 302
    assert person.post(f"/survey/{token}/call/", {"phone": PHONE}).status_code == 302
    found(lead, f"{ROOM}surveys/{Survey.objects.get().pk}/", "KESTREL-GOOD", "KESTREL-BETTER")
    found(worker, f"{ROOM}calls/", PHONE)
    return token


@pytest.fixture
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Whatever is put into a temporary file during the test lies here."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.django_db
def test_the_search_finds_what_is_there(own_temporary_folder: Path) -> None:
    referral = a_referral(now=timezone.now())
    kept = everything_kept()
    assert kept.count(referral.reference.encode()) >= (2 if connection.vendor == "sqlite" else 1)
    assert any(shape in base64.b64encode(b"well, KESTREL-NAME") for shape in in_every_shape(["KESTREL"]))
    (own_temporary_folder / "left.txt").write_text("KESTREL")
    with pytest.raises(AssertionError):
        assert_silent(files_written(own_temporary_folder))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("as_a_person")
def test_nothing_that_was_typed_lies_anywhere_unsealed(
    own_temporary_folder: Path,
    run_worker: Callable[[], None],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
) -> None:
    caplog.set_level(logging.DEBUG)
    settings.TEAMS_WEBHOOK_URL = "https://channel.example/hook"
    posted: list[object] = []
    monkeypatch.setattr(channel, "post", lambda url, content: posted.append(content))
    people = {
        name: member_of_staff(name, role)
        for name, role in {
            "navigator": "navigator", "colleague": "navigator", "neighbour": "navigator", "lead": "lead",
            "partner": "partner", "administrator": "administrator",
        }.items()
    }  # fmt: skip
    life, resident, visitor = Life(), Person(), Person()
    navigator, colleague, neighbour, lead = (people[name] for name in ("navigator", "colleague", "neighbour", "lead"))

    # Somebody asks, keeps six words, stops, comes back and sends.
    fill(resident, PLANTED)
    key = resident.cookies[COOKIE].value
    assert_silent(everything_kept(), [*WORDS, key])
    resident.post("/here/words/")
    six = words_on(resident.get("/here/words/").content.decode())
    resident.post("/here/check/")
    first = Referral.objects.get()

    # A member of staff types a paper form and a talk on the phone.
    for came_by in ("paper", "phone"):
        page = navigator.get(f"{ROOM}new/{came_by}/")
        form = navigator.post(f"{ROOM}new/{came_by}/", {**PLANTED, "again": "1", "token": "a" * 43}).context["form"]
        agreed = form.fields["agreed"].choices[0][0]
        given = {
            **PLANTED,
            "agreed": agreed,
            "token": page.context["form"].initial["token"],
            "shown_for": PLANTED["for_whom"],
            "handed_in_on": timezone.localdate(),
        }
        answer = navigator.post(f"{ROOM}new/{came_by}/", given)
        assert answer.status_code == 302, answer.context["form"].errors
    paper, phone = Referral.objects.exclude(pk=first.pk).order_by("received_at")

    # The navigator picks it up, reaches the person and writes down what happens.
    assert "KESTREL" not in found(navigator, ROOM)
    navigator.post(f"{ROOM}{first.reference}/claim/")
    life.do(navigator, first, "renew")
    life.do(navigator, first, "urgent", reason="KESTREL-URGENT")
    life.do(navigator, first, "not-urgent", reason="KESTREL-PATIENT")
    life.do(navigator, first, "move", to="contacting", reason="KESTREL-REASON")
    ring = {"channel": "ring", "note": "KESTREL-NOTE"}
    life.do(navigator, first, "attempt", **ring, outcome="someone_else_answered", answered="KESTREL-HUSBAND")
    life.do(navigator, first, "override", channel="visit", reason="KESTREL-OVERRIDE")
    life.do(navigator, first, "attempt", **ring, outcome="spoke_to_the_person", how_known="KESTREL-KNOWN")
    life.do(navigator, first, "came", how_known="KESTREL-KNOWN", note="KESTREL-CAME")
    life.do(navigator, first, "move", to="talking", reason="KESTREL-REASON")
    life.do(navigator, first, "signpost", service=a_service().choice, words="KESTREL-SIGNPOST")
    life.do(navigator, first, "note", words="KESTREL-WRITTEN")
    life.do(navigator, first, "note", words="KESTREL-RIGHT", corrects=str(first.notes.get().pk))
    later = timezone.localdate() + timedelta(days=9)
    life.do(navigator, first, "flag", words="KESTREL-DOG", source="worker", review_on=later)
    flag = str(first.flags.get().pk)
    life.do(navigator, first, "review", flag=flag, is_over="no", review_on=later, why="KESTREL-STILL")
    life.do(navigator, first, "safeguarding", outcome="considered", about="adult", why="KESTREL-SAFE")
    as_they_are = {f"answer-{name}": value for name, value in PLANTED.items()} | {
        "answer-good_times": "KESTREL-LATER",
        "answer-what_would_help": "KESTREL-STORY and KESTREL-MORE",
        "said_by": "in_writing",
        "why": "KESTREL-HOW",
    }
    life.do(navigator, first, "correct-card", **as_they_are)
    life.do(navigator, first, "correct-story", **as_they_are)
    life.do(navigator, first, "narrow", channels=["text"], why="KESTREL-READS")
    shown = found(navigator, f"{ROOM}{first.reference}/")
    for word in ("MORE", "NAME", "REASON", "NOTE", "OVERRIDE", "SIGNPOST", "TELLER", "LATER", "DOG", "RIGHT"):
        assert f"KESTREL-{word}" in shown

    # Others look, search, know the person, print, share and take out.
    life.do(colleague, first, "reveal", why="cover")
    found(colleague, f"{ROOM}{first.reference}/", "KESTREL-MORE")
    for typed in ("KESTREL-NAME", PHONE, "kestrel@wren.example"):
        assert first.reference in found(colleague, f"{ROOM}search/", typed=typed)
    life.do(neighbour, phone, "know")
    assert "KESTREL" not in neighbour.get(f"{ROOM}{phone.reference}/").content.decode()
    assert phone.reference not in found(neighbour, f"{ROOM}search/", typed="KESTREL-NAME")
    life.do(lead, phone, "lift", known_by=neighbour.user.pk, reason="KESTREL-LIFT")
    agreement = an_agreement(by=lead.user, now=timezone.now(), begins_on=timezone.localdate(), ends_on=later)
    shared = {"agreement": agreement.pk, "partner": people["partner"].user.pk, "ends_on": later}
    life.do(navigator, first, "share", **shared, parts=["name", "what_would_help"], why="KESTREL-SHARE")
    view = SharedView.objects.get()
    found(people["partner"], f"/staff/shared/{view.pk}/", "KESTREL-NAME", "KESTREL-MORE")
    found(people["partner"], "/staff/shared/")
    life.do(navigator, first, "stop-sharing", view=str(view.pk))
    assert navigator.post(f"{ROOM}{first.reference}/print/").status_code == 200
    lead.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert (
        lead.post(f"{ROOM}{first.reference}/held/", {"check": "KESTREL-CHECK", "why": "KESTREL-LEFT"}).status_code
        == 200
    )
    today = timezone.localdate()
    found(lead, f"{ROOM}people/", "KESTREL-NAME", since=today, until=today, why="law", letter="CO 44")
    found(lead, f"{ROOM}numbers/")
    found(lead, f"{ROOM}looks/", first.reference)
    found(lead, f"{ROOM}looks/week/")
    found(lead, f"{ROOM}{first.reference}/told/", "read it", now="1")

    # It goes back, is given to somebody, is put together with another and taken apart.
    life.do(navigator, paper, "paper", destroyed_on=today)
    life.do(lead, phone, "merge", into=first.reference, reason="KESTREL-SAME")
    found(lead, f"{ROOM}{first.reference}/", "KESTREL-SAME")
    life.do(lead, phone, "unmerge", reason="KESTREL-OTHER")
    life.do(navigator, first, "release", reason="KESTREL-RELEASE")
    life.do(lead, first, "allocate", navigator=colleague.user.pk, reason="KESTREL-GIVEN", meeting="KESTREL-MEETING")

    # A service asked for somebody, who says how they are; somebody else says what they think of us.
    theirs = a_referral(now=timezone.now(), **{**PLANTED, "for_whom": "worker"})
    navigator.post(f"{ROOM}{theirs.reference}/claim/")
    life.do(navigator, theirs, "service", service=ReferralSource.objects.offered()[0].pk)
    code, token = say_how_they_are(navigator, theirs), say_what_they_think(lead, navigator)
    secret = [*WORDS, key, six, code, code.replace("-", ""), token]

    # The person comes back with six words, adds something and asks us to stop.
    visitor.post("/here/return/", {"words": six})
    assert "KESTREL" not in visitor.get("/here/yours/").content.decode()
    assert visitor.post("/here/yours/say/", {"kind": "more", "words": "KESTREL-ADDED"}).status_code == 302
    found(colleague, f"{ROOM}{first.reference}/", "KESTREL-ADDED")
    visitor.post("/here/yours/stop/", {"sure": "yes"})

    # One is erased by two people, and the worker does all that was handed over.
    life.do(lead, phone, "ask-to-erase", why="person")
    wish = ErasureRequest.objects.get()
    people["administrator"].get(f"/staff/erasures/{wish.pk}/")
    people["administrator"].post(f"/staff/erasures/{wish.pk}/erase/")
    phone.refresh_from_db()
    assert phone.state == "erased"
    enqueue_on_commit(alert_navigators)
    enqueue_on_commit(tell_leads_who_looked)
    run_worker()

    # Every deed was done; the words are found nowhere.
    assert {deed.form.name for deed in DEEDS} == life.done
    assert mail.outbox
    assert posted
    assert_silent(everything_kept(), secret)
    files = database_files()
    assert connection.vendor != "sqlite" or any(name.endswith("-wal") for name in files)
    assert connection.vendor != "sqlite" or first.reference.encode() in b"".join(files.values())
    for whole in files.values():
        assert_silent(whole, secret)
    assert_silent(files_written(own_temporary_folder))
    assert_silent(caplog.text.encode(), secret)
    assert_silent(mails(), [*WORDS, first.reference, first.nickname])
    assert_silent(str(posted).encode(), [*WORDS, first.reference, first.nickname])
    for person in (resident, visitor, *people.values()):
        assert_silent(str(person.cookies.output()).encode())
    assert_silent(str([row.args_kwargs for row in DBTaskResult.objects.all()]).encode(), [*WORDS, first.reference])


def test_nothing_of_this_room_is_copied_by_wagtail() -> None:
    for models in (get_indexed_models(), ReferenceIndex.indexed_models):
        assert not [model for model in models if model._meta.app_label == "selfreferral"]


@pytest.mark.django_db
def test_nothing_of_a_referral_is_in_wagtails_tables() -> None:
    referral = a_referral(now=timezone.now(), name="KESTREL")
    assert not ReferenceIndex.objects.filter(object_id=str(referral.pk)).exists()
    assert not Revision.objects.filter(object_id=str(referral.pk)).exists()
