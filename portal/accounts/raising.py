"""What counts as raising somebody's role: a plain rule over the table of roles."""

from collections.abc import Iterable, Mapping

from portal.accounts.roles import Role

HIGHEST = "administrator"


def powers_of(names: Iterable[str], table: Mapping[str, Role]) -> set[str]:
    """Everything that these roles may do together, pages and collections as well."""
    roles = [table[name] for name in names if name in table]
    return {power for role in roles for power in (*role.permissions, *role.pages, *role.collections)}


def is_raise(before: Iterable[str], after: Iterable[str], table: Mapping[str, Role]) -> bool:
    """Whether somebody may do more than before, or becomes an administrator."""
    was, becomes = set(before), set(after)
    return HIGHEST in becomes - was or not powers_of(becomes, table) <= powers_of(was, table)
