"""Keys are changed while people work, in one go or after a kill, and nothing that was sealed is lost."""

import base64
import os
import signal
import sqlite3
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.core.management import CommandError, call_command
from django.db import connection

from portal.audit.models import AuditEvent
from selfreferral import vault
from selfreferral.actions import rotating
from selfreferral.actions.surveys import answer, make_links
from selfreferral.actions.triage import claim
from selfreferral.contact.card import Channel
from selfreferral.models import Canary, Referral, ReferrerFeedback, Survey
from selfreferral.readiness import is_open
from selfreferral.reading import card_of
from selfreferral.surveying.results import opened
from tests.conftest import Person
from tests.factories.selfreferral import WEDNESDAY, a_referral
from tests.selfreferral.keys import a_key


def rotate(batch: int = 2) -> list[str]:
    out = StringIO()
    call_command("rotate_keys", batch=batch, stdout=out)
    return out.getvalue().splitlines()


def newest_first(settings: Any) -> tuple[str, str]:
    """Put a new key first; gives back the new one and the old."""
    [old], new = settings.REFERRAL_KEYS, a_key()
    settings.REFERRAL_KEYS = [new, old]
    return new, old


@pytest.mark.django_db
def test_afterwards_the_new_key_alone_opens_everything(settings: Any) -> None:
    referrals = [a_referral() for _ in range(5)]
    sealed = [bytes(answer.sealed_answers) for referral in referrals for answer in referral.answers.all()]
    new, old = newest_first(settings)
    told = rotate()
    assert told[:3] == ["2 of 5", "4 of 5", "5 of 5"]
    assert told[3] == "5 wrapped anew, 0 were already."
    assert "Take the older ones out of REFERRAL_KEYS now" in told[4]
    settings.REFERRAL_KEYS = [new]
    assert is_open()
    assert Canary.objects.get().sings
    for referral in Referral.objects.all():
        assert card_of(referral).detail(Channel.TEXT) == "07700 900123"
    # What people said is not touched at all.
    now = [bytes(answer.sealed_answers) for referral in referrals for answer in referral.answers.all()]
    assert now == sealed
    settings.REFERRAL_KEYS = [old]
    assert not is_open()


@pytest.mark.django_db
def test_a_second_time_there_is_nothing_to_do(settings: Any) -> None:
    a_referral()
    newest_first(settings)
    rotate()
    assert rotate()[1] == "0 wrapped anew, 1 were already."


@pytest.mark.django_db
def test_what_people_said_of_our_help_opens_with_the_new_key_too(settings: Any, lead: Person) -> None:
    closes_on = WEDNESDAY.date() + timedelta(days=7)
    (token,) = make_links(
        audience=Survey.Audience.RESIDENTS, how_many=1, closes_on=closes_on, by=lead.user, now=WEDNESDAY
    )
    answer(token=token, stars=5, good="Kind.", better="", now=WEDNESDAY)
    new, _ = newest_first(settings)
    assert "1 wrapped anew, 0 were already." in rotate()
    settings.REFERRAL_KEYS = [new]
    assert opened(Survey.objects.get(), ReferrerFeedback.objects.all())[0].good == "Kind."


@pytest.mark.django_db
def test_it_is_written_in_history(settings: Any) -> None:
    a_referral()
    newest_first(settings)
    rotate()
    assert AuditEvent.objects.called("selfreferral.rotate_keys").get().detail == {"anew": 1, "closed": 0}


@pytest.mark.django_db
@pytest.mark.parametrize("keys", [[], ["rubbish"], [a_key()]])
def test_with_wrong_keys_nothing_is_changed(settings: Any, keys: list[str]) -> None:
    before = bytes(a_referral().wrapped_key)
    settings.REFERRAL_KEYS = keys
    with pytest.raises(CommandError, match="Keep every key that you have"):
        rotate()
    assert bytes(Referral.objects.get().wrapped_key) == before


@pytest.mark.django_db
def test_a_sample_that_does_not_open_stops_it_before_it_begins(settings: Any) -> None:
    referral = a_referral()
    before = bytes(referral.wrapped_key)
    referral.answers.update(sealed_answers=b"\x01" + bytes(300))
    newest_first(settings)
    with pytest.raises(CommandError, match="does not open here"):
        rotate()
    assert bytes(Referral.objects.get().wrapped_key) == before


