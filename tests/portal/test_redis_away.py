"""A Redis that is away is left alone for a moment; one that is only asked by very many is not."""

import pytest
from redis import ConnectionPool
from redis.exceptions import ConnectionError, MaxConnectionsError, RedisError, TimeoutError

from portal import serving
from portal.redis_away import PatientPool


def asked(pool: PatientPool) -> str:
    """What comes of asking for a connection."""
    with pytest.raises(RedisError) as refused:
        pool.get_connection()
    return str(refused.value)


@pytest.mark.parametrize(
    ("why", "then"),
    [
        (ConnectionError("Nobody listens."), "It did not answer a moment ago."),
        (TimeoutError("Silence."), "It did not answer a moment ago."),
        (MaxConnectionsError("Too many connections"), "Too many connections"),
    ],
)
def test_it_is_asked_again_at_once_only_where_it_was_there(
    why: RedisError, then: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*given: object, **options: object) -> None:
        raise why

    monkeypatch.setattr(ConnectionPool, "get_connection", refuse)
    pool = PatientPool()
    assert asked(pool) == str(why)
    assert asked(pool) == then


def test_there_is_a_connection_for_each_thread_of_the_web_server() -> None:
    threads = int(serving.FLAGS[serving.FLAGS.index("--blocking-threads") + 1])
    assert PatientPool().max_connections > threads
