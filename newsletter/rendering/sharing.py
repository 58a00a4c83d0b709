"""What somebody sees when a link to an issue is passed on: its title, a sentence, and a picture of 1,200 by 630."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import AbstractImage, SourceImageIOError

from newsletter.rendering.masthead import masthead_of
from portal.emails.links import absolute
from portal.pdf import draw_pages

if TYPE_CHECKING:
    from newsletter.models.pages import IssuePage

WIDTH, HEIGHT = 1200, 630
# The card is set in points, one to a dot.
DOTS_AN_INCH = 72


@dataclass(frozen=True, kw_only=True)
class Share:
    """The words and the picture of a link that is passed on; addresses are whole."""

    title: str
    words: str
    url: str
    picture: str
    picture_words: str
    width: int = WIDTH
    height: int = HEIGHT


def share_of(issue: "IssuePage") -> Share:
    """The lead's own picture where it has one that can be read, else a card with the headline."""
    lead = next((block.value for block in issue.body if block.block_type == "lead"), {})
    picture, picture_words = _lead_picture(lead.get("picture")) or (
        absolute(f"{issue.path_on_site.rstrip('/')}.png"),
        f"The headline in large letters: {_headline(issue)}",
    )
    return Share(
        title=issue.title,
        words=issue.search_description or issue.summary or lead.get("standfirst") or "",
        url=absolute(issue.path_on_site),
        picture=picture,
        picture_words=picture_words,
    )


def card_of(issue: "IssuePage") -> bytes:
    """A card with the paper's name, the date and the headline, as PNG."""
    masthead = masthead_of(issue)
    values = {
        "name": masthead.name,
        "place": masthead.place_name,
        "date": masthead.date_line,
        "headline": _headline(issue),
    }
    return draw_pages("paper/share-card", values, dots_an_inch=DOTS_AN_INCH)[0]


def _headline(issue: "IssuePage") -> str:
    leads = (block.value.get("heading") for block in issue.body if block.block_type == "lead")
    return next(leads, None) or issue.title


def _lead_picture(image: AbstractImage | None) -> tuple[str, str] | None:
    if image is None:
        return None
    try:
        rendition = image.get_rendition(f"fill-{WIDTH}x{HEIGHT}")
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        return None
    return absolute(rendition.url), image.contextual_alt_text or ""
