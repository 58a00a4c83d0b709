"""Opens the rows of one referral, and of those that were merged into it: one look at each table, however many they are."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from portal.accounts.models import User
from selfreferral.models import Referral
from selfreferral.models.sealing import Row, place
from selfreferral.vault import Strongbox

AnyRow = TypeVar("AnyRow", bound=Row)


class Opener:
    """The boxes of some referrals, the one on the page first, and the rows that belong to them."""

    def __init__(self, referrals: Sequence[Referral]) -> None:
        self.referrals = tuple(referrals)
        self._boxes: Mapping[UUID, Strongbox] = {one.pk: one.strongbox() for one in referrals}
        self._rows: dict[type[Row], list[Any]] = {}

    @property
    def main(self) -> Referral:
        return self.referrals[0]

    def rows(self, model: type[AnyRow], *related: str) -> list[AnyRow]:
        """All rows of this kind in the order of their model, read once."""
        if model not in self._rows:
            found = model._default_manager.filter(referral__in=[one.pk for one in self.referrals])
            self._rows[model] = list(found.select_related(*related))
        return self._rows[model]

    def box(self, row: Row) -> Strongbox:
        return self._boxes[row.referral_id]  # type: ignore[attr-defined]

    def open(self, row: Row, part: str) -> Any:
        """What is sealed in this part of a row; empty where nothing was."""
        sealed = getattr(row, f"sealed_{part}")
        return self.box(row).open(sealed, place=place(row, part)) if sealed else ""

    def words(self, row: Row, part: str) -> str:
        return str(self.open(row, part))

    def is_by_another(self, row: Row) -> bool:
        """Whether the request that a row belongs to was made by somebody else than the person."""
        return next(one.is_by_another for one in self.referrals if one.pk == row.referral_id)  # type: ignore[attr-defined]

    def of(self, row: Row) -> str:
        """The reference of the request that a row was written beside, where that is another than the one on the page."""
        names = {one.pk: one.reference for one in self.referrals[1:]}
        return names.get(row.referral_id, "")  # type: ignore[attr-defined]


def named(user: User | None) -> str:
    """Who of the staff did it."""
    return user.display_name if user else "Not our staff"
