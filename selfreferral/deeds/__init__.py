"""Everything that a worker may do with one referral, as one table: forms, permissions and the actions they lead to."""

from collections.abc import Iterator

from portal.accounts.models import User
from selfreferral.deeds import correcting, entering, moving, reaching, record, seeing, sources, together
from selfreferral.deeds.shapes import Deed, Group, Situation, StaffForm
from selfreferral.models import Referral
from selfreferral.seeing.sight import Sight

__all__ = ["DEEDS", "Deed", "Group", "OfferedForms", "Situation", "StaffForm", "forms_before", "forms_for"]

DEEDS: tuple[Deed, ...] = (
    *reaching.DEEDS,
    *moving.DEEDS,
    *record.DEEDS,
    *correcting.DEEDS,
    *together.DEEDS,
    *seeing.DEEDS,
    *entering.DEEDS,
    *sources.DEEDS,
)


class OfferedForms(dict[str, StaffForm]):
    """The forms that a worker is offered, by name; the page takes them a group at a time."""

    def of_group(self, group: Group) -> Iterator[StaffForm]:
        return (form for form in self.values() if form.group is group)

    @property
    def card(self) -> list[StaffForm]:
        return list(self.of_group(Group.CARD))

    @property
    def reach(self) -> list[StaffForm]:
        return list(self.of_group(Group.REACH))

    @property
    def next(self) -> list[StaffForm]:
        return list(self.of_group(Group.NEXT))

    @property
    def record(self) -> list[StaffForm]:
        return list(self.of_group(Group.RECORD))

    @property
    def more(self) -> list[StaffForm]:
        return list(self.of_group(Group.MORE))


def forms_for(here: Situation, sent: StaffForm | None = None) -> OfferedForms:
    """What this worker may do now, by name; a form that was refused stays, with what was typed."""
    offered = OfferedForms(
        {
            deed.form.name: deed.form(referral=here.referral, by=here.by)
            for deed in DEEDS
            if here.opened.sight in deed.form.at_sight
            and here.by.has_perm(deed.permission)
            and deed.form.is_offered(here)
        }
    )
    if sent is not None:
        offered[sent.name] = sent
    for form in offered.values():
        form.shown_with(here)
    return offered


def forms_before(referral: Referral, *, by: User, sight: Sight, sent: StaffForm | None = None) -> list[StaffForm]:
    """What may be done before a referral that is not open to this worker."""
    return [
        sent if sent is not None and sent.name == deed.form.name else deed.form(referral=referral, by=by)
        for deed in DEEDS
        if sight in deed.form.at_sight and by.has_perm(deed.permission)
    ]
