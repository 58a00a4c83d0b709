"""The figures of a report at one size on one database, counted whenever it is told to, in figures of one JSON line.

Run as `python -m benchmarks.insight_at REQUESTS COMMENTS` by `benchmarks.insight`, which lets two sizes take turns.
"""

import json
import sys
from functools import partial
from typing import Any

import django

from benchmarks.measure import seconds
from benchmarks.rehearsal import analyse

TIMES = ("a quarter", "a financial year", "seven years")


def main(requests: int, comments: int) -> None:
    """Fill the database that the settings name, and answer each line with the figures of one round."""
    django.setup()
    from django.core.management import call_command

    from portal.insight.snapshots import figures_of

    call_command("migrate", verbosity=0)
    fill = partial(call_command, "generate_volume", referrals=requests, comments=comments, stdout=sys.stderr)
    filled = seconds(fill)
    analyse()
    works = {name: partial(figures_of, period) for name, period in _times().items()}
    print(
        json.dumps({"filled": filled} | {f"queries {name}": _asked(work) for name, work in works.items()}), flush=True
    )
    for _ in sys.stdin:
        print(json.dumps({name: seconds(work) for name, work in works.items()}), flush=True)


def _times() -> dict[str, Any]:
    """Times that are over, however early in the year it is; the longest holds nearly all there is."""
    from django.utils import timezone

    from portal.insight.periods import Period, financial_year, quarter

    last = timezone.localdate().year - 1
    year = financial_year(last - 1)
    seven_years = Period(financial_year(last - 7).begins_on, year.ends_on)
    return dict(zip(TIMES, (quarter(last, 4), year, seven_years), strict=True))


def _asked(work: Any) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
