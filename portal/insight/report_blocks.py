"""What staff build a report from: their words, quotes that somebody said yes to, and figures placed by name."""

from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail import blocks

from portal.insight.figures import EVERY
from portal.insight.rounding import BY_YEAR, PUBLISHED
from portal.pages.blocks import WORDS

# As the figures call themselves on the page. They have their titles only once they are counted, and who places one chooses
# before that; a test holds the two together.
TITLES = {
    "referrals_by_month": "Requests for help by month",
    "referrals_by_source": "Who asked",
    "self_share": "Who came by themselves or by word of mouth",
    "routes_in": "How requests came in",
    "first_contact": "How long it was to the first talk",
    "outcomes": "What became of the requests",
    "signposts": "Where we helped people to go",
    "repeat_and_reopened": "Who came back",
    "waiting": "Who was waiting at the end",
    "distance_travelled": "Distance travelled",
    "survey_stars": "What people think of our help",
    "comments_by_feeling": "How people feel about places",
    "comments_by_theme": "What comments are about",
    "comments_by_place": "Which places comments are about",
    "comments_came_by": "How comments reached us",
    "sessions_held": "Sessions that we held",
    "newspaper_circulation": "The newspaper",
    "directory_freshness": "How fresh the directory is",
}


def figure_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every figure by its title, below its subject; where few reports have it, that is said beside it."""
    return [
        (subject, [(figure.name, f"{TITLES[figure.name]}{_who_has(figure.name)}") for figure in figures])
        for subject, figures in groupby(EVERY, key=lambda figure: figure.subject)
    ]


def _who_has(name: str) -> str:
    if name in BY_YEAR:
        return " (financial years alone)"
    return "" if name in PUBLISHED else " (the board alone)"


class AgreedQuoteBlock(blocks.StructBlock):
    """Somebody's words, with the yes that lets us print them; the yes is kept and never shown."""

    words = blocks.TextBlock(max_length=400)
    who = blocks.CharBlock(
        max_length=80, help_text="As it is printed, such as “A mother of three”. Never a name they did not agree to."
    )
    said_yes = blocks.ChoiceBlock(
        choices=[
            ("self", "The person themselves"),
            ("guardian", "A parent or guardian, for a child"),
            ("deputy", "Somebody who may decide for them"),
            ("group", "The group or organisation that said it"),
        ],
        label="Who said yes",
    )
    said_yes_on = blocks.DateBlock(label="When")
    said_yes_how = blocks.ChoiceBlock(
        choices=[
            ("written", "In writing, on paper"),
            ("message", "In a mail or a message"),
            ("spoken", "By word of mouth, to one of us"),
        ],
        label="How",
    )
    kept_where = blocks.CharBlock(
        max_length=80,
        label="Where the yes can be found",
        help_text="Such as “Quotes folder, 14”, or the initials of who heard it. No name of the person.",
    )

    class Meta:
        icon = "openquote"
        template = "pages/blocks/quote.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        said_yes_on = cleaned.get("said_yes_on")
        if said_yes_on and said_yes_on > timezone.localdate():
            raise blocks.StructBlockValidationError({"said_yes_on": ValidationError("This day is still to come.")})
        return cleaned

    def is_agreed(self, value: Any) -> bool:
        """Whether all of it is written down. A draft may be saved without, and a draft can go out past the editor's form.

        `clean` cannot be asked: while somebody saves a draft it asks nobody for what is missing.
        """
        if not all(str(value.get(name) or "").strip() for name in self.child_blocks):
            return False
        return bool(self.child_blocks["said_yes_on"].to_python(value["said_yes_on"]) <= timezone.localdate())

    def get_searchable_content(self, value: Any) -> list[str]:
        """What is printed; never who said yes and where that lies."""
        return [value["words"], value["who"]] if self.is_agreed(value) else []


class ReportBody(blocks.StreamBlock):
    """A report, from top to bottom."""

    heading = blocks.CharBlock(max_length=120, icon="title", template="pages/blocks/heading.html")
    words = blocks.RichTextBlock(features=WORDS, template="pages/blocks/words.html")
    figure = blocks.ChoiceBlock(choices=figure_choices, icon="table")
    quote = AgreedQuoteBlock()


def may_be_shown(block: Any) -> bool:
    """Whether a part of a report may stand on its page and on paper: anything but a quote that nobody said yes to."""
    return block.block_type != "quote" or block.block.is_agreed(block.value)
