"""A Redis that did not answer is left alone for a while, so that a page waits for it once and not at every question."""

import time
from typing import Any

from redis import ConnectionPool
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, MaxConnectionsError, TimeoutError
from redis.retry import Retry

REST_SECONDS = 5.0
# More than the web server has threads (portal/serving.py).
MOST_CONNECTIONS = 256


class PatientPool(ConnectionPool):
    """Connections to a Redis that may be away; asked once, and then not again until it had time to come back."""

    def __init__(self, *given: Any, **options: Any) -> None:
        kept = {"max_connections": MOST_CONNECTIONS, **options, "retry": Retry(NoBackoff(), 0)}
        super().__init__(*given, **kept)
        self.away_until = 0.0

    def get_connection(self, *given: Any, **options: Any) -> Any:
        if time.monotonic() < self.away_until:
            raise ConnectionError("It did not answer a moment ago.")
        try:
            return super().get_connection(*given, **options)
        except MaxConnectionsError:
            # It is there: we ask more than we can.
            raise
        except (ConnectionError, TimeoutError):
            self._leave_alone()
            raise

    def release(self, connection: Any) -> None:
        # The library hangs up where an answer did not come; every other connection comes back open.
        if not connection.is_connected:
            self._leave_alone()
        super().release(connection)

    def _leave_alone(self) -> None:
        self.away_until = time.monotonic() + REST_SECONDS
