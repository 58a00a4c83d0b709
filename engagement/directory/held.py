"""What the directory holds about one person: what they keep, where they asked to hear, and where they are somebody to ask."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse

from engagement.directory.actions.keepers import erase_keeper
from engagement.directory.actions.listening import end_listener
from engagement.directory.actions.organisations import remove_contact
from engagement.directory.keeping.held import TOLD
from engagement.directory.models import (
    Contact,
    HoursException,
    Keeper,
    Likeness,
    Listener,
    ProposedChange,
    SessionChange,
)
from portal.accounts.models import User
from portal.privacy.people import Clues, Erased, Errand, Foreseen, Found, Holder, Item, told

KEEPER, LISTENER, CONTACT, STAFF = "keeper", "listener", "contact", "staff"
_LABELS = {
    KEEPER: "Keeps a place",
    LISTENER: "Hears when a session is off",
    CONTACT: "Somebody to ask at a group",
    STAFF: "Said something with an account",
}
# What each thing tells of is what the directory tells at one address; a test there holds that no model is forgotten.
_TELLS: dict[str, tuple[type[models.Model], ...]] = {
    KEEPER: (Keeper, ProposedChange, SessionChange, HoursException),
    LISTENER: (Listener,),
    CONTACT: (Contact,),
    STAFF: (ProposedChange, SessionChange, HoursException, Likeness),
}
_TABLES: dict[str, type[models.Model]] = {KEEPER: Keeper, LISTENER: Listener, CONTACT: Contact, STAFF: User}


def find(clues: Clues, errand: Errand) -> list[Found]:
    """By the e-mail address; by a name or a number only keepers and people to ask. One for each address and kind."""
    mail, name, phone = clues.email, clues.name, clues.phone
    wanted: list[tuple[str, str, bool, Q]] = []
    if mail:
        wanted += [(kind, "their e-mail address", True, Q(email__iexact=mail)) for kind in (KEEPER, LISTENER, CONTACT)]
    if name:
        wanted += [(kind, "the same name", False, Q(name__iexact=name)) for kind in (KEEPER, CONTACT)]
    if phone:
        wanted += [(CONTACT, "their phone number", True, Q(phone=phone))]
    found: dict[str, Found] = {}
    for kind, because, is_sure, where in wanted:
        for number in _first_numbers(kind, where):
            key = f"{kind}:{number}"
            found.setdefault(key, Found(key=key, label=_LABELS[kind], because=because, is_sure=is_sure))
    if mail and not any(key.startswith(KEEPER) for key in found) and _lines(STAFF, mail):
        for user in User.objects.filter(email__iexact=mail):
            key = f"{STAFF}:{user.pk}"
            found[key] = Found(key=key, label=_LABELS[STAFF], because="the address of their account")
    return list(found.values())


def _first_numbers(kind: str, where: Q) -> Iterable[int]:
    """The first row at each address stands for all that are there; people to ask without an address stand alone."""
    first: dict[str, int] = {}
    for number, address in _TABLES[kind]._default_manager.filter(where).order_by("pk").values_list("pk", "email"):
        first.setdefault(address.lower() or f"{number}", number)
    return first.values()


def _address(key: str) -> str:
    kind, number = key.split(":")
    row = _TABLES[kind]._default_manager.filter(pk=number).values_list("email", flat=True).first()
    return str(row or "")


def _lines(kind: str, address: str) -> list[tuple[str, str]]:
    tells: Iterator[Callable[[str], Iterator[tuple[str, str]]]] = (TOLD[model] for model in _TELLS[kind])
    return list(chain.from_iterable(tell(address) for tell in tells))


def items(key: str, errand: Errand) -> list[Item]:
    kind, number = key.split(":")
    address = _address(key)
    heading = "The directory and what is on"
    if kind == CONTACT and not address:
        there = Contact.objects.filter(pk=number).with_organisation()
        lines = [
            ("You are somebody to ask", f"at {one.organisation}: {one.name}, {one.role}, {one.phone}") for one in there
        ]
    else:
        lines = _lines(kind, address) if address else []
    return told(((heading, label, words, "") for label, words in lines), of=key)


def foresee(key: str) -> Foreseen:
    kind, _ = key.split(":")
    if not rows(key):
        return Foreseen()
    if kind == STAFF:
        return Foreseen(stays=("what they said about a place or a session, under the number of their account",))
    if kind == KEEPER:
        goes = (
            "name and address at every place that they keep",
            "what they still wish, and numbers that they wished for",
        )
        return Foreseen(goes=goes, stays=("what they said about sessions and hours, with nobody's name to it",))
    return Foreseen(
        goes=("name, number and address",) if kind == CONTACT else ("the address, and what it asked to hear",)
    )


@transaction.atomic
def erase(key: str, errand: Errand) -> Erased:
    """Everything of this kind at the address."""
    kind, number = key.split(":")
    address = _address(key)
    if kind == STAFF or not rows(key):
        return Erased()
    if kind == KEEPER:
        return Erased(went={"places kept": erase_keeper(address=address, by=errand.by)})
    if kind == LISTENER:
        listeners = list(Listener.objects.at(address).with_activity())
        for listener in listeners:
            end_listener(listener=listener)
        return Erased(went={"sessions heard of": len(listeners)})
    contacts = list(Contact.objects.filter(Q(pk=number) | (Q(email__iexact=address) & ~Q(email=""))))
    for contact in contacts:
        remove_contact(contact=contact, by=errand.by)
    return Erased(went={"people to ask": len(contacts)})


def rows(key: str) -> list[models.Model]:
    """All that are at the address, as the first of them stands for all; those of staff are held with their account."""
    kind, number = key.split(":")
    if kind == STAFF:
        return []
    address = _address(key)
    there = Q(email__iexact=address) if address else Q(pk=number)
    return list(_TABLES[kind]._default_manager.filter(there).order_by("pk"))


def url(key: str) -> str:
    kind, number = key.split(":")
    keeper = Keeper.objects.filter(pk=number).first() if kind == KEEPER else None
    return reverse("directory_keepers", args=[keeper.venue_id]) if keeper else reverse("wagtailadmin_home")


def sets_aside(key: str) -> bool:
    """Our mails ask whether a keeper or a listener is restricted; whom to ask at a group is read by people."""
    return key.split(":")[0] in {KEEPER, LISTENER}


DIRECTORY = Holder(
    name="directory",
    title="Directory and what is on",
    models=(Keeper, Listener, Contact, ProposedChange, SessionChange, HoursException, Likeness),
    find=find,
    items=items,
    foresee=foresee,
    erase=erase,
    rows=rows,
    url=url,
    address=_address,
    sets_aside=sets_aside,
)
