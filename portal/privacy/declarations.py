"""How a model declares the personal data it holds; a test fails for a model or field that is not declared."""

import re
from dataclasses import dataclass

from django.apps import apps
from django.db import models

_PERIOD = re.compile(r"\{([a-z_.]+)\}")


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """Why a model holds personal data, for how long and what becomes of it; shown on the public privacy page.

    `fields` are personal, `impersonal` are not; together they name every column but the primary key, and every list of
    rows of another table that is kept with it (many to many).
    """

    purpose: str
    kept: str
    erased: str
    exported: bool
    fields: tuple[str, ...]
    impersonal: tuple[str, ...] = ()

    @property
    def periods(self) -> tuple[str, ...]:
        """The names of the periods that keep the promise; `kept` has each in braces, so that words and settings cannot differ."""
        return tuple(_PERIOD.findall(self.kept))

    @property
    def kept_in_words(self) -> str:
        """How long it is kept, with each period as it is set here."""
        from portal.privacy.periods import period

        return _PERIOD.sub(lambda found: period(found[1]).words, self.kept)


@dataclass(frozen=True, kw_only=True)
class NoPersonalData:
    """Says that a model holds nothing about a person, and why that is so."""

    because: str


Declaration = PersonalData | NoPersonalData

OUR_APPS = ("portal.", "engagement.", "selfreferral", "newsletter")


def our_models() -> list[type[models.Model]]:
    """Every concrete model of this code base, in a settled order."""
    return sorted(
        (model for model in apps.get_models() if model.__module__.startswith(OUR_APPS)),
        key=lambda model: model._meta.label,
    )


def declaration_of(model: type[models.Model]) -> Declaration | None:
    """What a model declares itself, not what a parent of another table declares."""
    return getattr(model, "personal_data", None)


def personal_data_held() -> list[tuple[str, PersonalData]]:
    """Name and declaration of each model that holds personal data, for the privacy page."""
    held = []
    for model in our_models():
        declared = declaration_of(model)
        if isinstance(declared, PersonalData):
            held.append((str(model._meta.verbose_name_plural), declared))
    return held


def undeclared_fields(model: type[models.Model]) -> set[str]:
    """Fields of a model that its declaration forgets; empty when all are declared or it holds nothing personal."""
    declared = declaration_of(model)
    if isinstance(declared, NoPersonalData):
        return set()
    columns = (*model._meta.local_concrete_fields, *model._meta.local_many_to_many)
    names = {field.name for field in columns if not field.primary_key}
    return names if declared is None else names - set(declared.fields) - set(declared.impersonal)
