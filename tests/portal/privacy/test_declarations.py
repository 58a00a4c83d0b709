"""A declaration names columns and lists of other rows alike."""

import pytest

from newsletter.models import Subscriber
from portal.privacy import declarations
from portal.privacy.declarations import PersonalData, undeclared_fields


def test_what_is_kept_as_a_list_of_other_rows_must_be_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Subscriber.personal_data
    fields = tuple(name for name in whole.fields if name != "topics")
    less = PersonalData(purpose="x", kept="x", erased="x", exported=True, fields=fields, impersonal=whole.impersonal)
    assert undeclared_fields(Subscriber) == set()
    monkeypatch.setattr(declarations, "declaration_of", lambda model: less)
    assert undeclared_fields(Subscriber) == {"topics"}
