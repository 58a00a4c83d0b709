"""Turns the blocks of an issue into neutral parts; what is live is looked up through `newsletter.rendering.live`."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.html import linebreaks
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import AbstractImage, SourceImageIOError
from wagtail.rich_text import RichText, expand_db_html

from newsletter.printing.short_links import is_ours
from newsletter.rendering import live
from newsletter.rendering.parts import Part, Picture, Row, whole_rich
from portal.clock import say_date
from portal.pages.drawn import avif_of

_PHONE = re.compile(r"\+?[\d ()]{3,}")
# A number with words after it: "116 123, free, day and night".
_PHONE_AND_MORE = re.compile(r"((?:\+44|0)[\d ()]{8,14}\d|116 ?\d{3})(?![\w/-])")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
Fields = dict[str, Any]


def build_parts(
    body: Any, *, issued_on: date, today: date, frozen_rows: Mapping[str, tuple[Row, ...]] | None = None
) -> list[Part]:
    """The parts of an issue in their order.

    `frozen_rows` are the live rows of an earlier freezing by block; a block that has some is not looked up again, so the
    page keeps saying what the mail said.
    """
    kept = frozen_rows or {}
    parts = []
    for block in body:
        fields = _BUILDERS[block.block_type](block.value)
        if look_up := _LIVE.get(block.block_type):
            looked_up = kept[block.id] if block.id in kept else look_up(block.value, issued_on, today)
            fields["rows"] = (*fields.get("rows", ()), *looked_up)
        parts.append(Part(kind=block.block_type, key=str(block.id or ""), **fields))
    return parts


def _story(value: Mapping[str, Any]) -> Fields:
    return {
        "heading": value.get("heading") or "",
        "standfirst": value.get("standfirst") or "",
        "words": words_of(value.get("words")),
        **_picture(value),
    }


def _picture(value: Mapping[str, Any]) -> Fields:
    shown = picture_of(value.get("picture"), value.get("caption"))
    return {"picture": shown, "lost_picture": value.get("picture") is not None and shown is None}


def _quote(value: Mapping[str, Any]) -> Fields:
    return {"words": paragraphs(value.get("words") or ""), "who": value.get("who") or ""}


def _notice(value: Mapping[str, Any]) -> Fields:
    return {"heading": value.get("heading") or "", "words": paragraphs(value.get("text") or "")}


def _listing(value: Mapping[str, Any]) -> Fields:
    return {"heading": value.get("heading") or "", "note": value.get("note") or ""}


def _said_and_done(value: Mapping[str, Any]) -> Fields:
    own = tuple(Row(title=row.get("said") or "", detail=row.get("did") or "") for row in value.get("rows") or ())
    return {**_listing(value), "rows": own}


def _contacts(value: Mapping[str, Any]) -> Fields:
    lines = [(line.get("label") or "", line.get("value") or "") for line in value.get("lines") or ()]
    rows = tuple(Row(title=label, detail=contact, url=contact_url(contact)) for label, contact in lines)
    return {**_listing(value), "rows": rows}


def _invitation(value: Mapping[str, Any]) -> Fields:
    sort, until = value.get("sort") or "consultation", value.get("until")
    asked = {
        "heading": value.get("heading") or "",
        "words": words_of(value.get("words")),
        "sort": sort,
        "note": value.get("how") or "",
    }
    if sort == "consultation":
        return asked
    last = parse_date(until) if isinstance(until, str) else until
    link = (value.get("link") or "").strip()
    where = Row(
        title=value.get("link_words") or "",
        detail=f"Until {say_date(last)} {last.year}" if last else "",
        url=link if leads_somewhere(link) else "",
        until_on=last.isoformat() if last else "",
    )
    rows = (where,) if where.title or where.detail else ()
    if sort != "poll":
        return {**asked, "rows": rows}
    return {**asked, "standfirst": value.get("question") or "", "choices": _lines(value, "choices"), "rows": rows}


def _recipe(value: Mapping[str, Any]) -> Fields:
    return {
        **_story(value),
        "serves": value.get("serves") or "",
        "needs": _lines(value, "needs"),
        "steps": _lines(value, "steps"),
        "note": value.get("note") or "",
    }


def _puzzle(value: Mapping[str, Any]) -> Fields:
    return {**_story(value), "answer": value.get("answer") or ""}


def leads_somewhere(link: str) -> bool:
    """Whether an editor's link is a page of ours or a whole web address; a draft may hold another one, half typed."""
    return is_ours(link) or link.startswith(("https://", "http://"))


