"""The clock of these tests."""

from datetime import datetime

import pytest

from portal.clock import LONDON

WEDNESDAY_NOON = datetime(2026, 11, 25, 12, 0, tzinfo=LONDON)


@pytest.fixture
def wednesday_noon(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is noon on Wednesday 25 November 2026."""
    monkeypatch.setattr("portal.clock.now", lambda: WEDNESDAY_NOON)
    return WEDNESDAY_NOON
