"""What somebody can ask of the list of groups."""

from django import forms

from engagement.directory.models import Organisation
from portal.forms import PlainField, PublicForm

LONGEST = 100


class GroupsForm(PublicForm):
    """Words and kinds; a GET form, so that a choice is an address."""

    q = PlainField(
        label="Words",
        help_text="A name, or what they do, such as “boxing”.",
        required=False,
        max_length=LONGEST,
    )
    kind = forms.MultipleChoiceField(
        label="Only show",
        required=False,
        choices=[(kind.value, kind.label) for kind in Organisation.Kind if kind != Organisation.Kind.NOT_KNOWN],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from this list."},
    )

    @property
    def words(self) -> str:
        self.is_valid()
        words: str = self.cleaned_data.get("q", "")
        return words

    @property
    def kinds(self) -> list[str]:
        self.is_valid()
        kinds: list[str] = self.cleaned_data.get("kind", [])
        return kinds
