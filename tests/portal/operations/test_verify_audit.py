"""`verify_audit` says that history is whole, or what is wrong with it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.audit.guards import lower_guards, raise_guards
from portal.audit.record import record

pytestmark = pytest.mark.django_db


def test_whole_history_is_said_to_be_whole() -> None:
    record(action="geo.add", by=None)
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert out.getvalue() == "History is whole: 0 rows sealed, 1 too new to be.\n"


def test_what_is_wrong_is_told() -> None:
    lower_guards()
    told = StringIO()
    with pytest.raises(CommandError, match="not whole: 9 findings"):
        call_command("verify_audit", stderr=told)
    assert "has no guard" in told.getvalue()
    raise_guards()
