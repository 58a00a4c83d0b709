"""The part of a report's form that says which of what was placed is not shown."""

from typing import Any

from wagtail.admin.panels import Panel


class LeftOutPanel(Panel):
    """Sentences about the report as it was saved last; nothing where all of it is shown."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "insight/admin/left_out.html"

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.instance.pk and self.instance.left_out())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "sentences": self.instance.left_out()}
