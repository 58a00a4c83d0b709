"""One archive holds everything, is locked, is whole or is not there, and takes the place of nothing."""

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from portal.operations.backup import archive, making, snapshot
from portal.operations.backup.making import back_up
from portal.operations.backup.restoring import check
from portal.operations.backup.words import CannotBackUp
from portal.operations.models import BackupRun
from tests.portal.operations.backup.conftest import UPLOAD, Site

NIGHT = datetime(2026, 3, 2, 3, 15, tzinfo=UTC)


def test_an_archive_holds_everything_and_nothing_of_it_can_be_read(old: Site, key: Path, tmp_path: Path) -> None:
    made = back_up(path=tmp_path, began_at=NIGHT)
    assert made.path.name == "together-20260302T031500Z.tar.age"
    assert made.path.stat().st_mode & 0o777 == 0o600
    content = made.path.read_bytes()
    assert content.startswith(archive.AGE_MARK)
    assert not any(words in content for words in (b"SQLite format 3", UPLOAD[:40], b"lead@demo.example", b"manifest"))
    told = check(made.path, identity=key).manifest
    assert told.counts["accounts_user"] == told.counts["selfreferral_referral"] == 1
    assert "media/images/hall.jpg" in told.sums
    assert told.needed == told.keys
    run = BackupRun.objects.get()
    assert (run.is_whole, run.size) == (True, made.size)
    assert {path.name for path in old.folder.iterdir() if path.is_dir()} == {"media"}


def test_what_an_archive_says_of_the_settings_is_no_setting(
    old: Site, key: Path, tmp_path: Path, settings: Any
) -> None:
    told = check(back_up(path=tmp_path).path, identity=key).manifest.as_bytes().decode()
    for secret in (settings.SECRET_KEY, settings.INDEX_KEY, *settings.REFERRAL_KEYS, settings.DEFAULT_FROM_EMAIL):
        assert secret not in told


def test_without_a_key_to_lock_it_for_nothing_is_copied_unless_somebody_says_so(
    old: Site, tmp_path: Path, settings: Any
) -> None:
    settings.BACKUP_AGE_RECIPIENTS = []
    settings.IS_DEMO_ALLOWED = False
    with pytest.raises(CommandError, match="BACKUP_AGE_RECIPIENTS is empty"):
        call_command("backup", tmp_path / "one.tar.age")
    assert not list(tmp_path.glob("one*"))
    out = StringIO()
    call_command("backup", tmp_path / "one.tar", "--plain", stdout=out)
    assert "NOT locked" in out.getvalue()
    assert (tmp_path / "one.tar").stat().st_mode & 0o777 == 0o600
    assert check(tmp_path / "one.tar", identity=None).manifest.counts


def test_a_key_that_is_none_is_named_by_its_beginning_only(old: Site, tmp_path: Path, settings: Any) -> None:
    settings.BACKUP_AGE_RECIPIENTS = ["age1thisisnokeyatallandshallnotbequoted"]
    with pytest.raises(CannotBackUp) as refusal:
        back_up(path=tmp_path)
    assert "age1thisisno…" in str(refusal.value)
    assert "quoted" not in str(refusal.value)


def test_nothing_is_written_over(old: Site, key: Path, tmp_path: Path) -> None:
    there = tmp_path / "one.tar.age"
    there.write_text("something dear")
    with pytest.raises(CannotBackUp, match="not written over"):
        back_up(path=there)
    assert there.read_text() == "something dear"


def test_a_folder_that_is_not_there_is_said(old: Site, key: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"^The folder of the archive does not exist\.$"):
        call_command("backup", tmp_path / "nowhere" / "one.tar.age")


