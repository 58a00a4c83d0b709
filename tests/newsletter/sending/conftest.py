"""A provider on loopback for the tests of sending."""

from collections.abc import Iterator
from threading import Thread

import pytest

from tests.newsletter.sending.http_provider import Http


@pytest.fixture
def http() -> Iterator[Http]:
    with Http() as made:
        Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield made
        made.shutdown()
