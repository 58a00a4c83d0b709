"""The printed editions of a report as files, and how many pages the residents' one has."""

import hashlib
import json
from functools import cached_property, lru_cache
from pathlib import Path

from django.conf import settings

from newsletter.printing.letters import printable
from newsletter.printing.words import tree_of
from portal.emails.links import absolute
from portal.insight.audiences import Audience
from portal.insight.models import ReportPage
from portal.insight.printing.values import Pictures, Values, in_short, report_values
from portal.kept_paper import Printed, alone, found, keep
from portal.pdf import pages_in, qr_code, typeset

# Points, largest first: the largest with which all of it stands on one page.
SIZES = (11.5, 10.5, 9.5, 8.5, 7.5)


def board_paper(page: ReportPage) -> bytes:
    """Exact figures: what staff placed and all the others. It is made anew each time and kept nowhere."""
    parts, others = page.exact_parts()
    values, pictures = report_values(page, [*parts, *others], is_exact=True)
    values = _with_nothing_said(page, values)
    return typeset("paper/report", printable(values), pictures=pictures)


class PublicPaper:
    """A report on paper as everybody gets it: rounded, of the fixed list."""

    def __init__(self, page: ReportPage) -> None:
        self.page = page
        self.is_one_page = page.audience == Audience.RESIDENTS

    @cached_property
    def made(self) -> tuple[Values, Pictures]:
        parts = self.page.public_parts()
        if self.is_one_page:
            parts = in_short(parts)
        values, pictures = report_values(self.page, parts, is_exact=False)
        return printable(_with_nothing_said(self.page, values)), pictures | {
            "qr.svg": qr_code(absolute(self.page.path_on_site))
        }

    @cached_property
    def key(self) -> str:
        """Changes whenever a word or a number of it does."""
        values, _ = self.made
        told = json.dumps([_made_by(), self.is_one_page, values], sort_keys=True)
        return f"report-{hashlib.sha256(told.encode()).hexdigest()[:32]}"

    @property
    def known(self) -> Printed | None:
        return found(self.key)

    def printed(self) -> Printed:
        """The file, set now where it was not before; refused where somebody else has it set at this moment."""
        known = self.known
        if known is None:
            with alone(self.key):
                known = self.set_now()
                keep(self.key, known)
        return known

    def set_now(self) -> Printed:
        """In the largest type that fits on one page, where it is to be one; too many words go on to a second."""
        values, pictures = self.made
        if not self.is_one_page:
            content = typeset("paper/report", values, pictures=pictures)
            return Printed(content, pages_in(content))
        for size in SIZES:
            content = typeset("paper/report-page", values | {"size": size}, pictures=pictures)
            pages = pages_in(content)
            if pages == 1:
                break
        return Printed(content, pages)


def _with_nothing_said(page: ReportPage, values: Values) -> Values:
    """Where nothing was counted a sentence says so first, so that no paper is blank."""
    if not page.has_nothing:
        return values
    words = tree_of(f"<p>{page.says_nothing}</p>")
    return values | {"parts": [{"kind": "words", "blocks": words, "level": 1}, *values["parts"]]}


@lru_cache(maxsize=1)
def _made_by() -> str:
    """Changes with the templates, so that no older paper is handed out after these change."""
    folder = Path(settings.BASE_DIR) / "templates" / "paper"
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.glob("report*.typ")))).hexdigest()
