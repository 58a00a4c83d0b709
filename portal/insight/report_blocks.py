"""What staff build a report from: their words, quotes that somebody said yes to, and figures placed by name."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail import blocks

from portal.insight.figures import EVERY
from portal.pages.blocks import WORDS


def figure_choices() -> list[tuple[str, str]]:
    """Every figure by its name; what a report does not have is left out when it is shown."""
    return [(figure.name, figure.name.replace("_", " ").capitalize()) for figure in EVERY]


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
        if cleaned["said_yes_on"] > timezone.localdate():
            raise blocks.StructBlockValidationError({"said_yes_on": ValidationError("This day is still to come.")})
        return cleaned


class ReportBody(blocks.StreamBlock):
    """A report, from top to bottom."""

    heading = blocks.CharBlock(max_length=120, icon="title", template="pages/blocks/heading.html")
    words = blocks.RichTextBlock(features=WORDS, template="pages/blocks/words.html")
    figure = blocks.ChoiceBlock(choices=figure_choices, icon="table")
    quote = AgreedQuoteBlock()
