"""Whoever signs in by e-mail: staff and partners in their roles; residents who want to, in none."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models

from portal.accounts.roles import ADMIN, ROLES
from portal.privacy import PersonalData

PRIVATE_ROOM = "selfreferral."
DELETE_ACCOUNTS = "accounts.delete_user"


class UserQuerySet(models.QuerySet["User"]):
    """Ways to look for accounts."""

    def at(self, address: str) -> Self:
        """Whoever has this address, however it is written."""
        return self.filter(email__iexact=address.strip())

    def working_here(self) -> Self:
        """In use, and in a role or the technician's."""
        held = models.Q(groups__name__in=[role.title for role in ROLES.values()]) | models.Q(is_superuser=True)
        return self.filter(held, is_active=True).distinct()

    def in_role(self, role: str) -> Self:
        """In use, and in this role."""
        return self.filter(is_active=True, groups__name=ROLES[role].title)

    def closed(self) -> Self:
        """Worked here once, or was invited and never came."""
        return self.filter(is_active=False)

    def for_whom_nothing_waits(self) -> Self:
        """Without those whose invitation is under way."""
        return self.exclude(role_changes__state__in=["waiting", "invited"])

    def never_came(self, since: datetime) -> Self:
        """Residents' accounts that were begun before this moment and never signed in."""
        return self.filter(is_active=True, is_superuser=False, groups=None, last_login=None, date_joined__lt=since)

    def with_roles(self) -> Self:
        return self.prefetch_related("groups")

    def by_name(self) -> Self:
        return self.order_by("first_name", "last_name", "email")


class StaffManager(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes accounts that sign in by e-mail."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        user: User = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        return self.create_user(email, password, **{**extra, "is_staff": True, "is_superuser": True})


class User(AbstractUser):
    """Somebody who works here."""

    username = None  # type: ignore[assignment]
    email = models.EmailField("e-mail address", unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[StaffManager] = StaffManager()

    personal_data = PersonalData(
        purpose="To let staff sign in and to show who did what; to let residents who want it see on one page what we send them.",
        kept="as long as somebody works here, then {accounts.closed}; a resident's until they delete it, and "
        "{accounts.never_came} where nobody signed in",
        erased="name and address are blanked; the number stays in the history",
        exported=True,
        fields=("email", "first_name", "last_name", "password", "last_login", "groups", "user_permissions"),
        impersonal=("is_superuser", "is_staff", "is_active", "date_joined"),
    )

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.email.split("@")[0].capitalize()

    def __str__(self) -> str:
        return self.display_name

    @property
    def role_titles(self) -> list[str]:
        """The jobs this person holds, by the table of roles."""
        return sorted(ROLES[role].title for role in self.roles)

    @property
    def roles(self) -> list[str]:
        """The same jobs by their names in the table, in its order."""
        held = {group.name for group in self.groups.all()}
        return [name for name, role in ROLES.items() if role.title in held]

    @property
    def works_here(self) -> bool:
        """Whether the staff pages are for this person; a resident's account is for their own page alone."""
        return self.is_active and self.has_perm(ADMIN)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """A superuser may do anything but look into referrals: that takes a role. Nobody deletes accounts by a screen."""
        if perm == DELETE_ACCOUNTS:
            return False
        if self.is_superuser and perm.startswith(PRIVATE_ROOM):
            return self.is_active and perm in self.get_group_permissions_by_role()
        return super().has_perm(perm, obj)

    def get_group_permissions_by_role(self) -> set[str]:
        """Permissions that come from the roles held, never from being a superuser."""
        held = set(self.role_titles)
        return {name for role in ROLES.values() if role.title in held for name in role.permissions}
