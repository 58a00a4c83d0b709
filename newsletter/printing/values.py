"""What the templates of the newspaper read: every part as plain values, with its addresses and its short link written out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsletter.printing.addresses import MAY_BREAK, AddressBook, breakable, fitting, on_paper, says
from newsletter.printing.words import Tree, tree_of
from newsletter.rendering.parts import Part, Row

if TYPE_CHECKING:
    from newsletter.rendering.masthead import Masthead

# Parts that have no web page to go on to, or are no story: no code stands beside them.
WITHOUT_CODE = frozenset({"contacts", "notice", "picture", "quote"})
ROLES = {
    "lead": "lead",
    "notice": "notice",
    "quote": "quote",
    "picture": "picture",
    "you_said_we_did": "said",
    "invitation": "invitation",
}
# What tells that there is nothing, where nothing was found for it.
LISTS = frozenset({"whats_on", "warm_spaces", "you_said_we_did", "contacts"})
# The sizes of type in points, largest first; the largest that costs no further page, or sheet to fold, is taken.
SIZES = {"a4": (12, 11.5, 11, 10.5, 10), "a3": (12, 11, 10), "large": (18,)}
# From this many letters on, what is set apart in a box may go on in the next column.
LONG = 1000
Values = dict[str, Any]
Whole = Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A picture that can be printed: the name of its file, the words for those who cannot see it, and its shape."""

    name: str
    alt: str
    is_decorative: bool
    width: int
    height: int


def newspaper_values(
    masthead: "Masthead",
    parts: Sequence[Part],
    *,
    edition: str,
    whole: Whole,
    short_links: Mapping[str, str],
    issue_link: str,
    shown: Mapping[str, Shown],
) -> Values:
    """The whole issue. `short_links` and `shown` go by the parts' keys; `whole` makes an address of this site whole."""
    front = [part for part in parts if part.kind == "lead"][:1]
    others = [part for part in parts if part not in front]
    made = [
        _part(part, whole=whole, short=short_links.get(part.key, ""), shown=shown.get(part.key))
        for part in [*front, *others]
    ]
    title = " ".join(masthead.title.split()) or masthead.name
    return {
        "edition": edition,
        "size": SIZES[edition][-1],
        "padding": 0,
        "name": masthead.name,
        "place": masthead.place_name,
        "title": title,
        "date_line": masthead.date_line,
        "parts": [one for one in made if one["has_something"]],
        "answers": [[fitting(part.heading), fitting(part.answer)] for part in parts if part.answer],
        "imprint": {
            "partnership": masthead.partnership,
            "address": masthead.base_address,
            "phone": masthead.contact_phone,
            "email": masthead.contact_email,
            "web": _link(issue_link, masthead.path, whole),
            "subscribe": _said(whole("/news/subscribe/")),
        },
    }


def codes(parts: Iterable[Part]) -> list[str]:
    """The keys of the parts that get a short link of their own."""
    return [part.key for part in parts if part.kind not in WITHOUT_CODE and part.key]


def _part(part: Part, *, whole: Whole, short: str, shown: Shown | None) -> Values:
    book = AddressBook(whole)
    words = _fitted(tree_of(part.words, number=book.number), whole)
    rows = [_row(row, whole) for row in part.rows]
    picture = _picture(part, shown)
    is_empty = not (rows or words) and part.kind in LISTS
    has_words = bool(part.heading or part.standfirst or words or rows or part.note or part.who or picture)
    has_words = has_words or bool(part.choices or part.needs or part.steps)
    return {
        "role": ROLES.get(part.kind, "rows" if rows or not words else "story"),
        "kind": part.kind,
        "heading": fitting(" ".join(part.heading.split())),
        "standfirst": fitting(part.standfirst),
        "words": words,
        "who": part.who,
        "picture": picture,
        "rows": rows,
        "note": fitting(part.note),
        "addresses": book.lines,
        "choices": list(map(fitting, part.choices)),
        "serves": part.serves,
        "needs": list(map(fitting, part.needs)),
        "steps": list(map(fitting, part.steps)),
        "has_answer": bool(part.answer),
        "is_long": _length(part) > LONG,
        "is_empty_list": is_empty,
        "link": {**_short(short), "qr": f"qr-{part.key}.svg"} if short and not is_empty else None,
        "has_something": has_words,
    }


def _length(part: Part) -> int:
    """About how much there is to read in it."""
    rows = [row.title + row.detail + row.url for row in part.rows]
    return sum(map(len, [part.words, part.standfirst, part.note, *part.choices, *rows]))


def _picture(part: Part, shown: Shown | None) -> Values | None:
    """The picture, or its caption alone where there is no picture that everybody can read."""
    if part.picture is None:
        return None
    caption = fitting(part.picture.caption)
    if shown is None:
        return (
            {"name": "", "alt": "", "is_decorative": False, "is_tall": False, "caption": caption} if caption else None
        )
    return {
        "name": shown.name,
        "alt": shown.alt,
        "is_decorative": shown.is_decorative,
        "is_tall": shown.height > shown.width,
        "caption": caption,
    }


def _row(row: Row, whole: Whole) -> Values:
    url = whole(row.url) if row.url else ""
    is_said = not url or says(f"{row.title} {row.detail}", url)
    return {
        "title": fitting(row.title),
        "detail": fitting(row.detail),
        "url": url,
        "said": "" if is_said else breakable(on_paper(url)),
    }


def _fitted(tree: Tree, whole: Whole) -> Tree:
    """The tree with its long words made to fit and its addresses made whole."""
    made: Tree = []
    for block in tree:
        if "runs" in block:
            runs = [
                {
                    **run,
                    "url": whole(run["url"]) if run["url"] else "",
                    "pieces": [{**piece, "text": fitting(piece["text"])} for piece in run["pieces"]],
                }
                for run in block["runs"]
            ]
            made.append({**block, "runs": runs})
        elif "items" in block:
            made.append({**block, "items": [_fitted(item, whole) for item in block["items"]]})
        else:
            made.append({**block, "blocks": _fitted(block["blocks"], whole)})
    return made


def _said(url: str) -> dict[str, str]:
    return {"url": url, "said": breakable(on_paper(url))}


def _short(url: str) -> dict[str, str]:
    """A short address in two pieces, for its code must not go on in the next line: its hyphens belong to it."""
    before, slash, code = on_paper(url).rpartition("/")
    return {"url": url, "said": breakable(before + slash) + (MAY_BREAK if slash else ""), "code": code}


def _link(short: str, path: str, whole: Whole) -> dict[str, str]:
    return {**_said(whole(path)), "qr": "qr-issue.svg", "code_url": short}
