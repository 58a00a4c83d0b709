"""Words with bold, links and lists in an issue; a paste that is too long is refused while the editor can still see it."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.rich_text import RichText

from portal.pages.blocks import WORDS
from portal.text import without_tags

# About eight pages of a newspaper; a longer story is two stories.
MOST_CHARACTERS = 30_000
# Tags and styles of a word processor count little, but this much of them is no article.
MOST_MARKUP = 2_000_000


class WordsBlock(blocks.RichTextBlock):
    """An editor's words with a few kinds of markup."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": WORDS, **kwargs})

    def clean(self, value: RichText) -> RichText:
        cleaned: RichText = super().clean(value)
        refuse_long_words(cleaned.source)
        return cleaned


def refuse_long_words(source: str) -> None:
    """Say what to do with words that are too long for one part of an issue."""
    if len(source) > MOST_MARKUP:
        raise ValidationError("This is too much to read in. Paste it as plain text, with Ctrl, Shift and V.")
    count = len(without_tags(source, limit=MOST_MARKUP))
    if count > MOST_CHARACTERS:
        raise ValidationError(
            f"These words are {count:,} characters long, and {MOST_CHARACTERS:,} fit into one story."
            " Make two stories of them, or shorten them."
        )
