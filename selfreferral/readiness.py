"""Whether the room may take anybody's words: the keys are there, and they open what is already kept."""

from selfreferral import vault
from selfreferral.models import Referral

TRIED = 3


def check_open() -> None:
    """Raise vault.VaultIsShut unless a referral taken now could be read tomorrow.

    A key of the right shape can still be the wrong one: where referrals are kept, it must open one of the newest.
    """
    vault.check_keys()
    kept = list(Referral.objects.keys_newest_first()[:TRIED])
    if kept and not any(_opens(pk, wrapped) for pk, wrapped in kept):
        raise vault.VaultIsShut("REFERRAL_KEYS do not open the referrals that are kept.")


def _opens(pk: object, wrapped: bytes | memoryview) -> bool:
    try:
        vault.open_strongbox(wrapped, place=f"{Referral._meta.label_lower}:{pk}:")
    except vault.CannotOpen:
        return False
    return True
