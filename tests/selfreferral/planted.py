"""Planted words, and a search for them wherever something could lie."""

import base64
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection

PHONE, EMAIL = "07700 900777", "kestrel@wren.example"
PLANTED: dict[str, Any] = {
    "for_whom": "family_or_friend",
    "referrer_name": "KESTREL-TELLER",
    "relationship": "KESTREL-BOND",
    "referrer_contact": "KESTREL-CONTACT",
    "person_knows": "knows",
    "what_would_help": "KESTREL-STORY",
    "danger": "yes",
    "name": "KESTREL-NAME",
    "phone": PHONE,
    "email": EMAIL,
    "place": "KESTREL-PLACE",
    "safe_ring": "yes",
    "safe_text": "yes",
    "safe_visit": "no",
    "good_times": "KESTREL-TIMES",
    "who_may_answer": "KESTREL-WHO",
    "say_we_are": "KESTREL-SAY",
    "language": "KESTREL-LANGUAGE",
    "needs": ["hearing"],
}
WORDS = ["KESTREL", "kestrel@", "900777", "wren.example"]


def in_every_shape(words: list[str]) -> list[bytes]:
    """The words as they might lie somewhere: as they are, in other letters, or in base64 at any of its three offsets."""
    plain = [shape.encode() for word in words for shape in {word, word.lower(), word.title()}]
    wide = [word.encode("utf-16-le") for word in words]
    armoured = [
        base64.b64encode(b"x" * offset + word.encode())[4 if offset else 0 : -4]
        for word in words
        for offset in range(3)
    ]
    return [*plain, *wide, *[piece for piece in armoured if len(piece) > 5]]


def every_cell() -> Iterator[bytes]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for cell in row:
                    yield bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()


def everything_kept() -> bytes:
    """Every cell of every table, the database as it would lie on the disk, and the cache."""
    kept = b"\n".join(every_cell())
    if connection.vendor == "sqlite":
        kept += connection.connection.serialize()
    return kept + str(getattr(cache, "_cache", "")).encode()


def database_files() -> dict[str, bytes]:
    """The database's own files as they lie there now, its log beside it; none where it is a server."""
    if connection.vendor != "sqlite":
        return {}
    main = Path(settings.DATABASES["default"]["NAME"])
    return {path.name: path.read_bytes() for path in main.parent.glob(f"{main.name}*")}


def files_written(temporary: Path) -> bytes:
    """What was put into the folders of this run (mails, uploads, drawings on paper, notes), and what was left in temporary files.

    `temporary` is the folder of the test into which those go meanwhile: the machine's own is full of what others do.
    """
    assert Path(tempfile.gettempdir()) == temporary, "temporary files go elsewhere"
    folders = {settings.MAIL_DIR, settings.MEDIA_ROOT, settings.CACHES["paper"]["LOCATION"], temporary}
    files = {path for folder in folders for path in Path(folder).rglob("*")}
    # The rest of this folder outlives the run: it is a developer's own.
    files |= set(Path(settings.VAR_DIR).glob("last-known*"))
    return b"".join(str(path).encode() + path.read_bytes() for path in sorted(files) if path.is_file())


def mails() -> bytes:
    return str([message.message().as_string() for message in mail.outbox]).encode()


def assert_silent(where: bytes, words: list[str] = WORDS) -> None:
    assert [shape for shape in in_every_shape(words) if shape in where] == []
