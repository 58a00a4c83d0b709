"""Everything that a worker may do with one referral, as one table: forms, permissions and the actions they lead to."""

from collections.abc import Iterator

from selfreferral.deeds import moving, reaching, record, together
from selfreferral.deeds.shapes import Deed, Group, Situation, StaffForm

__all__ = ["DEEDS", "Deed", "Group", "OfferedForms", "Situation", "StaffForm", "forms_for"]

DEEDS: tuple[Deed, ...] = (*reaching.DEEDS, *moving.DEEDS, *record.DEEDS, *together.DEEDS)


class OfferedForms(dict[str, StaffForm]):
    """The forms that a worker is offered, by name; the page takes them a group at a time."""

    def of_group(self, group: Group) -> Iterator[StaffForm]:
        return (form for form in self.values() if form.group is group)

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
            if here.by.has_perm(deed.permission) and deed.form.is_offered(here)
        }
    )
    if sent is not None:
        offered[sent.name] = sent
    for form in offered.values():
        form.shown_with(here)
    return offered
