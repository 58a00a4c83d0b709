"""The frozen mail made once as bytes, with places where each reader's own address, links and number are put in.

Both texts are quoted-printable: pure ASCII, lines of at most 76, whatever an editor pasted. A mark stands between two soft
line breaks, so it is never wrapped, and what takes its place is quoted and wrapped by itself.
"""

import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from typing import NamedTuple
from uuid import uuid4

from django.conf import settings
from django.core.mail.message import sanitize_address

from newsletter.links import common_headers
from newsletter.rendering.edition import LEAVE_MARK, PREFERENCES_MARK, with_links
from portal.emails.outcomes import NoAddress
from portal.emails.sending import message_of

_PLAIN_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?", re.ASCII)
_PLAIN_LINK = re.compile(r"https?://[!-;=?-~]+", re.ASCII)
_MESSAGE_ID = re.compile(r"<[!-;=?-~]+>", re.ASCII)
_LINE = 72


class Letter(NamedTuple):
    """What is one reader's own in a mail; `copy` names their row of the ledger."""

    copy: int
    to: str
    message_id: str
    leave_url: str
    preferences_url: str


class _Own(NamedTuple):
    """Marks for what is the reader's own; in the headers nobody can have typed them."""

    to: str
    message_id: str
    leave_url: str


def address_of(typed: str) -> str:
    """An address that is safe in a header and in the talk with a mail server; NoAddress when it cannot be one."""
    if _PLAIN_ADDRESS.fullmatch(typed):
        return typed
    if any(ord(letter) < 33 or letter in '<>,;:"()[]\\' for letter in typed) or not typed.rpartition("@")[0].isascii():
        raise NoAddress
    try:
        address = str(sanitize_address(typed, "utf-8"))
    except (ValueError, UnicodeError, IndexError):
        raise NoAddress from None
    if not _PLAIN_ADDRESS.fullmatch(address):
        raise NoAddress
    return address


@dataclass(frozen=True, kw_only=True)
class FrozenMail:
    """The words of a sending as every reader gets them, before anything of theirs is in."""

    subject: str
    text: str
    html: str

    def words_for(self, letter: Letter) -> tuple[str, str]:
        """Text and HTML with this reader's links, for a line that takes no bytes."""
        links = {LEAVE_MARK: letter.leave_url, PREFERENCES_MARK: letter.preferences_url}
        return with_links(self.text, links), with_links(self.html, links)

    def headers_for(self, letter: Letter) -> dict[str, str]:
        return {
            **common_headers(),
            "Message-ID": letter.message_id,
            "List-Unsubscribe": f"<{letter.leave_url}>",
        }


class Template:
    """A frozen mail as bytes in pieces; `merged` puts one reader's own between them."""

    def __init__(self, mail: FrozenMail) -> None:
        own = _Own(to=f"to-{uuid4().hex}@mark.invalid", message_id=f"<{uuid4().hex}@id>", leave_url=uuid4().hex)
        whole = _whole(mail, own).replace(b"\n", b"\r\n")
        head, _, body = whole.partition(b"\r\n\r\n")
        in_head = dict(zip((mark.encode() for mark in own), range(3), strict=True))
        in_body = {_quoted_mark(LEAVE_MARK): 3, _quoted_mark(PREFERENCES_MARK): 4}
        pieces, self._places = _cut(head, in_head)
        if len(self._places) != len(own):
            raise ValueError("A mark for what is the reader's own is missing from the headers, or there twice.")
        more, places = _cut(b"\r\n\r\n" + body, in_body)
        self._places += [(len(pieces) + index, slot) for index, slot in places]
        self._pieces = pieces + more
        self._stuffed = [re.sub(rb"(?m)^\.", b"..", piece) for piece in self._pieces]

    def merged(self, letter: Letter) -> bytes:
        """The whole mail of one reader, as a file keeps it."""
        return self._filled(self._pieces, letter)

    def stuffed(self, letter: Letter) -> bytes:
        """The same as it goes over to a mail server: a dot that opens a line is doubled (RFC 5321, 4.5.2)."""
        return self._filled(self._stuffed, letter)

    def _filled(self, pieces: Sequence[bytes], letter: Letter) -> bytes:
        if not _PLAIN_ADDRESS.fullmatch(letter.to):
            raise NoAddress
        own = (letter.message_id, letter.leave_url, letter.preferences_url)
        shapes = (_MESSAGE_ID, _PLAIN_LINK, _PLAIN_LINK)
        if not all(shape.fullmatch(value) for shape, value in zip(shapes, own, strict=True)):
            raise ValueError("What goes into the mail is not what it should be.")
        values = (
            letter.to.encode(),
            letter.message_id.encode(),
            letter.leave_url.encode(),
            _quoted_link(letter.leave_url),
            _quoted_link(letter.preferences_url),
        )
        filled = list(pieces)
        for index, slot in self._places:
            filled[index] = values[slot]
        return b"".join(filled)


def _whole(mail: FrozenMail, own: _Own) -> bytes:
    """As Django makes it, but for the way in which its two texts are written down."""
    headers = {**common_headers(), "Message-ID": own.message_id, "List-Unsubscribe": f"<{own.leave_url}>"}
    made = message_of(
        to=own.to, subject=mail.subject, text="x", html="x", headers=headers, from_email=settings.DEFAULT_FROM_EMAIL
    ).message()
    parts: list[Message] = [part for part in made.walk() if not part.is_multipart()]
    for part, words in zip(parts, (mail.text, mail.html), strict=True):
        part.replace_header("Content-Transfer-Encoding", "quoted-printable")
        part.set_payload(_quoted(words))
    return bytes(made.as_bytes())


def _quoted(words: str) -> str:
    """Words as quoted-printable, each mark on a line of its own that is no line to who reads it."""
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    parts = re.split(f"({re.escape(LEAVE_MARK)}|{re.escape(PREFERENCES_MARK)})", words)
    return "".join(
        _quoted_mark(part).decode().replace("\r", "")
        if at % 2
        else binascii.b2a_qp(part.encode(), istext=True).decode()
        for at, part in enumerate(parts)
    )


def _quoted_mark(mark: str) -> bytes:
    return f"=\r\n{mark}=\r\n".encode()


def _quoted_link(link: str) -> bytes:
    """A link between two soft line breaks, wrapped where it is long; no line of it opens with a dot."""
    width = _LINE // 3 if "=" in link else _LINE
    lines = (link[at : at + width].replace("=", "=3D") for at in range(0, len(link), width))
    safe = ("=2E" + line[1:] if line.startswith(".") else line for line in lines)
    return ("=\r\n" + "=\r\n".join(safe) + "=\r\n").encode()


def _cut(whole: bytes, marks: dict[bytes, int]) -> tuple[list[bytes], list[tuple[int, int]]]:
    """Bytes in pieces, where every second is a place, with the places: which piece, and what belongs there."""
    pieces = re.split(b"(" + b"|".join(re.escape(mark) for mark in marks) + b")", whole)
    return pieces, [(at, marks[pieces[at]]) for at in range(1, len(pieces), 2)]
