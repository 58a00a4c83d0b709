"""The lists that the desk works with: saved replies and the checklist, on Wagtail's own screens."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel

from engagement.comments.models import ChecklistItem, SavedReply
from engagement.comments.viewsets import ListViewSet, yes_or_no


class SavedReplyViewSet(ListViewSet):
    """What the team writes often."""

    model = SavedReply
    name = "saved-replies"
    icon = "openquote"
    menu_label = "Saved replies"
    menu_order = 330
    list_display = ("title", "kind", "position")
    panels = [
        FieldPanel("title"),
        FieldPanel("words"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("position")]),
    ]


class ChecklistViewSet(ListViewSet):
    """What to look for before a comment is published."""

    model = ChecklistItem
    name = "comment-checklist"
    icon = "list-ul"
    menu_label = "Checklist for comments"
    menu_order = 340
    list_display = ("words", yes_or_no("is_active", "In use"), "position")
    panels = [FieldPanel("words"), FieldRowPanel([FieldPanel("position"), FieldPanel("is_active")])]
