"""Django's SQLite, with a line before each transaction.

SQLite lets one write at a time. Who comes meanwhile tries again after 1, 2, 5 … 100 ms, so whoever has waited longest asks
least often, and newcomers overtake them: of eight who write at once one in twenty waited four times as long as most. Other
processes, such as the worker, still meet in SQLite's own way.
"""

from collections import defaultdict
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite

from portal.one_writer.line import Line

_lines: defaultdict[str, Line] = defaultdict(Line)
# SQLite's own, for a database that names none.
USUAL_SECONDS = 5.0


class DatabaseWrapper(SQLite):
    """One connection; it has the turn from the beginning of a transaction until its end, whatever that is."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._turn: Line | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._wait_in_line()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._hand_on()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self._hand_on()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._hand_on()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._hand_on()

    def _wait_in_line(self) -> None:
        line = _lines[str(self.settings_dict["NAME"])]
        if not line.enter(self.settings_dict["OPTIONS"].get("timeout", USUAL_SECONDS)):
            raise OperationalError("database is locked")
        self._turn = line

    def _hand_on(self) -> None:
        line, self._turn = self._turn, None
        if line is not None:
            line.leave()
