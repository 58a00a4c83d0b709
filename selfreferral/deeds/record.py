"""What is written beside a referral: notes, risks, safeguarding, what was put right, and who knows the person."""

from selfreferral.deeds.shapes import Deed

DEEDS: tuple[Deed, ...] = ()
