"""Shows what the gate finds in Wagtail's own checker, while an issue is being written.

The preview of an issue says each finding at its place, marked with its kind; a rule for each kind reports the mark. Wagtail
takes no checks of our own, so the rule asks for one that comes with axe and that our mark never has: a title.
"""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.userbar import ContentCheckerItem

from newsletter.gate.findings import Kind

_IN_WORDS: dict[Kind, tuple[str, str]] = {
    Kind.NO_LEAD: ("No lead story", "Add one: the front page shows it"),
    Kind.EMPTY: ("A part with nothing in it", "Fill it, or take it out"),
    Kind.NO_ALT: ("Picture without words", "Say what it shows, or mark it as decorative"),
    Kind.LOST_PICTURE: ("Picture that cannot be read", "Choose the picture again"),
    Kind.HEADINGS: ("Heading out of order", "Use small headings inside a story"),
    Kind.LINK_WORDS: ("Link that says nothing", "Say where it leads"),
    Kind.JOINED: ("Words that run together", "Write a line for each row of the table"),
    Kind.READING_AGE: ("Hard to read", "Use shorter sentences and everyday words"),
    Kind.STALE: ("Nobody checked this for 60 days", "Ring them, then press “Checked” in the directory"),
    Kind.UNFINISHED: ("Invitation that is not finished", "Fill in what is missing"),
    Kind.CLOSED: ("Invitation that is over", "Change the day, or take it out"),
    Kind.PLAIN_TEXT: ("Plain text that does not match", "Read it again, or make it from the blocks"),
}


class NewspaperCheckerItem(ContentCheckerItem):
    """Wagtail's checker with the gate's rules beside its own."""

    @classmethod
    def instead_of(cls, item: Any) -> Any:
        """This checker where Wagtail has put its own, else the item as it is."""
        return cls(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item

    def get_axe_exclude(self, request: HttpRequest) -> list[Any]:
        """The paper's name is set large and is no heading; the headline under it is."""
        return [*super().get_axe_exclude(request), ".flag-name"]

    def get_axe_run_only(self, request: HttpRequest) -> list[str]:
        return [*super().get_axe_run_only(request), *(rule_of(kind) for kind in Kind)]

    def get_axe_custom_rules(self, request: HttpRequest) -> list[dict[str, Any]]:
        ours = [
            {
                "id": rule_of(kind),
                "impact": "serious",
                "selector": f'[data-finding="{kind}"]',
                "tags": ["best-practice"],
                "any": ["non-empty-title"],
                "enabled": True,
            }
            for kind in Kind
        ]
        return [*super().get_axe_custom_rules(request), *ours]

    def get_axe_messages(self, request: HttpRequest) -> dict[str, dict[str, str]]:
        ours = {rule_of(kind): {"error_name": name, "help_text": said} for kind, (name, said) in _IN_WORDS.items()}
        return {**super().get_axe_messages(request), **ours}


def rule_of(kind: Kind) -> str:
    """The name of the rule that reports a kind of finding."""
    return f"newspaper-{kind.replace('_', '-')}"