def _lines(value: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(line for line in value.get(name) or () if line)


def _consultation(value: Mapping[str, Any], issued_on: date, today: date) -> tuple[Row, ...]:
    if (value.get("sort") or "consultation") != "consultation" or not value.get("consultation"):
        return ()
    return live.consultation(slug=value["consultation"], today=today)


def _whats_on(value: Mapping[str, Any], issued_on: date, today: date) -> tuple[Row, ...]:
    last = value.get("ends_on") or (value.get("starts_on") or issued_on) + live.TWO_WEEKS
    # An issue that goes out some days after its date does not tell of days gone by; an old one stays as it was.
    first = value.get("starts_on") or (today if issued_on <= today <= last else issued_on)
    return live.sessions(
        starts_on=first, ends_on=last, named=value.get("activities") or [], most=value.get("most") or live.MOST
    )


def _warm_spaces(value: Mapping[str, Any], issued_on: date, today: date) -> tuple[Row, ...]:
    return live.warm_spaces(named=value.get("venues") or [], most=value.get("most") or live.MOST)


def _actions(value: Mapping[str, Any], issued_on: date, today: date) -> tuple[Row, ...]:
    named, most = value.get("actions") or [], value.get("newest") or 0
    return live.actions(named=named, most=most) if named or most else ()


_BUILDERS: dict[str, Callable[[Any], Fields]] = {
    "lead": _story,
    "story": _story,
    "picture": _picture,
    "quote": _quote,
    "notice": _notice,
    "whats_on": _listing,
    "warm_spaces": _listing,
    "you_said_we_did": _said_and_done,
    "invitation": _invitation,
    "recipe": _recipe,
    "puzzle": _puzzle,
    "contacts": _contacts,
}
_LIVE: dict[str, Callable[[Any, date, date], tuple[Row, ...]]] = {
    "whats_on": _whats_on,
    "warm_spaces": _warm_spaces,
    "you_said_we_did": _actions,
    "invitation": _consultation,
}


def words_of(value: RichText | None) -> str:
    """Rich text with its page links found and cut down to a few safe tags."""
    return whole_rich(expand_db_html(value.source)) if value else ""


def paragraphs(text: str) -> str:
    """Plain text as paragraphs."""
    return whole_rich(linebreaks(text, autoescape=True))


def picture_of(image: AbstractImage | None, caption: str | None) -> Picture | None:
    """The picture at newspaper size; None where there is none or its file cannot be read."""
    if image is None:
        return None
    try:
        rendition = image.get_rendition("width-1200")
        avif = avif_of(image)
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        return None
    return Picture(
        url=rendition.url,
        width=rendition.width,
        height=rendition.height,
        alt=image.contextual_alt_text or "",
        caption=caption or "",
        is_decorative=bool(image.decorative),
        avif=avif,
    )


def contact_url(value: str) -> str:
    """The link of a telephone number, an e-mail address or a web address; empty for other words."""
    if _PHONE.fullmatch(value):
        return f"tel:{re.sub(r'[ ()]', '', value)}"
    if told := _PHONE_AND_MORE.match(value):
        return f"tel:{re.sub(r'[ ()]', '', told[1])}"
    if _ADDRESS.fullmatch(value):
        return f"mailto:{value}"
    return value if value.startswith(("https://", "http://")) else ""
