"""Blocks that editors build pages from."""

from wagtail import blocks
from wagtail.images.blocks import ImageBlock

WORDS = ["bold", "italic", "link", "ol", "ul", "h3"]


class HelpLineBlock(blocks.StructBlock):
    """One number for urgent help and when to ring it."""

    label = blocks.CharBlock(max_length=80)
    phone = blocks.CharBlock(max_length=30)
    detail = blocks.CharBlock(max_length=160, required=False)

    class Meta:
        icon = "mobile-alt"


class PictureBlock(blocks.StructBlock):
    """A picture with its caption; the words for people who cannot see it are asked for by Wagtail's image block."""

    image = ImageBlock()
    caption = blocks.CharBlock(max_length=200, required=False)

    class Meta:
        icon = "image"
        template = "pages/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, set apart."""

    words = blocks.TextBlock(max_length=600)
    who = blocks.CharBlock(max_length=100, required=False)

    class Meta:
        icon = "openquote"
        template = "pages/blocks/quote.html"


class LinkBlock(blocks.StructBlock):
    """The next step: a page of ours or another address, as a button."""

    label = blocks.CharBlock(max_length=60)
    page = blocks.PageChooserBlock(required=False)
    address = blocks.CharBlock(
        max_length=300, required=False, help_text="Used where no page is chosen, such as /get-help/"
    )

    class Meta:
        icon = "link"
        template = "pages/blocks/link.html"


class BodyBlock(blocks.StreamBlock):
    """What a standard page is made of."""

    heading = blocks.CharBlock(max_length=120, icon="title", template="pages/blocks/heading.html")
    words = blocks.RichTextBlock(features=WORDS, template="pages/blocks/words.html")
    picture = PictureBlock()
    quote = QuoteBlock()
    notice = blocks.TextBlock(max_length=600, icon="info-circle", template="pages/blocks/notice.html")
    link = LinkBlock()

    class Meta:
        template = "pages/blocks/body.html"
