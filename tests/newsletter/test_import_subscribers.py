"""Taking over readers from another list: only with the proof that they asked."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from newsletter.actions.bringing import bring_back
from newsletter.actions.erasing import erase_reader
from newsletter.addresses import PLAIN_LETTERS
from newsletter.models import Consent, GoneMark, Subscriber, Topic
from newsletter.readers.importing import Lists, read_row
from newsletter.workflow import SubscriberState
from portal import imports
from portal.audit.models import AuditEvent
from portal.emails.models import Suppression
from portal.emails.suppression import suppress
from tests.conftest import Person
from tests.factories.newsletter import a_reader, an_area
from tests.factories.purging import purged

pytestmark = pytest.mark.django_db
COLUMNS = (
    "email,name,postal_address,channel,topics,place,frequency,"
    "consent_given_at,consent_source,consent_wording,wording_version,evidence"
)
GOOD = {
    "email": "ann@example.org",
    "consent_given_at": "2026-05-01",
    "consent_source": "paper",
    "wording_version": "2026-11",
    "evidence": "folder 3",
}


def a_file(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "readers.csv"
    lines = [",".join(f'"{row.get(name, "")}"' for name in COLUMNS.split(",")) for row in rows]
    path.write_text("\n".join([COLUMNS, *lines]) + "\n")
    return path


def bring(path: Path, *options: str) -> str:
    said = StringIO()
    call_command("import_subscribers", str(path), *options, stdout=said)
    return said.getvalue()


def test_readers_with_proof_are_active_and_no_mail_goes(tmp_path: Path) -> None:
    topic, area = Topic.objects.create(name="Food", slug="food"), an_area()
    rich = {**GOOD, "topics": "Food; food", "place": "horden", "frequency": "weekly"}
    letter = {
        **GOOD,
        "email": "",
        "name": "Bob Lee",
        "postal_address": "1 Third Street\nHorden SR8 4LX",
        "consent_wording": "Yes",
    }
    assert "2 added" in bring(a_file(tmp_path, rich, letter))
    ann, bob = Subscriber.objects.order_by("pk")
    assert (ann.state, ann.frequency, ann.place, list(ann.topics.all())) == ("active", "weekly", area, [topic])
    assert (bob.channel, bob.name, bob.postal_address) == ("post", "Bob Lee", "1 Third Street\nHorden SR8 4LX")
    consent = ann.consents.get()
    assert (consent.source, consent.evidence, str(consent.given_at.date())) == ("paper", "folder 3", "2026-04-30")
    assert bob.consents.get().wording == "Yes"
    assert (DBTaskResult.objects.count(), mail.outbox) == (0, [])
    assert "ann@" not in str(list(AuditEvent.objects.values()))


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    path = a_file(tmp_path, GOOD, {**GOOD, "email": "ANN@example.org"})
    assert "1 added, 0 changed, 1 unchanged" in bring(path)
    assert "0 added, 0 changed, 2 unchanged" in bring(path)
    assert Consent.objects.count() == 1


def test_a_rehearsal_changes_nothing(tmp_path: Path) -> None:
    assert "1 added" in bring(a_file(tmp_path, GOOD), "--dry-run")
    assert Subscriber.objects.count() == AuditEvent.objects.count() == 0


def test_who_is_on_the_list_keeps_what_they_chose(tmp_path: Path) -> None:
    reader = a_reader(frequency="weekly", wants_issues=False)
    assert "1 unchanged" in bring(a_file(tmp_path, GOOD))
    reader.refresh_from_db()
    assert (reader.frequency, reader.wants_issues, reader.consents.count()) == ("weekly", False, 0)


def test_who_never_confirmed_or_asked_again_on_paper_after_leaving_is_active(tmp_path: Path) -> None:
    a_reader(state=SubscriberState.PENDING)
    a_reader("bob@example.org", state=SubscriberState.LEFT, left_at=timezone.now() - timedelta(days=900))
    assert "2 changed" in bring(a_file(tmp_path, GOOD, {**GOOD, "email": "bob@example.org"}))
    assert set(Subscriber.objects.values_list("state", "left_at")) == {("active", None)}
    assert Consent.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"evidence": " "}, "where the proof of consent is kept"),
        ({"consent_given_at": ""}, "no day like"),
        ({"consent_given_at": "31/02/2026"}, "no day like"),
        ({"consent_given_at": "2999-01-01"}, "in the future"),
        ({"consent_given_at": "0001-01-01"}, "too long ago"),
        ({"consent_source": "a friend"}, "consent_source is none of"),
        ({"wording_version": "unknown"}, "what they agreed to"),
        ({"email": "ann@"}, "none that we can write to"),
        ({"email": "a@b.org\nBcc: c@d.org"}, "has a line break in it"),
        ({"email": ""}, "no e-mail address, or no name"),
        ({"channel": "post", "name": "Ann"}, "no e-mail address, or no name"),
        ({"channel": "post", "name": "Ann", "postal_address": "1 Third Street"}, "its postal address has no postcode"),
        ({"channel": "post", "name": "?", "postal_address": "1 Third Street, SR8 4LX"}, "its name has no letter"),
        ({"channel": "pigeon"}, "channel is neither"),
        ({"frequency": "hourly"}, "frequency is neither"),
        ({"topics": "Sport"}, "a topic that we do not have"),
        ({"place": "Atlantis"}, "a place that we do not have"),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, str) else "",
)
def test_a_row_that_cannot_be_taken_is_refused_by_number(fields: dict[str, str], reason: str, tmp_path: Path) -> None:
    said = bring(a_file(tmp_path, {**GOOD, **fields}))
    assert said.startswith("Row 2: ")
    assert reason in said
    assert "@" not in said
    assert Subscriber.objects.count() == 0


def test_nobody_is_brought_in_whom_no_mail_may_reach_or_who_left_since(tmp_path: Path) -> None:
    suppress(address="never@example.org", reason=Suppression.Reason.COMPLAINED)
    a_reader(state=SubscriberState.LEFT, left_at=timezone.now())
    said = bring(a_file(tmp_path, GOOD, {**GOOD, "email": "never@example.org"}))
    assert "Row 2: they left after they gave this consent." in said
    assert "Row 3: no mail may go to this address." in said


def test_an_old_list_brings_nobody_back_whose_address_we_have_deleted(tmp_path: Path) -> None:
    a_reader(state=SubscriberState.LEFT, left_at=timezone.now() - timedelta(days=40))
    old = {"name": "Bob Lee", "postal_address": "1 Third Street, SR8 4LX"}
    a_reader("", channel="post", state=SubscriberState.LEFT, left_at=timezone.now() - timedelta(days=40), **old)
    assert purged(timezone.now(), "newsletter.left") == 2
    said = bring(a_file(tmp_path, GOOD, {**GOOD, "email": "", **old}))
    assert said.count("they left after") == 2


def test_an_old_list_brings_nobody_back_who_was_deleted_and_a_newer_asking_does(tmp_path: Path, editor: Person) -> None:
    letter: dict[str, Any] = {"name": "Bob Lee", "postal_address": "1 Third Street\nHorden\nSR8 4LX"}
    left = a_reader(state=SubscriberState.LEFT, left_at=timezone.now() - timedelta(days=3))
    nullified = a_reader("cat@example.org", state=SubscriberState.LEFT, left_at=timezone.now() - timedelta(days=40))
    purged(timezone.now(), "newsletter.left")
    for reader in (left, nullified, a_reader("", channel="post", **letter)):
        erase_reader(subscriber=reader, by=editor.user)
    written_otherwise = {"email": "", "name": "BOB LEE", "postal_address": "1 Third Street, Horden, SR8 4LX"}
    old = [GOOD, {**GOOD, "email": "CAT@example.org"}, {**GOOD, **written_otherwise}]
    assert bring(a_file(tmp_path, *old)).count("they left after") == 3
    assert Subscriber.objects.count() == 0
    assert "ann" not in str(list(GoneMark.objects.values()))
    GoneMark.objects.update(gone_at=timezone.now() - timedelta(days=3000))
    assert "3 added" in bring(a_file(tmp_path, *old))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_wrong_encoding_is_one_clear_line(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "readers.csv"
    path.write_bytes(f"{COLUMNS}\nann@example.org,Zoë\n".encode(encoding))
    with pytest.raises(CommandError, match="is not UTF-8 text"):
        bring(path)


def test_a_column_that_is_missing_is_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "readers.csv"
    path.write_text("email\nann@example.org\n")
    with pytest.raises(CommandError, match="column consent_given_at is missing"):
        bring(path)


def test_very_many_bad_rows_are_counted_and_can_be_had_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "MOST_SAID", 3)
    path, listed = a_file(tmp_path, *[{**GOOD, "evidence": ""}] * 9), tmp_path / "refused.csv"
    said = bring(path, "--refused", str(listed))
    assert said.count("Row ") == 3
    assert "And 6 more rows" in said
    assert "9 rows: it does not say where the proof" in said
    assert len(listed.read_text().splitlines()) == 10
    with pytest.raises(CommandError, match="there already"):
        bring(path, "--refused", str(listed))


def test_who_left_paper_and_asked_for_mail_on_paper_gets_it_by_mail(tmp_path: Path) -> None:
    long_ago = timezone.now() - timedelta(days=3000)
    letter = {"channel": "post", "name": "Ann", "postal_address": "1 Third Street, SR8 4LX"}
    reader = a_reader(state=SubscriberState.LEFT, left_at=long_ago, **letter)
    assert "1 changed" in bring(a_file(tmp_path, GOOD))
    reader.refresh_from_db()
    assert (reader.state, reader.channel, reader.waits_for_post) == (SubscriberState.ACTIVE, "email", False)


def test_bringing_back_who_is_active_meanwhile_writes_nothing() -> None:
    reader = a_reader(frequency="each_issue")
    row = read_row({**GOOD, "frequency": "weekly"}, Lists(topics={}, places={}), now=timezone.now())
    bring_back(subscriber=reader, incoming=row, now=timezone.now())
    reader.refresh_from_db()
    assert reader.frequency == "each_issue"
    assert not Consent.objects.exists()
    assert not AuditEvent.objects.exists()


def test_an_address_with_other_letters_is_refused_in_the_words_of_our_form(tmp_path: Path) -> None:
    said = bring(a_file(tmp_path, {**GOOD, "email": "bj\u00f6rn@example.org"}))
    assert f"Row 2: {PLAIN_LETTERS.replace('We', 'we', 1)}." in said
    assert "bj" not in said
