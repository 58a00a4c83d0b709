"""One kind of page with the portal's own blocks, written as Wagtail's tutorial writes them, and one setting."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail import blocks
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page, Site


class PictureBlock(blocks.StructBlock):
    image = ImageBlock()
    caption = blocks.CharBlock(required=False)

    class Meta:
        template = "stock/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    words = blocks.TextBlock()
    who = blocks.CharBlock(required=False)

    class Meta:
        template = "stock/blocks/quote.html"


class LinkBlock(blocks.StructBlock):
    label = blocks.CharBlock()
    page = blocks.PageChooserBlock(required=False)
    address = blocks.CharBlock(required=False)

    class Meta:
        template = "stock/blocks/link.html"


class HomePage(Page):
    summary = models.CharField(max_length=240, blank=True)
    body = StreamField(
        [
            ("heading", blocks.CharBlock(template="stock/blocks/heading.html")),
            ("words", blocks.RichTextBlock()),
            ("picture", PictureBlock()),
            ("quote", QuoteBlock()),
            ("notice", blocks.TextBlock(template="stock/blocks/notice.html")),
            ("link", LinkBlock()),
        ],
        blank=True,
    )

    template = "stock/home_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        site = Site.find_for_request(request)
        assert site is not None
        context["menu"] = site.root_page.get_children().live().in_menu()
        return context


@register_setting
class Identity(BaseSiteSetting):
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=100, blank=True)
