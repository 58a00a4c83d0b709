"""The blocks with which readers join in: an invitation to say something or to help, a recipe, a puzzle."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageBlock

from newsletter.long_words import WordsBlock
from newsletter.rendering.building import leads_somewhere
from newsletter.rendering.live import consultation_choices

GROUP = "To join in"
CONSULTATION, POLL, VOLUNTEERS = "consultation", "poll", "volunteers"
FEWEST_ANSWERS = 2


class InvitationBlock(blocks.StructBlock):
    """An open consultation, a question with possible answers, or a call for volunteers."""

    sort = blocks.ChoiceBlock(
        choices=[
            (CONSULTATION, "An open consultation"),
            (POLL, "A poll: one question and its answers"),
            (VOLUNTEERS, "A call for volunteers"),
        ],
        default=CONSULTATION,
        label="Kind",
    )
    heading = blocks.CharBlock(max_length=120, label="Headline")
    words = WordsBlock(required=False)
    consultation = blocks.ChoiceBlock(
        choices=consultation_choices,
        required=False,
        help_text="Of a consultation. Its name, last day and link are looked up, for the last time when the issue is sent.",
    )
    question = blocks.CharBlock(max_length=200, required=False, help_text="Of a poll.")
    choices = blocks.ListBlock(
        blocks.CharBlock(max_length=120, label="Answer"),
        default=[],
        label="Possible answers",
        help_text="Of a poll. On paper each has a box to tick.",
    )
    until = blocks.DateBlock(
        required=False, label="Last day", help_text="Of a poll or a call. A consultation has its own."
    )
    link = blocks.CharBlock(
        max_length=300,
        required=False,
        label="Link",
        help_text="Of a poll or a call. Such as /have-your-say/ or https://example.org/",
    )
    link_words = blocks.CharBlock(
        max_length=80,
        required=False,
        label="Words of the link",
        help_text="Of a poll or a call. Say where it leads: Answer on our website.",
    )
    how = blocks.TextBlock(
        max_length=300,
        required=False,
        label="How else to answer",
        help_text="For people who read this on paper: where to hand it in, whom to ring.",
    )

    class Meta:
        icon = "comment"
        group = GROUP
        # newsletter/editor.css shows the fields of the kind that is chosen.
        form_classname = "struct-block newspaper-invitation"
        description = "Ask readers: a consultation that is open now, a small poll, or a call for volunteers."

    def clean(self, value: Any) -> Any:
        """What is missing stops an issue from being published, never a draft from being kept."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        if missing := missing_from_invitation(cleaned):
            raise StructBlockValidationError(
                block_errors={name: ValidationError(words) for name, words in missing.items()}
            )
        return cleaned


def missing_from_invitation(value: Any) -> dict[str, str]:
    """What an invitation of this kind still needs, by field."""
    missing = {}
    if value["sort"] == CONSULTATION:
        # It has its own link, so what stands in the fields of another kind is neither shown nor held to anything.
        return {} if value.get("consultation") else {"consultation": "Choose the consultation."}
    link = (value.get("link") or "").strip()
    if value["sort"] == POLL:
        if not value.get("question"):
            missing["question"] = "Write the question."
        if len(value.get("choices") or ()) < FEWEST_ANSWERS:
            missing["choices"] = "Give at least two answers to choose from."
    if not link and not value.get("how"):
        missing["how"] = "Say how to answer, or give a link."
    if link and not leads_somewhere(link):
        missing["link"] = "Begin the link with https:// or, for a page of ours, with /"
    if link and not value.get("link_words"):
        missing["link_words"] = "Say where the link leads."
    return missing


class RecipeBlock(blocks.StructBlock):
    """Something to cook."""

    heading = blocks.CharBlock(max_length=120, label="Name of the dish")
    words = WordsBlock(required=False, label="Opening")
    serves = blocks.CharBlock(max_length=60, required=False, help_text="Such as: 4 people.")
    needs = blocks.ListBlock(blocks.CharBlock(max_length=120, label="Thing"), label="What you need")
    steps = blocks.ListBlock(blocks.TextBlock(max_length=500, rows=2, label="Step"), label="How to do it")
    picture = ImageBlock(required=False)
    caption = blocks.CharBlock(max_length=200, required=False)
    note = blocks.TextBlock(max_length=300, required=False, rows=2, help_text="Whose recipe it is, or a tip.")

    class Meta:
        icon = "list-ul"
        group = GROUP
        description = "What you need, and how to do it, step by step."


class PuzzleBlock(blocks.StructBlock):
    """Something to work out; its answer stands at the end of the issue."""

    heading = blocks.CharBlock(max_length=120, label="Headline")
    words = WordsBlock()
    picture = ImageBlock(required=False)
    caption = blocks.CharBlock(max_length=200, required=False)
    answer = blocks.TextBlock(max_length=600, rows=2, help_text="It stands at the end of the issue.")

    class Meta:
        icon = "help"
        group = GROUP
        description = "A riddle or a quiz. The answer stands at the end of the issue."
