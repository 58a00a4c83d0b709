"""What the screens of people say about an account, and who could agree to what somebody asks."""

from allauth.mfa.models import Authenticator

from portal.accounts.models import User
from portal.accounts.permissions import MANAGE, holders


def has_second_step(person: User) -> bool:
    """Whether they set up a passkey, a key or an app; recovery codes alone do not count."""
    types = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return Authenticator.objects.filter(user=person, type__in=types).exists()


def others_who_may_agree(person: User, *, but: User | None = None) -> int:
    """How many could be the second administrator beside this one, and beside whoever gets the role."""
    superusers = User.objects.filter(is_active=True, is_superuser=True)
    left_out = {person.pk, but.pk if but else None}
    return (holders(MANAGE) | superusers.distinct()).exclude(pk__in=left_out).count()
