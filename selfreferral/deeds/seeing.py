"""Seeing somebody whom a colleague holds."""

from django import forms

from selfreferral.actions.revealing import reveal
from selfreferral.deeds.shapes import Deed, Situation, StaffForm
from selfreferral.models import Reveal
from selfreferral.people import SEE
from selfreferral.seeing.sight import Sight


class RevealForm(StaffForm):
    """Why somebody needs to see it."""

    name = "reveal"
    heading = "Why do you need to see it?"
    intro = "Your reason is kept with your name. You can read it for an hour and add notes, and no more."
    button = "Show it to me"
    at_sight = frozenset({Sight.MASKED})
    why = forms.TypedChoiceField(
        label="Choose one", coerce=Reveal.Why, choices=Reveal.Why.choices, widget=forms.RadioSelect
    )

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        """Not on a page that is open."""
        return False


DEEDS = (Deed(RevealForm, SEE, reveal, "You can read it for an hour."),)
