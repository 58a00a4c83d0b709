"""What staff fill in on the moderation desk: decisions, one or many, and what is taken out of somebody's words."""

from typing import Any

from django import forms

from engagement.comments.actions.many import IN_BULK
from engagement.comments.actions.moderating import LONGEST_NOTE, LONGEST_TOLD
from engagement.comments.models import ChecklistItem, SavedReply
from engagement.comments.workflow import CHANGES, REASONS
from portal.forms import PlainField

_REASONS = [("", ""), *REASONS.items()]
LONGEST_SHOWN = 20_000


class _Told(forms.Form):
    """What the author of a declined comment is told: a saved reply, or words of one's own, which go first."""

    reply = forms.ModelChoiceField(queryset=SavedReply.objects.for_the_declined(), required=False)
    told = PlainField(max_length=LONGEST_TOLD, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        reply = cleaned.pop("reply", None)
        cleaned["told"] = cleaned.get("told") or (reply.words if reply else "")
        return cleaned


class DecisionForm(_Told):
    """One decision, with what was on the screen when it was made."""

    change = forms.CharField(max_length=20)
    reason = forms.ChoiceField(choices=_REASONS, required=False)
    note = PlainField(max_length=LONGEST_NOTE, required=False)
    seen = forms.IntegerField(min_value=0)


class ManyForm(_Told):
    """One decision about all that are ticked."""

    change = forms.ChoiceField(choices=[(name, CHANGES[name].label) for name in IN_BULK])
    reason = forms.ChoiceField(choices=_REASONS, required=False)
    note = PlainField(max_length=LONGEST_NOTE, required=False)


class BatchForm(forms.Form):
    """Which press is taken back."""

    batch = forms.UUIDField()


class SeenForm(forms.Form):
    """An undo, with what was on the screen."""

    seen = forms.IntegerField(min_value=0)


class RedactionForm(forms.Form):
    """What everybody may read of a comment, with what was on the screen."""

    words = PlainField(max_length=LONGEST_SHOWN, required=False)
    where_words = PlainField(max_length=LONGEST_SHOWN, required=False)
    is_name_hidden = forms.BooleanField(required=False)
    is_photo_hidden = forms.BooleanField(required=False)
    note = PlainField(max_length=LONGEST_NOTE, required=False)
    is_to_be_published = forms.BooleanField(required=False)
    seen = forms.IntegerField(min_value=0)
    seen_redaction = forms.IntegerField(min_value=0)


class AdditionForm(forms.Form):
    """What everybody may read of words that were added later."""

    words = PlainField(max_length=LONGEST_SHOWN, required=False)
    is_published = forms.BooleanField(required=False)


class ChecklistForm(forms.Form):
    """What somebody has looked at."""

    items = forms.ModelMultipleChoiceField(queryset=ChecklistItem.objects.in_use(), required=False)


class HandOverForm(forms.Form):
    """Whether it can wait."""

    cannot_wait = forms.BooleanField(required=False)
