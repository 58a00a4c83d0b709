"""An account that has worked here is never deleted, or history would forget who did what; it is closed instead."""

from typing import Any

from django.db.models import ForeignObjectRel

from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.refusals import Refused

# What belongs to an account alone and may go with it; whatever else points to it was done here.
ITS_OWN = frozenset(
    {
        "account.emailaddress",
        "accounts.rolechange",
        "mfa.authenticator",
        "usersessions.usersession",
        "wagtailadmin.editingsession",
        "wagtailadmin.formstate",
        "wagtailcore.pagesubscription",
        "wagtailusers.userprofile",
    }
)


class AccountIsKept(Refused):
    """Somebody tried to delete an account that has worked here."""


def has_worked_here(user: User) -> bool:
    """Whether anything was done by this account, or given to it."""
    if AuditEvent.objects.done_by_account(user.pk).exists():
        return True
    relations = (field for field in User._meta.get_fields(include_hidden=True) if isinstance(field, ForeignObjectRel))
    return any(_points_to(relation, user) for relation in relations if _tells_of_work(relation))


def refuse_to_forget(sender: type[User], instance: User, **kwargs: Any) -> None:
    """Raise AccountIsKept before anything is deleted, whichever way it was asked for."""
    if has_worked_here(instance):
        raise AccountIsKept(
            f"{instance} has worked here, so this account is not deleted: history would forget who did what. "
            "Open it under People and close it. Then nobody can sign in with it."
        )


def _tells_of_work(relation: ForeignObjectRel) -> bool:
    meta: Any = relation.related_model._meta  # type: ignore[union-attr]
    return bool(not meta.auto_created and meta.label_lower not in ITS_OWN)


def _points_to(relation: ForeignObjectRel, user: User) -> bool:
    table: Any = relation.related_model
    return bool(table._base_manager.filter(**{relation.field.name: user}).exists())
