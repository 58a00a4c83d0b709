"""One issue as readers get it: subject, e-mail and plain text, all drawn from the same parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from newsletter.rendering.building import build_parts
from newsletter.rendering.masthead import Masthead, masthead_of
from newsletter.rendering.parts import Part, as_data, from_data, with_whole_links
from portal.emails.links import absolute

if TYPE_CHECKING:
    from newsletter.models.pages import IssuePage

# Stands in the frozen words where each reader's own signed links go.
LEAVE_MARK = "LEAVE-LINK-OF-THIS-READER"
PREFERENCES_MARK = "PREFERENCES-LINK-OF-THIS-READER"


@dataclass(frozen=True, kw_only=True)
class Edition:
    """An issue made ready to send."""

    subject: str
    html: str
    text: str
    parts: list[Part]

    @property
    def parts_as_data(self) -> list[dict[str, Any]]:
        return as_data(self.parts)


def parts_of_issue(issue: "IssuePage") -> list[Part]:
    """The neutral list of an issue; rows that a sending froze stay as they were sent."""
    sent = issue.campaigns.that_count().newest_first().only("parts").first() if issue.pk else None
    frozen = from_data(sent.parts) if sent else []
    rows = {part.key: tuple(row for row in part.rows if row.is_live) for part in frozen}
    return build_parts(issue.body, issued_on=issue.issued_on, today=timezone.localdate(), frozen_rows=rows)


def edition_of(issue: "IssuePage") -> Edition:
    """The issue as e-mail and text, with marks where the reader's own links go."""
    return edition_from(
        parts_of_issue(issue),
        masthead=masthead_of(issue),
        subject=" ".join(issue.title.split()),
        web_url=absolute(issue.path_on_site),
        own_text=issue.plain_text,
    )


def edition_from(parts: list[Part], *, masthead: Masthead, subject: str, web_url: str, own_text: str = "") -> Edition:
    """Parts under a head as e-mail and text, with marks where the reader's own links go.

    `own_text` are an editor's own words for the text edition, in place of what the parts give.
    """
    from newsletter.rendering.html_mail import as_html
    from newsletter.rendering.text_mail import as_text

    context = context_of(parts, masthead=masthead, web_url=web_url)
    text = as_text(context, own_words=own_text)
    return Edition(subject=subject, html=as_html(context), text=text, parts=parts)


def context_of(parts: Sequence[Part], *, masthead: Masthead, web_url: str) -> dict[str, Any]:
    """What the templates of the e-mail and of its text draw from."""
    whole = [with_whole_links(part, absolute) for part in parts]
    return {
        "masthead": masthead,
        "parts": whole,
        "answered": [part for part in whole if part.answer],
        "web_url": web_url,
        "leave_url": LEAVE_MARK,
        "preferences_url": PREFERENCES_MARK,
    }


def words_from_blocks(issue: "IssuePage", parts: Sequence[Part] | None = None) -> str:
    """The text edition as the blocks give it, without its foot: what an editor's own words start from."""
    from newsletter.rendering.text_mail import body_as_text

    known = parts_of_issue(issue) if parts is None else parts
    return body_as_text(context_of(known, masthead=masthead_of(issue), web_url=absolute(issue.path_on_site)))


def with_example_links(edition: Edition) -> Edition:
    """The edition for a preview or a test: its links to leave lead to a page that says they are examples."""
    links = example_links()
    return replace(edition, html=with_links(edition.html, links), text=with_links(edition.text, links))


def example_links() -> dict[str, str]:
    """What stands for a reader's own links where there is no reader."""
    return {LEAVE_MARK: absolute("/news/u/example/"), PREFERENCES_MARK: absolute("/news/preferences/example/")}


def with_links(words: str, links: Mapping[str, str]) -> str:
    """Words with each mark replaced by its link."""
    for mark, link in links.items():
        words = words.replace(mark, link)
    return words
