"""Shares and means of whole numbers of people: how they are worked out, and which there can be at all."""

from fractions import Fraction

# Means are given to one decimal, so the sum behind one is known to half of this for each that it is a mean of.
_STEP = Fraction(1, 10)


def percent_of(part: int, whole: int) -> int | None:
    """A share in whole percent, halves up; None of nothing."""
    return None if not whole else (200 * part + whole) // (2 * whole)


def mean_of(total: int, n: int) -> float | None:
    """A mean of whole numbers to one decimal, halves up; None of nothing."""
    return None if not n else (20 * total + n) // (2 * n) / 10


def possible(percent: float, n: int) -> bool:
    """Whether any number of `n` is this whole percentage of them, however halves are rounded."""
    if n <= 0 or percent != int(percent):
        return False
    nearest = round(Fraction(int(percent) * n, 100))
    shares = (Fraction(100 * part, n) for part in range(max(nearest - 1, 0), min(nearest + 1, n) + 1))
    return any(abs(share - int(percent)) <= Fraction(1, 2) for share in shares)


def possible_mean(mean: float, n: int) -> bool:
    """Whether whole numbers, `n` of them, can have this mean to one decimal."""
    if n <= 0:
        return False
    said = Fraction(str(mean))
    total = round(said * n)
    return any(abs(Fraction(whole, n) - said) <= _STEP / 2 for whole in (total - 1, total, total + 1))