@pytest.mark.django_db
def test_one_that_no_key_opens_is_named_and_left_as_it_is(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = a_referral(), a_referral()
    strange = base64.urlsafe_b64decode(a_key()) + bytes(60)
    Referral.objects.filter(pk=bad.pk).update(wrapped_key=strange)
    monkeypatch.setattr(rotating, "try_sample", lambda: None)
    newest_first(settings)
    with pytest.raises(CommandError, match=bad.reference):
        rotate()
    bad.refresh_from_db()
    good.refresh_from_db()
    assert bytes(bad.wrapped_key) == strange
    assert vault.is_of_newest(good.wrapped_key)


@pytest.mark.django_db
def test_what_is_changed_meanwhile_keeps_its_change_and_what_is_erased_stays_erased(
    settings: Any, navigator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed, erased = a_referral(), a_referral()
    real = vault.rewrapped

    def meanwhile(wrapped: bytes, *, place: str) -> bytes | None:
        if str(erased.pk) in place:
            Referral.objects.filter(pk=erased.pk).update(wrapped_key=b"", erased_at=WEDNESDAY)
        elif str(changed.pk) in place:
            claim(referral=changed, by=navigator.user, now=WEDNESDAY)
        return real(wrapped, place=place)

    monkeypatch.setattr(rotating.vault, "rewrapped", meanwhile)
    newest_first(settings)
    assert "1 wrapped anew, 0 were already." in rotate()
    changed.refresh_from_db()
    erased.refresh_from_db()
    assert changed.owner == navigator.user
    assert vault.is_of_newest(changed.wrapped_key)
    assert card_of(changed).detail(Channel.TEXT) == "07700 900123"
    assert bytes(erased.wrapped_key) == b""


@pytest.mark.django_db
def test_what_came_under_the_old_key_meanwhile_is_counted(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    a_referral()
    new, old = newest_first(settings)
    real = rotating.try_sample

    def late() -> None:
        settings.REFERRAL_KEYS = [old, new]
        a_referral()
        settings.REFERRAL_KEYS = [new, old]
        real()

    monkeypatch.setattr(rotating, "try_sample", late)
    with pytest.raises(CommandError, match="1 came under an older key meanwhile"):
        rotate()


@pytest.mark.django_db
def test_a_batch_of_none_is_refused() -> None:
    with pytest.raises(CommandError, match="1 or more"):
        rotate(batch=0)


PEOPLE = 300


def in_a_process(*words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.selfreferral.management.rotation", *words],
        stdout=subprocess.PIPE,
        text=True,
        cwd=project.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test", "DATABASE_URL": "sqlite:///unused"},
    )


@pytest.mark.django_db
def test_killed_in_the_middle_it_goes_on_where_it_was(tmp_path: Path, settings: Any) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("this runs on a copy of the SQLite file; the statement is the same on PostgreSQL")
    copy = tmp_path / "rotation.sqlite3"
    source = sqlite3.connect(f"file:{settings.DATABASES['default']['TEST']['NAME']}?mode=ro", uri=True)
    with source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    new = a_key()
    name = vault._name_of(base64.urlsafe_b64decode(new))

    def under_the_new_key() -> int:
        with sqlite3.connect(copy) as database:
            keys = database.execute("SELECT wrapped_key FROM selfreferral_referral").fetchall()
        assert len(keys) == PEOPLE
        return sum(bytes(key).startswith(name) for (key,) in keys)

    start = in_a_process(str(copy), new, "1", str(PEOPLE))
    start.communicate()
    assert start.returncode == 0
    assert under_the_new_key() == 0
    running = in_a_process(str(copy), new, "1")
    assert running.stdout is not None
    for _ in range(20):
        running.stdout.readline()
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert running.returncode == -signal.SIGKILL
    so_far = under_the_new_key()
    assert 20 <= so_far < PEOPLE
    again = in_a_process(str(copy), new, "50")
    told = again.communicate()[0].splitlines()
    assert again.returncode == 0
    assert f"{PEOPLE - so_far} wrapped anew, {so_far} were already." in told
    assert under_the_new_key() == PEOPLE
