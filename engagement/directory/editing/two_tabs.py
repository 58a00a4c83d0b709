"""What a form of staff showed when it was opened, so that a tab that stood open writes only what was typed in it.

And which new entry it makes, so that two presses make one.
"""

import json
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from wagtail.admin.forms import WagtailAdminModelForm

from engagement.directory.keeping.wishes import fingerprint
from portal.text import plain

SHOWN, ONCE = "shown", "once"
Entry = TypeVar("Entry", bound=models.Model)


def mark(value: Any) -> str:
    """A few letters for a value, the same whether it comes from the row or from the form."""
    value = value.pk if isinstance(value, models.Model) else value
    return fingerprint("" if value is None else plain(str(value)))


class RememberingForm(WagtailAdminModelForm):
    """Carries along a few letters for what each field showed; `typed` is what differs from them now."""

    instance: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = [one for one in self.instance._meta.concrete_fields if one.name in self.fields]
        self.shown = {one.name: mark(getattr(self.instance, one.attname)) for one in fields} | self.also_shown()
        if self.instance.pk is not None:
            self.fields[SHOWN] = forms.CharField(required=False, widget=forms.HiddenInput)
            self.initial[SHOWN] = json.dumps(self.shown)

    def also_shown(self) -> dict[str, str]:
        """The marks of columns that stand in the form in another way."""
        return {}

    @property
    def typed(self) -> dict[str, Any]:
        """What was changed in this tab, by column; where it does not say what it showed, what differs from the row."""
        shown = self.shown | _read(self.cleaned_data.get(SHOWN, ""))
        return {
            name: value for name, value in self.cleaned_data.items() if name in shown and mark(value) != shown[name]
        }


class OnceForm(RememberingForm):
    """The form of a new entry carries the number that the entry will have: pressed twice, it makes one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields[ONCE] = forms.UUIDField(required=False, widget=forms.HiddenInput)
            self.initial[ONCE] = self.instance.public_id

    def once(self, add: Callable[[], Entry]) -> Entry:
        """What `add` makes of the new entry, or what an earlier press made of it, which this form is then about."""
        self.instance = entry = self._made_once(add)
        return entry

    def _made_once(self, add: Callable[[], Entry]) -> Entry:
        self.instance.public_id = self.cleaned_data.get(ONCE) or self.instance.public_id
        of_the_first = type(self.instance)._default_manager.filter(public_id=self.instance.public_id)
        if first := of_the_first.first():
            return first
        try:
            with transaction.atomic():
                return add()
        except (IntegrityError, ValidationError):
            # Both presses were under way at once, and the other came first.
            if first := of_the_first.first():
                return first
            raise


def _read(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return {name: words for name, words in found.items() if isinstance(words, str)} if isinstance(found, dict) else {}
