"""A backup goes back into an empty place, whole and at rest; anything else is refused in one line and changes nothing."""

import io
import json
import tarfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pyrage
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from portal.accounts.models import User
from portal.operations.backup import archive, restoring
from portal.operations.backup.making import back_up
from portal.operations.models import RegularRun, Restoration
from portal.operations.timekeeping import beat, hand_over_due
from selfreferral.models import Referral
from tests.portal.operations.backup.conftest import ASIDE, UPLOAD, Site, copy_of, words_of

Change = Callable[[dict[str, bytes]], None]


@pytest.fixture
def kept(old: Site, key: Path, tmp_path: Path) -> Path:
    """An archive of the old site."""
    return back_up(path=tmp_path / "kept.tar.age").path


def refused(path: Path, key: Path | None) -> str:
    with pytest.raises(CommandError) as refusal:
        call_command("restore", path, *(["--identity", str(key)] if key else []))
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def changed(path: Path, key: Path, change: Change) -> Path:
    """The same archive, opened, changed by somebody who knows the public key, and locked again."""
    keys = archive.identities_from(key)
    plain = pyrage.decrypt(path.read_bytes(), keys)
    with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
        members = {entry.name: tar.extractfile(entry).read() for entry in tar}  # type: ignore[union-attr]
    change(members)
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as tar:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    other = path.with_name("changed.tar.age")
    other.write_bytes(pyrage.encrypt(whole.getvalue(), [keys[0].to_public()]))
    return other


def manifest_with(**said: Any) -> Change:
    def change(members: dict[str, bytes]) -> None:
        members["manifest.json"] = json.dumps({**json.loads(members["manifest.json"]), **said}).encode()

    return change


def test_it_is_all_back_and_at_rest(kept: Path, key: Path, place_for_it: Callable[[], Site]) -> None:
    new = place_for_it()
    out = StringIO()
    call_command("restore", kept, "--identity", str(key), stdout=out)
    assert "It is back." in out.getvalue()
    assert (new.folder / "media" / "images" / "hall.jpg").read_bytes() == UPLOAD
    assert words_of(Referral.objects.get())["name"] == "Example Jo"
    assert {task.queue_name for task in DBTaskResult.objects.all()} == {ASIDE}
    assert Restoration.objects.waiting() is not None
    now = timezone.now()
    assert RegularRun.objects.exists()
    assert not RegularRun.objects.filter(due_at__lte=now).exists()
    assert new.database.stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in new.folder.iterdir() if path.is_dir()) == ["media"]


def test_a_check_changes_nothing_and_says_what_is_in_it(kept: Path, key: Path, old: Site) -> None:
    before = old.everything()
    out = StringIO()
    call_command("restore", kept, "--identity", str(key), "--check", stdout=out)
    assert "A whole archive of" in out.getvalue()
    assert "1 uploads" in out.getvalue()
    assert old.everything() == before


def test_a_check_says_which_settings_were_different(kept: Path, key: Path, settings: Any) -> None:
    settings.BASE_URL = "https://elsewhere.example.org"
    out = StringIO()
    call_command("restore", kept, "--identity", str(key), "--check", stdout=out)
    assert "Settings that were different then: BASE_URL." in out.getvalue()


def test_a_place_with_people_in_it_is_refused(kept: Path, key: Path, old: Site) -> None:
    before = old.everything()
    assert refused(kept, key).startswith("This place is not empty: there are rows of accounts.User")
    assert old.everything() == before


def test_a_place_with_uploads_is_refused(kept: Path, key: Path, place_for_it: Callable[[], Site]) -> None:
    new = place_for_it()
    (new.folder / "media").mkdir()
    (new.folder / "media" / "one.jpg").write_bytes(b"x")
    assert refused(kept, key) == "This place is not empty: there are uploads. Restore into a new place."
    assert list(new.everything()) == ["media/one.jpg"]


def test_a_place_that_was_only_migrated_is_empty(
    kept: Path, key: Path, place_for_it: Callable[[], Site], migrated: Path
) -> None:
    new = place_for_it()
    copy_of(migrated, new.database)
    call_command("restore", kept, "--identity", str(key), stdout=StringIO())
    assert User.objects.count() == Referral.objects.count() == 1


def test_where_a_worker_is_awake_nothing_is_pulled_from_under_it(kept: Path, key: Path, old: Site) -> None:
    beat("a worker", timezone.now())
    assert refused(kept, key).startswith("A worker is awake here.")


