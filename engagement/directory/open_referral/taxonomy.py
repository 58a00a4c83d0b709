"""What our services are about and what they offer, as the taxonomies and terms of the standard."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engagement.directory.features import FEATURES, Known
from engagement.directory.models import Activity, Venue
from engagement.directory.open_referral.identity import named
from engagement.directory.themes import Theme

VERSION = "1"
# Which themes a place serves by what it is.
PLACE_THEMES: Mapping[str, str] = {
    Theme.WARM: "is_warm_space",
    Theme.FOOD: "is_food_place",
    Theme.ADVICE: "is_advice_place",
}


@dataclass(frozen=True)
class Taxonomy:
    """A set of words by which services are sorted."""

    key: str
    name: str
    description: str

    @property
    def id(self) -> str:
        return named("taxonomy", self.key)

    @property
    def record(self) -> dict[str, Any]:
        return {"id": self.id, "name": self.name, "description": self.description, "version": VERSION}


@dataclass(frozen=True)
class Term:
    """One word of a taxonomy; `key` is a theme, a column that says yes, or an audience."""

    taxonomy: Taxonomy
    key: str
    name: str
    description: str

    @property
    def id(self) -> str:
        return named("term", self.taxonomy.key, self.key)

    @property
    def record(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "code": self.key,
            "name": self.name,
            "description": self.description,
            "taxonomy": self.taxonomy.name,
            "taxonomy_id": self.taxonomy.id,
            "language": "en",
        }


THEMES = Taxonomy("themes", "Themes", "What a service is about.")
OFFERED = Taxonomy(
    "offered", "What is offered", "What a service or a place is known to offer; what is not known is left out."
)
FOR_WHOM = Taxonomy("for-whom", "Groups for", "Groups for men or for women.")
TAXONOMIES = (THEMES, OFFERED, FOR_WHOM)
_GROUPS = (Activity.Audience.MEN, Activity.Audience.WOMEN)
TERMS = (
    *(Term(THEMES, theme.value, str(theme.label), f"The service is about: {theme.label}.") for theme in Theme),
    *(Term(OFFERED, feature.field, feature.label, f"Known to be so: {feature.label}.") for feature in FEATURES),
    *(Term(FOR_WHOM, one.value, f"For {one.label}", f"A group for {one.label}.") for one in _GROUPS),
)
BY_ID = {term.id: term for term in TERMS}
TAXONOMY_BY_ID = {taxonomy.id: taxonomy for taxonomy in TAXONOMIES}
_BY_KEY = {(term.taxonomy, term.key): term for term in TERMS}


def terms_of_venue(venue: Venue) -> list[Term]:
    """What a place is for, and what it is known to offer."""
    themes = [_BY_KEY[THEMES, theme] for theme, column in PLACE_THEMES.items() if getattr(venue, column)]
    return themes + offered(venue)


def terms_of_activity(activity: Activity) -> list[Term]:
    """What it is about, what it is known to offer, and for whom it is where that is said."""
    themes = [_BY_KEY[THEMES, activity.theme]] if (THEMES, activity.theme) in _BY_KEY else []
    groups = [_BY_KEY[FOR_WHOM, activity.audience]] if (FOR_WHOM, activity.audience) in _BY_KEY else []
    return themes + offered(activity) + groups


def offered(entry: Venue | Activity) -> list[Term]:
    """What an entry says yes to."""
    return [_BY_KEY[OFFERED, feature.field] for feature in FEATURES if _says_yes(entry, feature.field)]


def attributes(of: str, terms: Iterable[Term], kind: str) -> list[dict[str, Any]]:
    """The links from a record to its terms, each with the term itself."""
    return [
        {
            "id": named("attribute", of, term.id),
            "link_id": of,
            "taxonomy_term_id": term.id,
            "link_type": kind,
            "taxonomy_term": {name: value for name, value in term.record.items() if name not in {"code", "language"}},
        }
        for term in terms
    ]


def _says_yes(entry: Venue | Activity, field: str) -> bool:
    return getattr(entry, field, None) == Known.YES
