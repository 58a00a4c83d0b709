"""The tables of docs/privacy.md as the declarations and periods say them, so that paper and code cannot differ."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from portal.privacy.declarations import PersonalData, declaration_of, our_models
from portal.privacy.periods import Period, periods

PAPER = Path(settings.BASE_DIR) / "docs" / "privacy.md"
BEGINS, ENDS = "<!-- {}: written by manage.py write_privacy_tables -->\n", "<!-- end of {} -->\n"


def tables() -> dict[str, str]:
    """Each table by its name."""
    return {"periods": _of_periods(), "data": _of_data()}


def written(text: str) -> str:
    """The paper with every table as it should be."""
    for name, table in tables().items():
        before, _, rest = text.partition(BEGINS.format(name))
        _, _, after = rest.partition(ENDS.format(name))
        text = f"{before}{BEGINS.format(name)}{table}{ENDS.format(name)}{after}"
    return text


def _of_periods() -> str:
    rows = [
        (one.title, one.words, _set_by(one), one.what, one.because, "yes" if one.is_warned else "") for one in periods()
    ]
    return _table(("What", "How long", "Set by", "Then", "Because", "Warning first"), rows)


def _set_by(one: Period) -> str:
    return f"`{one.setting}`" if one.setting else "fixed"


def _of_data() -> str:
    rows = [
        (f"`{model._meta.label}`", one.purpose, one.kept_in_words, one.erased, "yes" if one.exported else "no")
        for model in our_models()
        if isinstance(one := declaration_of(model), PersonalData)
    ]
    return _table(("Table", "What for", "How long", "How it goes", "In the person's copy"), rows)


def _table(heads: tuple[str, ...], rows: Iterable[Iterable[str]]) -> str:
    lines = [heads, ["---" for _ in heads], *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |\n" for line in lines)
