"""Servers that are compared are alike in all but the server."""

from benchmarks.servers import granian, gunicorn


def test_gunicorn_has_as_many_threads_as_granian() -> None:
    ours, theirs = granian()(8000), gunicorn("x:application")(8000)
    assert theirs[theirs.index("--threads") + 1] == ours[ours.index("--blocking-threads") + 1]
