"""Whether the room may take anybody's words: the keys are there, and they are those with which the others were sealed."""

from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection

from selfreferral import vault
from selfreferral.models import Canary, Referral
from selfreferral.models.sealing import place

TRIED = 3


def check_open() -> None:
    """Raise vault.VaultIsShut unless a referral taken now could be read tomorrow.

    A key of the right shape can still be the wrong one: the keys must open the canary that was sealed when the database
    was begun, and, where referrals are kept, one of the newest.
    """
    vault.check_keys()
    _check_newest()
    canary = Canary.objects.first() or Canary.hatch()
    if not canary.sings:
        raise vault.VaultIsShut("REFERRAL_KEYS or INDEX_KEY are not those with which this database was begun.")


def is_open() -> bool:
    """Whether it may; for whoever only wants to know."""
    try:
        check_open()
    except vault.VaultIsShut:
        return False
    return True


def do_keys_fit() -> bool:
    """Whether the keys are by name those under which things lie, and mark as they marked: told without opening anything."""
    try:
        held = set(vault.names_of_keys())
        canary = Canary.objects.first()
        is_marked = canary is None or canary.is_marked_alike
    except vault.VaultIsShut:
        return False
    newest = [wrapped for _, wrapped in Referral.objects.keys_newest_first()[:TRIED]]
    hatched = [canary.wrapped_key] if canary else []
    names = {vault.name_of_wrapper(wrapped) for wrapped in [*hatched, *newest]}
    return is_marked and names <= held


def hatch_after_migrating(sender: Any, using: str, **kwargs: Any) -> None:
    """From the first migration on a wrong key is noticed; without any keys the first start with some does it."""
    try:
        vault.check_keys()
    except vault.VaultIsShut:
        return
    if using == DEFAULT_DB_ALIAS and Canary._meta.db_table in connection.introspection.table_names():
        Canary.hatch()


def _check_newest() -> None:
    kept = list(Referral.objects.keys_newest_first()[:TRIED])
    if kept and not any(_opens(pk, wrapped) for pk, wrapped in kept):
        raise vault.VaultIsShut("REFERRAL_KEYS do not open the referrals that are kept.")


def _opens(pk: UUID, wrapped: bytes | memoryview) -> bool:
    try:
        vault.open_strongbox(wrapped, place=place(Referral(pk=pk)))
    except vault.CannotOpen:
        return False
    return True
