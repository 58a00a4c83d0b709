"""What was asked to change about what somebody may do; raising it waits for a second administrator."""

from typing import Self

from django.conf import settings
from django.db import models

from portal.accounts.roles import ROLES
from portal.privacy import PersonalData


class RoleChangeQuerySet(models.QuerySet["RoleChange"]):
    """Ways to look for changes."""

    def waiting(self) -> Self:
        """For a second administrator."""
        return self.filter(state=RoleChange.State.WAITING)

    def invited(self) -> Self:
        """Invitations under way."""
        return self.filter(state=RoleChange.State.INVITED)

    def open(self) -> Self:
        """Those that can still come true."""
        return self.filter(state__in=[RoleChange.State.WAITING, RoleChange.State.INVITED])

    def of(self, person: models.Model) -> Self:
        return self.filter(person=person)

    def with_people(self) -> Self:
        return self.select_related("person", "asked_by", "decided_by")

    def newest_first(self) -> Self:
        return self.order_by("-asked_at", "-pk")

    def numbered(self, pk: object) -> "RoleChange | None":
        """The change of this number; None for anything that is no number."""
        return self.filter(pk=pk).first() if isinstance(pk, int) else None


class RoleChange(models.Model):
    """Somebody's roles before and after, who asked for it and who agreed; for a new person, an invitation."""

    class State(models.TextChoices):
        WAITING = "waiting", "waits for a second administrator"
        INVITED = "invited", "invited"
        DONE = "done", "done"
        REFUSED = "refused", "not agreed"
        ENDED = "ended", "ended"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_changes")
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    is_invitation = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Empty where the technician agreed with a command, or where nobody had to.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    # When the last link went: an older one is dead.
    invited_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = RoleChangeQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To show who was given which job here, by whom, and who agreed.",
        kept="as long as the account",
        erased="the row is deleted with the account; the history keeps the numbers",
        exported=True,
        fields=("person", "asked_by", "decided_by", "before", "after"),
        impersonal=("is_invitation", "state", "asked_at", "decided_at", "invited_at", "done_at"),
    )

    class Meta:
        default_permissions = ("view",)
        permissions = [("manage_people", "Can invite people, change what they may do, and close accounts")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(state__in=["waiting", "invited"]),
                name="accounts_one_open_change_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"Role change {self.pk}"

    @property
    def before_titles(self) -> list[str]:
        return titles(self.before)

    @property
    def after_titles(self) -> list[str]:
        return titles(self.after)


def titles(roles: list[str]) -> list[str]:
    """The roles as people call them; one that is no more is called by its name in the code."""
    return [ROLES[name].title if name in ROLES else name for name in roles]