def test_without_its_key_a_locked_archive_stays_locked(kept: Path, tmp_path: Path, place_for_it: Any) -> None:
    place_for_it()
    other = tmp_path / "other.txt"
    other.write_text(str(pyrage.x25519.Identity.generate()))
    assert refused(kept, None) == "The archive is locked: name the file with its key by --identity."
    assert refused(kept, other) == "This key does not open the archive."
    other.write_text("not a key")
    assert refused(kept, other) == "The file with the key holds no private key of age."
    assert refused(kept, tmp_path / "nowhere") == "The file with the key cannot be read: no such file or directory."


@pytest.mark.parametrize("how", ["cut", "changed", "empty"])
def test_an_archive_that_is_not_as_it_was_is_refused(
    how: str, kept: Path, key: Path, place_for_it: Callable[[], Site]
) -> None:
    new = place_for_it()
    content = bytearray(kept.read_bytes())
    if how == "cut":
        content = content[: len(content) - 1000]
    elif how == "changed":
        content[len(content) // 2] ^= 1
    else:
        content = bytearray()
    kept.write_bytes(bytes(content))
    assert refused(kept, key).startswith("The archive is damaged")
    assert new.everything() == {}


@pytest.mark.parametrize("name", ["../evil", "/tmp/evil", "media/../../evil", "media\\evil", "other.txt", "media"])
def test_a_name_that_leads_out_is_refused(name: str, kept: Path, key: Path, place_for_it: Callable[[], Site]) -> None:
    place_for_it()
    trick = changed(kept, key, lambda members: members.update({name: b"evil"}))
    assert refused(trick, key).startswith("The archive holds something that no backup of ours has")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_links_and_devices_are_refused(kind: bytes, tmp_path: Path) -> None:
    trick = tmp_path / "trick.tar"
    with tarfile.open(trick, "w") as tar:
        entry = tarfile.TarInfo("media/link")
        entry.type, entry.linkname = kind, "/etc/passwd"
        tar.addfile(entry)
    with pytest.raises(restoring.CannotRestore, match="no backup of ours has"):
        archive.unpack(trick, tmp_path)
    assert not (tmp_path / "media" / "link").is_symlink()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda members: members.update({"media/images/hall.jpg": b"another"}), "a file in it is not as it was"),
        (lambda members: members.update({"media/more.jpg": b"more"}), "files are missing from it, or are too many"),
        (lambda members: members.pop("media/images/hall.jpg"), "files are missing from it, or are too many"),
        (lambda members: members.pop("manifest.json"), "it does not say what is in it"),
        (lambda members: members.update({"manifest.json": b"{}"}), "it does not say what is in it"),
        (manifest_with(counts={}), "its tables do not hold what it says"),
        (manifest_with(format=2), "newer version of Together"),
        (manifest_with(vendor="postgresql"), "The archive is of postgresql, and DATABASE_URL is sqlite here"),
        (manifest_with(vendor="oracle"), "a kind of database that this code does not know"),
        (manifest_with(needed=["00ff00ff00ff00ff"]), "REFERRAL_KEYS lacks the key named 00ff00ff00ff00ff"),
        (manifest_with(index_key="00"), "INDEX_KEY is not the one"),
        (manifest_with(migrations=[["comments", "9999_from_the_future"]]), "made by newer code (comments.9999_from"),
    ],
)
def test_what_does_not_fit_is_refused_and_named(
    change: Change, told: str, kept: Path, key: Path, place_for_it: Callable[[], Site]
) -> None:
    new = place_for_it()
    assert told in refused(changed(kept, key, change), key)
    assert new.everything() == {}


def test_where_the_last_step_fails_the_uploads_go_out_again(
    kept: Path, key: Path, place_for_it: Callable[[], Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    new = place_for_it()

    def fails(*given: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("portal.operations.backup.restoring.os.replace", fails)
    assert refused(kept, key) == "Nothing was put back: the disk is full."
    assert [name for name in new.everything() if name.startswith("media")] == []


def test_until_somebody_says_so_only_what_writes_to_nobody_is_done_again_and_again(
    kept: Path, key: Path, place_for_it: Callable[[], Site]
) -> None:
    place_for_it()
    call_command("restore", kept, "--identity", str(key), stdout=StringIO())
    RegularRun.objects.update(due_at=timezone.now())
    handed = hand_over_due(timezone.now())
    assert "audit.seal" in handed
    assert all(name.startswith(("audit.", "operations.", "selfreferral.put", "selfreferral.end")) for name in handed)
