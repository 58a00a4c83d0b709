"""What the newspaper holds about one person: what they asked for and how, and each copy that went to them."""

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse

from newsletter.actions.choosing import pause
from newsletter.actions.erasing import erase_reader
from newsletter.addresses import mark_of
from newsletter.models import Campaign, Consent, Delivery, DropRound, Subscriber
from newsletter.readers.told import in_words
from portal.accounts.models import User
from portal.privacy.people import Clues, Erased, Errand, Foreseen, Found, Holder, Item, told

READER, STAFF = "reader", "staff"


def find(clues: Clues, errand: Errand) -> list[Found]:
    """Readers by address or by name, those who left by their mark, and sendings that were begun with an account."""
    found: dict[int, tuple[str, bool]] = {}
    if clues.email:
        mark = mark_of(email=clues.email, name="", postal_address="")
        for pk in Subscriber.objects.filter(email__iexact=clues.email).values_list("pk", flat=True):
            found[pk] = ("their e-mail address", True)
        for pk in Subscriber.objects.filter(left_mark=mark).exclude(left_mark="").values_list("pk", flat=True):
            found.setdefault(pk, ("the mark of their e-mail address, which they left", True))
    by_name, by_postcode = Q(name__iexact=clues.name), Q(postal_address__icontains=clues.postcode)
    for given, wanted, because in (
        (clues.name, by_name, "the same name"),
        (clues.postcode, by_postcode, "the same postcode"),
    ):
        for pk in Subscriber.objects.filter(wanted).values_list("pk", flat=True)[:50] if given else ():
            found.setdefault(pk, (because, False))
    readers = [
        Found(key=f"{READER}:{pk}", label=f"Reader {pk}", because=because, is_sure=is_sure)
        for pk, (because, is_sure) in found.items()
    ]
    staff = [
        Found(key=f"{STAFF}:{user.pk}", label="Began a sending or a round", because="the address of their account")
        for user in User.objects.filter(email__iexact=clues.email)
        if _begun(user.pk)
    ]
    return [*readers, *staff]


def items(key: str, errand: Errand) -> list[Item]:
    kind, number = key.split(":")
    if kind == STAFF:
        lines = [("What you began for the newspaper", what, words, "") for what, words in _begun(int(number))]
        return told(lines, of=key)
    readers = Subscriber.objects.filter(pk=number)
    return told((line for reader in readers for line in in_words(reader)), of=key)


def _begun(number: int) -> list[tuple[str, str]]:
    sendings = Campaign.objects.filter(created_by=number).count()
    rounds = DropRound.objects.filter(created_by=number).count()
    settled = Delivery.objects.filter(settled_by=number).count() + Consent.objects.filter(recorded_by=number).count()
    counts = (("Sendings", sendings), ("Rounds of printed copies", rounds), ("Written down or settled", settled))
    return [(what, str(count)) for what, count in counts if count]


def foresee(key: str) -> Foreseen:
    kind, number = key.split(":")
    if kind == STAFF:
        return Foreseen(stays=("that sendings were begun, under the number of their account",))
    reader = Subscriber.objects.filter(pk=number).first()
    if reader is None:
        return Foreseen()
    goes = ("address, name and what they chose", f"{reader.consents.count()} consents")
    return Foreseen(goes=goes, stays=("counts of past sendings, with no way back to the reader",))


@transaction.atomic
def erase(key: str, errand: Errand) -> Erased:
    kind, number = key.split(":")
    if kind == STAFF:
        return Erased()
    for reader in Subscriber.objects.select_for_update().filter(pk=number):
        went = {"readers": 1, "consents": reader.consents.count()}
        erase_reader(subscriber=reader, by=errand.by)
        return Erased(went=went)
    return Erased()


def rows(key: str) -> list[models.Model]:
    kind, number = key.split(":")
    return list(Subscriber.objects.filter(pk=number)) if kind == READER else []


def url(key: str) -> str:
    kind, number = key.split(":")
    return reverse("newspaper_reader", args=[number]) if kind == READER else reverse("newspaper_issues")


def address(key: str) -> str:
    kind, number = key.split(":")
    return next((one.email for one in Subscriber.objects.filter(pk=number)), "") if kind == READER else ""


def restrict(key: str, is_lifted: bool, errand: Errand) -> None:
    """Nothing is sent until they come back themselves; lifted, it waits for them to say so."""
    for row in rows(key):
        if isinstance(row, Subscriber) and not is_lifted:
            pause(subscriber=row, by=errand.by)


def sets_aside(key: str) -> bool:
    return key.startswith(READER)


NEWSPAPER = Holder(
    name="newspaper",
    title="Newspaper",
    models=(Subscriber, Consent, Delivery, Campaign, DropRound),
    find=find,
    items=items,
    foresee=foresee,
    erase=erase,
    rows=rows,
    url=url,
    address=address,
    restrict=restrict,
    sets_aside=sets_aside,
)
