"""What is held about somebody with an account: who they are here, how they sign in, and what they did, by number."""

from collections.abc import Iterator

from django.db import models, transaction
from django.db.models import Count, Max, Min, Q
from django.urls import reverse

from portal.accounts.blanking import blank_account, is_blank
from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.clock import say_moment, say_whole_date
from portal.privacy.declarations import PersonalData, declaration_of, our_models
from portal.privacy.people import Clues, Erased, Errand, Foreseen, Found, Holder, Item, told
from portal.privacy.periods import period

Line = tuple[str, str, str, str]
HEADING = "Your account"
# Tables that tell of nobody but those who work here; they are told of as their declarations say.
_OF_STAFF = {"accounts.RoleChange", "operations.Restoration"}


def find(clues: Clues, errand: Errand) -> list[Found]:
    """By the address, or by the whole name."""
    found = {user.pk: ("the address of their account", True) for user in User.objects.filter(email__iexact=clues.email)}
    first, _, last = clues.name.partition(" ")
    if last:
        for user in User.objects.filter(first_name__iexact=first, last_name__iexact=last):
            found.setdefault(user.pk, ("the same name", False))
    return [
        Found(key=f"{pk}", label=f"Account {pk}", because=because, is_sure=is_sure)
        for pk, (because, is_sure) in found.items()
    ]


def items(key: str, errand: Errand) -> list[Item]:
    """Never the password, not even as it is stored: nobody can read it, and it opens a door."""
    return told((line for user in User.objects.filter(pk=key) for line in _lines(user)), of=f"account:{key}")


def _lines(user: User) -> Iterator[Line]:
    yield HEADING, "Name", user.get_full_name() or "not given", ""
    yield HEADING, "E-mail address", user.email, ""
    yield HEADING, "Roles", ", ".join(user.role_titles) or "none", ""
    rights = user.user_permissions.values_list("name", flat=True)
    if rights:
        yield HEADING, "Rights of your own", ", ".join(rights), ""
    yield HEADING, "Since", say_whole_date(user.date_joined), ""
    yield HEADING, "Signed in last", say_moment(user.last_login) if user.last_login else "never", ""
    yield HEADING, "Password", "kept as a number that cannot be turned back into it, and not handed out", ""
    done = AuditEvent.objects.done_by_account(user.pk)
    counted = done.order_by("action").values_list("action").annotate(Count("pk"), Min("done_at"), Max("done_at"))
    for action, times, first, last in counted:
        when = (
            say_whole_date(first) if times == 1 else f"{times} times, {say_whole_date(first)} to {say_whole_date(last)}"
        )
        yield "What you did here, as it was written down", action, when, ""
    for model in _tables_of_staff():
        yield from _rows_of_staff(model, user)


def _tables_of_staff() -> list[type[models.Model]]:
    return [model for model in our_models() if model._meta.label in _OF_STAFF]


def _rows_of_staff(model: type[models.Model], user: User) -> Iterator[Line]:
    """Each row that names them, with what else in it is declared as personal, and nobody else's name."""
    declared = declaration_of(model)
    assert isinstance(declared, PersonalData)
    fields = [model._meta.get_field(name) for name in declared.fields]
    people = [field.name for field in fields if field.related_model is User]
    named = Q(*((name, user) for name in people), _connector=Q.OR)
    for row in model._default_manager.filter(named).order_by("pk"):
        roles = [name.replace("_", " ") for name in people if getattr(row, name) == user]
        values = [(name, getattr(row, name)) for name in declared.fields if name not in people]
        words = [f"{name.replace('_', ' ')}: {value}" for name, value in values if value]
        yield f"In the list of {model._meta.verbose_name_plural}", f"Number {row.pk}", "\n".join([*roles, *words]), ""


def foresee(key: str) -> Foreseen:
    user = User.objects.filter(pk=key).first()
    if user is None or is_blank(user):
        return Foreseen()
    return Foreseen(
        goes=("name, address, password, second factor and roles",),
        stays=(f"number {key} in the history of who did what, for {period('audit.history').words}",),
    )


@transaction.atomic
def erase(key: str, errand: Errand) -> Erased:
    """Refused while the account is in use."""
    for user in User.objects.filter(pk=key):
        if not is_blank(user):
            blank_account(user=user, by=errand.by, now=errand.now)
            return Erased(went={"accounts blanked": 1})
    return Erased()


def rows(key: str) -> list[models.Model]:
    return [user for user in User.objects.filter(pk=key) if not is_blank(user)]


def url(key: str) -> str:
    return reverse("wagtailadmin_home")


def address(key: str) -> str:
    return next((user.email for user in User.objects.filter(Q(pk=key)) if not is_blank(user)), "")


ACCOUNTS = Holder(
    name="accounts",
    title="Accounts",
    models=(User, AuditEvent, *_tables_of_staff()),
    find=find,
    items=items,
    foresee=foresee,
    erase=erase,
    rows=rows,
    url=url,
    address=address,
    is_everyday=False,
)
