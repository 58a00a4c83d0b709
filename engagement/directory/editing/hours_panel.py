"""The part of the venue form that shows the rows of its hours."""

from typing import Any

from wagtail.admin.panels import Panel


class HoursPanel(Panel):
    """Rows in place of a code; the form itself holds them."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/admin/hours_rows.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "form": self.form, "rows": self.form.hours_rows, "venue": self.instance}
