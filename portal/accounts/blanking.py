"""A closed account is made nobody's: name, address and every way in go, and its number stays for the history."""

from datetime import datetime
from typing import Any

from django.db import transaction

from portal.accounts.leaving import ITS_OWN
from portal.accounts.models import User
from portal.audit.record import record
from portal.privacy.holds import need_not_held
from portal.refusals import Refused

# Nobody can be written to there: the name is kept free for such uses.
NOBODYS = "gone-{}@nobody.invalid"


def is_blank(user: User) -> bool:
    """Whether nothing is left that says whose it was."""
    return user.email == NOBODYS.format(user.pk)


@transaction.atomic
def blank_account(*, user: User, by: User | None, now: datetime) -> User:
    """Take out of a closed account all that says whose it was; once done, doing it again changes nothing."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if is_blank(user):
        return user
    if user.is_active:
        raise Refused("This account is in use. Somebody who keeps the accounts closes it first.")
    need_not_held(user)
    for relation in User._meta.related_objects:
        table: Any = relation.related_model
        if table._meta.label_lower in ITS_OWN:
            table._base_manager.filter(**{relation.field.name: user}).delete()
    user.groups.clear()
    user.user_permissions.clear()
    user.email, user.first_name, user.last_name, user.last_login = NOBODYS.format(user.pk), "", "", None
    user.is_superuser = user.is_staff = False
    user.set_unusable_password()
    user.save()
    record(action="accounts.blank", by=by, subject=user)
    return user
