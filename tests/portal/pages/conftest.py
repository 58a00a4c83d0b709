"""Pages as they are kept: nothing of the test before, and a minute that does not end."""

from collections.abc import Iterator

import pytest
from wagtail.models import Site

from portal import changes
from portal.pages import kept_pages
from portal.pages.settings import SiteIdentity, UrgentHelp


@pytest.fixture
def within_a_minute(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """For tests that commit; inside a transaction nothing is remembered at all."""
    kept_pages.forget()
    changes.forget()
    monkeypatch.setattr(changes, "this_minute", lambda: 1)
    # The first page of a new house writes the rows of its settings.
    for setting in (SiteIdentity, UrgentHelp):
        setting.for_site(Site.objects.get())
    yield
    kept_pages.forget()
    changes.forget()
