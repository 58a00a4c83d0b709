"""A member of staff or a partner who signs in by e-mail; residents need no account."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models

from portal.accounts.roles import ROLES
from portal.privacy import PersonalData

PRIVATE_ROOM = "selfreferral."
DELETE_ACCOUNTS = "accounts.delete_user"


class StaffManager(UserManager["User"]):
    """Makes accounts that sign in by e-mail."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":  # type: ignore[override]
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":  # type: ignore[override]
        return self.create_user(email, password, **{**extra, "is_staff": True, "is_superuser": True})


class User(AbstractUser):
    """Somebody who works here."""

    username = None  # type: ignore[assignment]
    email = models.EmailField("e-mail address", unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[StaffManager] = StaffManager()

    personal_data = PersonalData(
        purpose="To let staff sign in and to show who did what.",
        kept="as long as somebody works here, then 90 days",
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
        titles = {role.title for role in ROLES.values()}
        return sorted(name for name in self.groups.values_list("name", flat=True) if name in titles)

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
