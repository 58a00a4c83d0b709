"""What is left to do when somebody's paper form has been typed in."""

from django import forms

from selfreferral.actions import entering
from selfreferral.deeds.shapes import DayInput, Deed, Group, Situation, VersionedForm
from selfreferral.models import Referral
from selfreferral.people import WORK


class PaperForm(VersionedForm):
    """The day on which the paper was destroyed; asked until it is."""

    name = "paper"
    heading = "The paper form"
    intro = "It was typed in. Keep it under lock and key until it is destroyed, and write down the day."
    button = "The paper is destroyed"
    group = Group.RECORD
    destroyed_on = forms.DateField(label="Destroyed on", widget=DayInput)

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        return here.referral.came_by == Referral.CameBy.PAPER and here.referral.paper_destroyed_on is None


DEEDS = (Deed(PaperForm, WORK, entering.destroy_paper, "Written down: the paper is destroyed."),)
