"""What takes two: showing a record to a partner, and asking that it is erased."""

from selfreferral.deeds.shapes import Deed

DEEDS: tuple[Deed, ...] = ()
