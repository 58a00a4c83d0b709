"""The printed editions of an issue: its values, its PDF, and what to know of that without setting it again."""

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.text import slugify

from newsletter.printing.letters import printable
from newsletter.printing.pictures import pictures_of
from newsletter.printing.sheets import ON_A_SHEET
from newsletter.printing.short_links import path_of, story_codes
from newsletter.printing.values import SIZES, codes, newspaper_values
from newsletter.rendering.edition import parts_of_issue
from newsletter.rendering.masthead import masthead_of
from newsletter.rendering.parts import Part
from portal.emails.links import absolute
from portal.kept_paper import Facts, Printed, alone, facts_of, found, keep
from portal.pdf import draw_pages, pages_in, qr_code, typeset
from portal.typesetting import made_by

if TYPE_CHECKING:
    from newsletter.models import DropRound, IssuePage

TEMPLATE = "paper/newspaper"
EDITIONS = {"a4": "A4", "a3": "A3 to fold", "large": "Large print"}
# The story code that stands for the issue as a whole.
WHOLE_ISSUE = "issue"


class Paper:
    """An issue about to be printed in one edition, for one round of copies or for everybody."""

    def __init__(
        self,
        issue: "IssuePage",
        edition: str,
        *,
        drop_round: "DropRound | None" = None,
        parts: Sequence[Part] | None = None,
    ) -> None:
        self.issue = issue
        self.edition = edition
        self.round_code = drop_round.code if drop_round else ""
        self.parts = list(parts) if parts is not None else parts_of_issue(issue)

    @cached_property
    def short_links(self) -> dict[str, str]:
        """The short address of each part that has one, whole, by its key; that of the issue under WHOLE_ISSUE."""
        number = self.issue.pk or 1
        named = story_codes(number, [WHOLE_ISSUE, *codes(self.parts)])
        return {key: absolute(path_of(number, code, self.round_code)) for key, code in named.items()}

    @cached_property
    def key(self) -> str:
        """Changes whenever a word, a link or a picture of it does: of the issue, its sending, or the site."""
        told = [
            _made_by(),
            self.edition,
            self.short_links,
            self._values({}),
            [str(part.picture) for part in self.parts],
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]

    @property
    def file_name(self) -> str:
        """Such as "winter-in-horden-a4.pdf", with the round's code where it has one; plain letters, for every machine."""
        named = [self.issue.slug or "newspaper", self.edition, self.round_code]
        return f"{slugify('-'.join(filter(None, named))) or 'newspaper'}.pdf"

    @property
    def known(self) -> Printed | None:
        """The file where it was set before."""
        return found(self.key)

    @property
    def facts(self) -> Facts | None:
        """Its pages and its size where it was set before."""
        return facts_of(self.key)

    def printed(self) -> Printed:
        """The file, set now where it was not before; refused where somebody else has it set at this moment."""
        known = self.known
        if known is None:
            with alone(self.key):
                content = self._set()
                known = Printed(content, pages_in(content))
                keep(self.key, known)
        return known

    def as_pictures(self) -> list[bytes]:
        """Its pages as PNG pictures, for a preview; those of the folded edition as they are read."""
        values, files = self._made()
        return draw_pages(TEMPLATE, values, pictures=files)

    def _set(self) -> bytes:
        values, files = self._made()
        content = typeset(TEMPLATE, values, pictures=files)
        if self.edition == "a3":
            return _folded(_whole_sheets(content, values, files))
        return _in_largest(content, values, files, sizes=SIZES[self.edition], room=pages_in(content))

    def _made(self) -> tuple[dict[str, Any], dict[str, bytes]]:
        shown, files = pictures_of(self.parts)
        for key, address in self.short_links.items():
            files[f"qr-{key}.svg"] = qr_code(address)
        return printable(self._values(shown)), files

    def _values(self, shown: dict[str, Any]) -> dict[str, Any]:
        return newspaper_values(
            masthead_of(self.issue),
            self.parts,
            edition=self.edition,
            whole=lambda url: absolute(url) if url.startswith("/") else url,
            short_links=self.short_links,
            issue_link=self.short_links[WHOLE_ISSUE],
            shown=shown,
        )


@lru_cache(maxsize=1)
def _made_by() -> str:
    """Changes with the templates, so that no older paper is handed out after these change."""
    folder = Path(settings.BASE_DIR) / "templates" / "paper"
    texts = [path.read_bytes() for path in sorted(folder.glob("newspaper*.typ"))]
    return hashlib.sha256(b"".join(texts)).hexdigest()


def _whole_sheets(content: bytes, values: dict[str, Any], files: dict[str, bytes]) -> bytes:
    """The pages that fill their sheets: in the largest type that needs no more of these, then with pages to write on.

    The last lines may find room on a page that was added, so how many are missing is tried and not worked out.
    """
    room = -(-pages_in(content) // ON_A_SHEET) * ON_A_SHEET
    for size in SIZES["a3"]:
        values = values | {"size": size}
        content = typeset(TEMPLATE, values, pictures=files)
        if pages_in(content) <= room:
            break
    for padding in range(1, ON_A_SHEET + 1):
        if pages_in(content) % ON_A_SHEET == 0:
            break
        content = typeset(TEMPLATE, values | {"padding": padding}, pictures=files)
    return content


def _folded(pdf: bytes) -> bytes:
    """By a program of its own as well: the library takes 14 MB."""
    if settings.IS_SET_APART:
        return made_by("newsletter.printing.imposing", pdf)
    from newsletter.printing.imposing import folded

    return folded(pdf)


def _in_largest(
    content: bytes, values: dict[str, Any], files: dict[str, bytes], *, sizes: Sequence[float], room: int
) -> bytes:
    """The pages in the largest type that needs no more of them than the smallest does, which `content` is set in."""
    for size in sizes[:-1]:
        larger = typeset(TEMPLATE, values | {"size": size}, pictures=files)
        if pages_in(larger) <= room:
            return larger
    return content
