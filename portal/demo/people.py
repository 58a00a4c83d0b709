"""The demo's staff, one for each role."""

from django.contrib.auth.models import Group

from portal.accounts.models import User
from portal.accounts.roles import ROLES

STAFF = {
    "coordinator": ("Cora", "Coordinator"),
    "editor": ("Eddie", "Editor"),
    "navigator": ("Nina", "Navigator"),
    "lead": ("Leah", "Lead"),
    "partner": ("Pat", "Partner"),
    "admin": ("Ada", "Admin"),
}
_ROLE_OF = {"admin": "administrator"}


def email_of(name: str) -> str:
    return f"{name}@demo.example"


def role_of(name: str) -> str:
    return _ROLE_OF.get(name, name)


def load_people(password: str) -> dict[str, User]:
    """Everybody by name; who is there already gets today's password and keeps the rest."""
    people = {}
    for name, (first, last) in STAFF.items():
        user = User.objects.filter(email=email_of(name)).first()
        if user is None:
            user = User.objects.create_user(email_of(name), password, first_name=first, last_name=last)
        elif not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])
        user.groups.set([Group.objects.get(name=ROLES[role_of(name)].title)])
        people[name] = user
    return people
