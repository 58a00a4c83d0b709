"""What makes the site this partnership's own: its wordmark, its contacts, and the numbers for urgent help."""

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import register_setting
from wagtail.fields import StreamField

from portal.pages.blocks import HelpLineBlock
from portal.pages.known import KnownSetting, default_site
from portal.privacy import NoPersonalData


@register_setting(icon="home")
class SiteIdentity(KnownSetting):
    """The wordmark, the place it serves and how to reach the team."""

    name = models.CharField(max_length=40, default="Together")
    place_name = models.CharField(max_length=60, default="our village")
    strapline = models.CharField(max_length=120, blank=True)
    partnership = models.CharField("name of the partnership", max_length=120, blank=True)
    base_name = models.CharField("where the team sits", max_length=120, blank=True)
    base_address = models.CharField(max_length=200, blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    contact_email = models.EmailField(blank=True)
    data_controller = models.CharField("who answers for personal data", max_length=120, blank=True)
    latitude = models.FloatField("middle of the map, latitude", default=54.76)
    longitude = models.FloatField("middle of the map, longitude", default=-1.31)
    logo = models.ForeignKey("wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    personal_data = NoPersonalData(because="it is the partnership's own name and public contacts")

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("place_name"), FieldPanel("strapline"), FieldPanel("logo")], "Wordmark"
        ),
        MultiFieldPanel(
            [
                FieldPanel("partnership"),
                FieldPanel("base_name"),
                FieldPanel("base_address"),
                FieldPanel("contact_phone"),
                FieldPanel("contact_email"),
                FieldPanel("data_controller"),
            ],
            "The team",
        ),
        MultiFieldPanel([FieldPanel("latitude"), FieldPanel("longitude")], "Map"),
    ]

    class Meta:
        verbose_name = "site identity"
        permissions = [("view_components", "Can see the gallery of components")]


def site_identity() -> SiteIdentity:
    """Who we are, where no request says which site: in mails and feeds."""
    site = default_site()
    return SiteIdentity.for_site(site) if site else SiteIdentity()


@register_setting(icon="warning")
class UrgentHelp(KnownSetting):
    """The numbers on every page for somebody who cannot wait, with the day on which they were last rung or read."""

    lines = StreamField([("line", HelpLineBlock())], blank=True, use_json_field=True)
    checked_on = models.DateField("numbers last checked on", null=True, blank=True)

    personal_data = NoPersonalData(because="helplines are public")

    panels = [FieldPanel("lines"), FieldPanel("checked_on")]

    class Meta:
        verbose_name = "urgent help"
