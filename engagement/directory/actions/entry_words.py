"""How an entry's words are cleaned, compared and named in an address, for venues and activities alike."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.text import slugify

from portal.text import plain


def put(entry: models.Model, words: Mapping[str, Any]) -> None:
    """Set fields by name; text is cleaned on the way, fields without a name in the table are a mistake of ours."""
    for name, value in words.items():
        entry._meta.get_field(name)
        setattr(entry, name, value)
    for field in entry._meta.concrete_fields:
        value = getattr(entry, field.attname)
        if isinstance(field, models.CharField | models.TextField) and isinstance(value, str):
            setattr(entry, field.attname, plain(value))


def bring_up_to_date(entry: models.Model, words: Mapping[str, Any]) -> list[str]:
    """Put these words, and nothing else, onto the row as it is now, under its lock; the names of the columns that changed.

    Whatever else `entry` held is forgotten: it may be older than what others have written since. Raises ValidationError.
    """
    entry.refresh_from_db(from_queryset=type(entry)._default_manager.select_for_update())
    before = {field.attname: getattr(entry, field.attname) for field in entry._meta.concrete_fields}
    put(entry, words)
    entry.full_clean()
    changed = [
        field.name for field in entry._meta.concrete_fields if getattr(entry, field.attname) != before[field.attname]
    ]
    if changed:
        kept_by_itself = [field.name for field in entry._meta.concrete_fields if field.name == "updated_at"]
        entry.save(update_fields=[*changed, *kept_by_itself])
    return changed


def changed_fields(entry: models.Model) -> list[str]:
    """Names of the columns in which an entry differs from its stored row."""
    stored = type(entry)._default_manager.get(pk=entry.pk)
    return [
        field.name
        for field in entry._meta.concrete_fields
        if field.name != "updated_at" and getattr(entry, field.attname) != getattr(stored, field.attname)
    ]


def free_slug(model: type[models.Model], name: str) -> str:
    """The name as an address, with a number after it where another entry has it already."""
    wanted = slugify(name)[:160] or "place"
    taken = set(model._default_manager.filter(slug__startswith=wanted).values_list("slug", flat=True))
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"
