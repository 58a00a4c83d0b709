"""Forms residents fill: rendered by our components, cleaned to plain text."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

from portal.text import LONGEST, plain


class ComponentRenderer(TemplatesSetting):
    """Renders each field by `components/field.html`."""

    field_template_name = "components/field.html"


class PublicForm(forms.Form):
    """A form on a public page: component markup, no HTML5 bubbles in the way of our own words."""

    default_renderer = ComponentRenderer
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class PlainField(forms.CharField):
    """Words a resident types, as plain text; NULs and other control characters vanish before any check."""

    def __init__(self, *, max_length: int = LONGEST, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        return plain(super().to_python(value) or "", limit=LONGEST)
