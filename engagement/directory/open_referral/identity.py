"""Numbers of things that have no row of their own, made from the numbers of those that do, the same each time."""

from uuid import UUID, uuid5

NAMESPACE = UUID("6f2b51d4-6c1e-5d0f-9b5e-3f1d6f0c7a10")
# The bits of a UUID that say which kind it is stay as they are.
_FREE_BITS = UUID("ffffffff-ffff-0fff-3fff-ffffffffffff").int


def named(*parts: object) -> str:
    """The number of something that goes by these words."""
    return str(uuid5(NAMESPACE, "/".join(map(str, parts))))


def part_of(whole: UUID, *parts: object) -> str:
    """The number of a part of something: its location, one of its schedules."""
    return str(uuid5(whole, "/".join(map(str, parts))))


def other_side(number: UUID, side: str) -> UUID:
    """The number of something that stands one to one beside a row, such as the organisation behind a venue.

    Asked again with the other number, it gives back the first, so that the row is found by it.
    """
    return UUID(int=number.int ^ (uuid5(NAMESPACE, side).int & _FREE_BITS))
