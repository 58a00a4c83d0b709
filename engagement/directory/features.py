"""What a venue offers, each a yes, a no or not known: the one table that forms, lists and pages read."""

from dataclasses import dataclass

from django.db.models import TextChoices


class Known(TextChoices):
    """Not known is a value of its own and never shown as a no."""

    YES = "yes", "yes"
    NO = "no", "no"
    NOT_KNOWN = "not_known", "not known"


@dataclass(frozen=True)
class Feature:
    """One thing a venue may offer: its column, its name in addresses, and the words for it."""

    field: str
    key: str
    label: str
    short: str


FEATURES = (
    Feature("free_entry", "free", "Free to come in", "free"),
    Feature("food", "food", "Food or a hot drink", "food or a hot drink"),
    Feature("step_free", "step-free", "No steps to get in", "no steps"),
    Feature("toilets", "toilets", "Toilets", "toilets"),
    Feature("wifi", "wifi", "Wifi", "wifi"),
    Feature("children_welcome", "children", "Children welcome", "children welcome"),
    Feature("dementia_friendly", "dementia-friendly", "Dementia friendly", "dementia friendly"),
)
BY_KEY = {feature.key: feature for feature in FEATURES}
