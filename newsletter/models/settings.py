"""What a partnership decides about its newspaper's weekly mail."""

from django.core.validators import MaxValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

from portal.clock import WEEKDAYS
from portal.privacy import NoPersonalData


@register_setting(icon="mail")
class NewspaperSettings(BaseSiteSetting):
    """Whether there is a weekly mail, and when it goes."""

    sends_weekly = models.BooleanField(
        "send the weekly mail", default=False, help_text="To readers who chose one mail a week."
    )
    weekly_day = models.PositiveSmallIntegerField(
        "on", choices=list(enumerate(WEEKDAYS)), default=4, help_text="The mail tells of the seven days after it."
    )
    weekly_hour = models.PositiveSmallIntegerField("at (hour)", default=9, validators=[MaxValueValidator(23)])

    personal_data = NoPersonalData(because="it is when a mail goes, and about nobody")

    panels = [FieldPanel("sends_weekly"), FieldPanel("weekly_day"), FieldPanel("weekly_hour")]

    class Meta:
        verbose_name = "newspaper"


def newspaper_settings() -> NewspaperSettings:
    """What was decided, where no request says which site."""
    site = Site.objects.filter(is_default_site=True).first()
    return NewspaperSettings.for_site(site) if site else NewspaperSettings()
