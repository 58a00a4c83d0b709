"""The blocks that editors build an issue from; how each is drawn is the business of `newsletter.rendering`."""

from django import forms
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from newsletter.joining_in import InvitationBlock, PuzzleBlock, RecipeBlock
from newsletter.long_words import WordsBlock
from newsletter.rendering.live import action_choices, activity_choices, warm_space_choices

# Wagtail sorts the groups of its picker by their names.
STORIES, LIVE = "Articles", "From the directory and the map"


class LeadBlock(blocks.StructBlock):
    """The story on top: the largest headline, and what the front page of the site shows."""

    heading = blocks.CharBlock(max_length=120, label="Headline")
    standfirst = blocks.TextBlock(
        max_length=300, required=False, label="Opening", help_text="One or two sentences in larger type."
    )
    words = WordsBlock()
    picture = ImageBlock(required=False)
    caption = blocks.CharBlock(max_length=200, required=False)

    class Meta:
        icon = "title"
        label = "Lead story"
        group = STORIES
        description = "The story on top, once. The front page of the site shows it too."


class StoryBlock(blocks.StructBlock):
    """One story."""

    heading = blocks.CharBlock(max_length=120, label="Headline")
    words = WordsBlock()
    picture = ImageBlock(required=False)
    caption = blocks.CharBlock(max_length=200, required=False)

    class Meta:
        icon = "doc-full"
        group = STORIES
        description = "A headline, some words and, if you like, a picture."


class PictureBlock(blocks.StructBlock):
    """A picture on its own, with its caption."""

    picture = ImageBlock()
    caption = blocks.CharBlock(max_length=200, required=False)

    class Meta:
        icon = "image"
        group = STORIES
        description = "A picture on its own, with words under it."


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, set large."""

    words = blocks.TextBlock(max_length=600)
    who = blocks.CharBlock(max_length=100, required=False)

    class Meta:
        icon = "openquote"
        group = STORIES
        description = "Somebody’s words, set large. Ask them first."


class NoticeBlock(blocks.StructBlock):
    """Something that readers need to know, set apart."""

    heading = blocks.CharBlock(max_length=120, required=False)
    text = blocks.TextBlock(max_length=600)

    class Meta:
        icon = "info-circle"
        group = STORIES
        description = "Something to know, in a box: a change, a warning, a date."


class WhatsOnBlock(blocks.StructBlock):
    """What is on between two days, from the directory; it is looked up for the last time when the issue is sent."""

    heading = blocks.CharBlock(max_length=120, default="What is on")
    starts_on = blocks.DateBlock(
        required=False, label="From", help_text="Empty: from the date of the issue, or from today where that is gone."
    )
    ends_on = blocks.DateBlock(required=False, label="To", help_text="Empty: two weeks.")
    activities = blocks.MultipleChoiceBlock(
        choices=activity_choices,
        required=False,
        default=[],
        widget=forms.CheckboxSelectMultiple,
        label="Only these",
        help_text="None: everything that is on.",
    )
    most = blocks.IntegerBlock(default=8, min_value=1, max_value=30, label="At most")
    note = blocks.TextBlock(max_length=300, required=False)

    class Meta:
        icon = "calendar-alt"
        label = "What is on"
        group = LIVE
        description = "What is on in the days of this issue. It fills itself."


class WarmSpacesBlock(blocks.StructBlock):
    """Warm spaces, from the directory; looked up for the last time when the issue is sent."""

    heading = blocks.CharBlock(max_length=120, default="Somewhere warm")
    venues = blocks.MultipleChoiceBlock(
        choices=warm_space_choices,
        required=False,
        default=[],
        widget=forms.CheckboxSelectMultiple,
        label="Only these",
        help_text="None: all in our own area.",
    )
    most = blocks.IntegerBlock(default=6, min_value=1, max_value=30, label="At most")
    note = blocks.TextBlock(max_length=300, required=False)

    class Meta:
        icon = "home"
        group = LIVE
        description = "Where it is warm, with the hours. It fills itself."


class SaidAndDoneBlock(blocks.StructBlock):
    """One thing that people said, and what was done."""

    said = blocks.TextBlock(max_length=300, label="You said")
    did = blocks.TextBlock(max_length=400, label="We did")


class YouSaidWeDidBlock(blocks.StructBlock):
    """What people said and what was done: rows written here, then chosen ones or the newest from the comments."""

    heading = blocks.CharBlock(max_length=120, default="You said, we did")
    rows = blocks.ListBlock(SaidAndDoneBlock(), min_num=0, default=[])
    actions = blocks.MultipleChoiceBlock(
        choices=action_choices,
        required=False,
        default=[],
        widget=forms.CheckboxSelectMultiple,
        label="These from the comments",
        help_text="None: the newest.",
    )
    newest = blocks.IntegerBlock(default=2, min_value=0, max_value=10, label="Newest from the comments")
    note = blocks.TextBlock(max_length=300, required=False)

    class Meta:
        icon = "tick-inverse"
        label = "You said, we did"
        group = LIVE
        description = "What people said and what came of it: your own rows, and the newest from the map."


class ContactLineBlock(blocks.StructBlock):
    """One way to reach somebody."""

    label = blocks.CharBlock(max_length=80)
    value = blocks.CharBlock(max_length=160)


class ContactsBlock(blocks.StructBlock):
    """How to reach us and others."""

    heading = blocks.CharBlock(max_length=120, default="How to reach us")
    lines = blocks.ListBlock(ContactLineBlock())
    note = blocks.TextBlock(max_length=300, required=False)

    class Meta:
        icon = "mobile-alt"
        label = "How to reach us"
        group = STORIES
        description = "Who to ring, write to or visit. It stands best at the end."


class IssueBody(blocks.StreamBlock):
    """What an issue is made of, in the order in which it is read."""

    lead = LeadBlock()
    story = StoryBlock()
    picture = PictureBlock()
    quote = QuoteBlock()
    notice = NoticeBlock()
    whats_on = WhatsOnBlock()
    warm_spaces = WarmSpacesBlock()
    you_said_we_did = YouSaidWeDidBlock()
    invitation = InvitationBlock()
    recipe = RecipeBlock()
    puzzle = PuzzleBlock()
    contacts = ContactsBlock()

    class Meta:
        block_counts = {"lead": {"max_num": 1}}
