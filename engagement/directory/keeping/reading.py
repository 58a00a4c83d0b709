"""What keepers wish, with what the entry said then and says now."""

from collections.abc import Iterable
from dataclasses import dataclass

from engagement.directory.keeping.diff import Piece, compare
from engagement.directory.keeping.wishes import BY_HAND, fingerprint, in_words, label_of, value_now
from engagement.directory.models import Activity, ProposedChange, Venue


@dataclass(frozen=True)
class WishRow:
    """One wish beside what the entry said then and says now, word by word."""

    wish: ProposedChange
    label: str
    before: list[Piece]
    after: list[Piece]
    was: str
    now: str
    wanted: str
    is_overtaken: bool
    is_by_hand: bool
    seen: str


def waiting_rows(entries: Iterable[Venue | Activity]) -> list[WishRow]:
    """What waits for our team about some entries, in their order; one query, and one more for times of activities that
    come without their places."""
    order = {(type(one), one.pk): (number, one) for number, one in enumerate(entries)}
    found = ProposedChange.objects.about_some([one for _, one in order.values()]).waiting().with_entry()
    rows = [(*order[type(wish.entry), wish.entry.pk], wish) for wish in found.oldest_first()]
    return [_row(wish, entry) for _, entry, wish in sorted(rows, key=lambda row: row[0])]


def _row(wish: ProposedChange, entry: Venue | Activity) -> WishRow:
    """A wish with what the entry says today."""
    field = wish.field
    now = value_now(entry, field)
    shown = in_words(field, now)
    before, after = compare(shown, in_words(field, wish.wanted))
    return WishRow(
        wish=wish,
        label=label_of(entry, field),
        before=before,
        after=after,
        was=in_words(field, wish.was),
        now=shown,
        wanted=in_words(field, wish.wanted),
        is_overtaken=now != wish.was,
        is_by_hand=field in BY_HAND,
        seen=fingerprint(now),
    )
