"""Ways to say where, for every form about a place, and the choices that narrow the list of comments."""

from collections.abc import Mapping
from typing import Any

from django import forms

from engagement.comments.actions.leaving import BAD_PIN
from engagement.comments.models import PlaceComment, Theme
from engagement.comments.selection import ANSWERED, LONGEST_QUERY, Selection
from portal.forms import PlainField, PublicForm

__all__ = ["BAD_PIN", "SelectionForm", "WhereChoiceField", "WhereField"]


class _OneOfSeveral:
    """Mixed into a field of a group of which one is enough: it is not said to be optional, and not missed alone."""

    def validate(self, value: Any) -> None:
        """The form sees to it that one of the group is filled in."""


class WhereField(_OneOfSeveral, PlainField):
    """A place in words."""


class WhereChoiceField(_OneOfSeveral, forms.ModelChoiceField):
    """A place from the list."""


class SelectionForm(PublicForm):
    """The choices above the list, showing what was chosen; the address is read by `read_selection`."""

    theme = forms.ChoiceField(label="What it is about", required=False)
    feeling = forms.ChoiceField(
        label="How people feel", required=False, choices=[("", "Any feeling"), *PlaceComment.Feeling.choices]
    )
    status = forms.ChoiceField(label="Answered or not", required=False, choices=[("", "Both"), *ANSWERED.items()])
    place = forms.ChoiceField(label="Where", required=False)
    q = PlainField(label="Words to look for", required=False, max_length=LONGEST_QUERY, widget=forms.TextInput)
    consultation = forms.CharField(required=False, widget=forms.HiddenInput)
    bbox = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *, selection: Selection, themes: list[Theme], places: Mapping[str, str]) -> None:
        super().__init__(initial=selection.as_parameters)
        self.fields["theme"].choices = [("", "Anything"), *((theme.slug, theme.name) for theme in themes)]  # type: ignore[attr-defined]
        self.fields["place"].choices = [("", "Anywhere"), *places.items()]  # type: ignore[attr-defined]
        for name in ("consultation", "bbox"):
            if name not in self.initial:
                del self.fields[name]
        for name, offered in (("theme", themes), ("place", places)):
            if not offered:
                del self.fields[name]
        for field in self.fields.values():
            # Nothing here has to be filled in, so nothing says that it can be skipped.
            field.required = not field.widget.is_hidden
