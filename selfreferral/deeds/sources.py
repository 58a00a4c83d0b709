"""Saying which kind of service asked for somebody, for the figures alone."""

from typing import Any

from django import forms

from selfreferral.actions import sources
from selfreferral.deeds.shapes import READ_IT, Deed, Group, Situation, VersionedForm
from selfreferral.models import Referral, ReferralSource
from selfreferral.people import WORK
from selfreferral.workflow import ASIDE, Who


class ServiceForm(VersionedForm):
    """From which kind of service it came; asked where somebody asked whose work it is."""

    name = "service"
    heading = "Which service asked"
    intro = (
        "It is counted in our reports, and not shown with the person's name. The lead keeps the list, under Settings."
    )
    button = "Write it down"
    group = Group.RECORD
    at_sight = READ_IT
    service = forms.ModelChoiceField(
        queryset=ReferralSource.objects.none(), label="Kind of service", required=False, empty_label="Not known"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.referral.came_from_id
        self.fields["service"].queryset = ReferralSource.objects.offered(beside=chosen)  # type: ignore[attr-defined]
        self.initial["service"] = chosen

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        is_ours = not here.who.isdisjoint({Who.NAVIGATOR, Who.LEAD}) and here.referral.where not in ASIDE
        return is_ours and here.referral.source == Referral.Source.WORKER


DEEDS = (Deed(ServiceForm, WORK, sources.name_service, "Written down: it counts for this kind of service."),)
