"""What counts as raising a role is a plain rule over the table."""

import pytest

from portal.accounts.raising import is_raise
from portal.accounts.roles import ROLES


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], ["partner"], True),
        (["navigator"], ["lead"], True),
        (["lead"], ["navigator"], False),
        (["coordinator", "editor"], ["editor"], False),
        (["coordinator"], ["editor"], True),
        (["editor"], ["editor", "administrator"], True),
        (["administrator", "lead"], ["lead"], False),
        (["administrator"], ["administrator"], False),
        (["lead"], [], False),
        (["gone_role"], ["gone_role"], False),
    ],
)
def test_more_power_is_a_raise_and_less_is_not(before: list[str], after: list[str], expected: bool) -> None:
    assert is_raise(before, after, ROLES) is expected
