"""What takes two: showing a record to a partner, and asking that it is erased."""

from typing import Any

from django import forms
from django.utils import timezone

from portal.accounts.models import User
from selfreferral.actions import erasing
from selfreferral.actions import sharing as sharing_actions
from selfreferral.deeds.shapes import DayInput, Deed, Group, Situation, StaffForm, words
from selfreferral.models import ErasureRequest, SharedView, SharingAgreement
from selfreferral.models.together import SHARED_WHILE
from selfreferral.people import ALLOCATE, WORK, partners
from selfreferral.sharing import parts as sharing
from selfreferral.workflow import State, Who, may


class AgreementChoice(forms.ModelChoiceField):
    """An agreement by its partner, its purpose and its last day."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.partner_name}: {obj.purpose}, until {obj.ends_on:%-d %B %Y}"


class ShareForm(StaffForm):
    """What one person of a partner is shown, and until when. Nothing is ticked beforehand."""

    name = "share"
    heading = "Share it with a partner"
    intro = (
        "Tick only what they need to know to help. They can read it and nothing else, and each time that they open it is "
        "written down. Who told us is never shown."
    )
    button = "Share this"
    agreement = AgreementChoice(queryset=SharingAgreement.objects.none(), empty_label="Choose one")
    partner = forms.ModelChoiceField(queryset=User.objects.none(), label="With whom", empty_label="Choose one")
    parts = forms.MultipleChoiceField(label="What they need to know", widget=forms.CheckboxSelectMultiple)
    why = words("Why they need it, and what the person said about it", rows=2)
    ends_on = forms.DateField(label="Until", widget=DayInput, help_text="Not after the last day of the agreement.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["agreement"].queryset = SharingAgreement.objects.in_force(today=timezone.localdate())
        fields["partner"].queryset = partners().order_by("first_name", "email")
        fields["parts"].choices = sharing.choices(self.referral)

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        return here.is_near and here.referral.where in SHARED_WHILE


class StopSharingForm(StaffForm):
    """One view, to be shown no more."""

    name = "stop-sharing"
    heading = "Stop sharing"
    button = "Stop sharing"
    group = Group.LINE
    view = forms.ModelChoiceField(queryset=SharedView.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["view"].queryset = self.referral.shared_views.all()  # type: ignore[attr-defined]

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        return here.is_near


class AskToEraseForm(StaffForm):
    """Why it should go; a second person decides."""

    name = "ask-to-erase"
    heading = "Ask that it is erased"
    intro = (
        "An administrator must agree, who sees the reference and your reason and nothing else. Then nobody can read any "
        "of it again. Requests that were put together with this one are erased with it."
    )
    button = "Ask for it"
    why = forms.TypedChoiceField(
        label="Why",
        coerce=ErasureRequest.Why,
        choices=ErasureRequest.Why.choices,
        widget=forms.RadioSelect,
    )

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        is_asked = here.referral.erasure_requests.waiting().exists()
        return Who.LEAD in here.who and may(here.referral.where, State.ERASED, here.who) and not is_asked


DEEDS: tuple[Deed, ...] = (
    Deed(ShareForm, WORK, sharing_actions.share, "Shared. They find it when they sign in."),
    Deed(StopSharingForm, WORK, sharing_actions.stop_sharing, "It is shown to them no more."),
    Deed(AskToEraseForm, ALLOCATE, erasing.ask_to_erase, "Asked. An administrator decides."),
)