def test_a_full_disk_leaves_nothing_half_written_and_is_said_and_kept(
    old: Site, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = archive._Noting.write

    def until_full(self: archive._Noting, piece: bytes) -> int:
        if self.file.tell() > 200_000:
            self.error = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            raise self.error
        return write(self, piece)

    monkeypatch.setattr(archive._Noting, "write", until_full)
    with pytest.raises(CannotBackUp, match=r"^The backup was not made: the disk is full\.$"):
        back_up(path=tmp_path / "one.tar.age")
    assert not list(tmp_path.glob("one*"))
    assert {path.name for path in old.folder.iterdir() if path.is_dir()} == {"media"}
    run = BackupRun.objects.get()
    assert (run.is_whole, run.trouble) == (False, "The backup was not made: the disk is full.")


def test_without_room_for_a_second_copy_it_does_not_begin(
    old: Site, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "HEADROOM", 10**18)
    with pytest.raises(CannotBackUp, match="no room for a second copy"):
        back_up(path=tmp_path)


def test_what_a_killed_backup_left_is_in_nobodys_way(old: Site, key: Path, tmp_path: Path) -> None:
    (tmp_path / "one.tar.age.part").write_bytes(b"half" * 1000)
    (old.folder / "backup-work").mkdir()
    (old.folder / "backup-work" / "database.sqlite3").write_bytes(b"half a copy")
    made = back_up(path=tmp_path / "one.tar.age")
    assert check(made.path, identity=key).manifest.counts
    assert not list(tmp_path.glob("*.part"))
    assert not (old.folder / "backup-work").exists()


def test_two_at_once_one_of_them_waits_for_another_night(old: Site, key: Path, tmp_path: Path) -> None:
    with making.alone("backup-work"), pytest.raises(CannotBackUp, match="Another backup or restore is running"):
        back_up(path=tmp_path)


def test_the_newest_so_many_are_kept_and_only_ours_go(old: Site, key: Path, tmp_path: Path) -> None:
    (tmp_path / "holiday.tar").write_text("not ours")
    for day in range(4):
        made = back_up(path=tmp_path, keep=2, began_at=NIGHT + timedelta(days=day))
    assert made.forgotten == 1
    names = sorted(path.name for path in tmp_path.glob("*.tar*"))
    assert names == ["holiday.tar", "together-20260304T031500Z.tar.age", "together-20260305T031500Z.tar.age"]


def test_an_upload_that_goes_away_meanwhile_is_noted_and_ends_nothing(
    old: Site, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = old.folder / "media" / "images" / "gone.jpg"
    hall = old.folder / "media" / "images" / "hall.jpg"
    monkeypatch.setattr(making, "files_under", lambda root: iter([gone, hall]))
    made = back_up(path=tmp_path)
    assert (made.missing, made.files) == (["media/images/gone.jpg"], 1)
    assert check(made.path, identity=key).notes[-1] == "1 uploads went away while the backup was made."


def test_a_file_that_shrinks_while_it_is_read_keeps_the_archive_in_order(tmp_path: Path) -> None:
    class Shrunk(type(tmp_path)):  # type: ignore[misc]
        def stat(self, **how: Any) -> Any:
            return os.stat_result((0o100600, 0, 0, 1, 0, 0, 700, 0, 0, 0))

    file = Shrunk(tmp_path / "shrunk")
    Path(file).write_bytes(b"only this")
    tar = archive.Tar()
    pieces = b"".join(tar.file("media/shrunk", file))
    assert len(pieces) % 512 == 0
    assert tar.missing == ["media/shrunk"]


def test_links_among_the_uploads_are_not_followed(old: Site, key: Path, tmp_path: Path) -> None:
    (old.folder / "media" / "secrets").symlink_to(key)
    made = back_up(path=tmp_path)
    assert "media/secrets" not in check(made.path, identity=key).manifest.sums


def test_a_damaged_database_is_not_passed_off_as_a_backup(old: Site, key: Path, tmp_path: Path) -> None:
    content = bytearray(old.database.read_bytes())
    content[4096 * 3 : 4096 * 40] = os.urandom(4096 * 37)
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "together.sqlite3").write_bytes(content)
    Site(broken, old.settings).go_there()
    with pytest.raises(CannotBackUp, match=r"damaged|could not be copied"):
        snapshot.take_sqlite(tmp_path / "copy.sqlite3")


def test_a_missing_program_of_postgresql_is_named(settings: Any) -> None:
    settings.SURROUNDINGS = {"PATH": ""}
    with pytest.raises(CannotBackUp, match=r"^pg_dump was not found\. Install PostgreSQL's client"):
        snapshot._program("pg_dump")


def test_what_postgresql_says_of_an_error_never_has_a_row_in_it() -> None:
    said = (
        b"\npg_restore: error: could not execute query: duplicate key DETAIL:  Key (email)=(ann@example.org) exists.\n"
    )
    assert snapshot.last_words(said) == "could not execute query: duplicate key"


def test_memory_stays_small_however_large_an_upload_is(tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(40 * archive.CHUNK)
    assert max(len(piece) for piece in archive.Tar().file("media/large", large)) == archive.CHUNK


def test_the_copy_is_of_one_moment(old: Site, key: Path, tmp_path: Path, place_for_it: Callable[[], Site]) -> None:
    """A writer that is in the middle of something is in the copy with all of it or nothing."""
    with closing(sqlite3.connect(old.database, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM audit_auditseal")
        writer.execute("UPDATE accounts_user SET first_name = 'Half'")
        made = back_up_beside(tmp_path / "copy.sqlite3")
        writer.execute("ROLLBACK")
    assert made["accounts_user"] == 1
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        assert copy.execute("SELECT first_name FROM accounts_user").fetchone() == ("",)


def back_up_beside(path: Path) -> dict[str, int]:
    counts, _ = snapshot.take_sqlite(path)
    return counts
