"""When the database does not answer, people hear it in plain words and can ring."""

from typing import Any

import pytest
from django.db import OperationalError

from tests.conftest import Person


@pytest.mark.django_db
def test_a_database_that_is_stuck_is_told_honestly(resident: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def stuck(*args: Any, **kwargs: Any) -> Any:
        raise OperationalError("database is locked")

    monkeypatch.setattr("portal.pages.views.personal_data_held", stuck)
    answer = resident.get("/privacy/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "not saved" in answer.content.decode()
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_mistake_of_ours_is_still_seen_as_one(resident: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **kwargs: Any) -> Any:
        raise ValueError("ours")

    monkeypatch.setattr("portal.pages.views.personal_data_held", broken)
    with pytest.raises(ValueError, match="ours"):
        resident.get("/privacy/")
