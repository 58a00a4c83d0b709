"""How many readers an issue would go to and how many not and why, counted by the database: quick with a hundred thousand."""

from collections import Counter

from django.core.cache import cache
from django.db.models import Case, CharField, Count, Exists, Max, OuterRef, Q, Value, When

from newsletter.audience import Target
from newsletter.models import Subscriber
from newsletter.models.settings import newspaper_settings
from newsletter.workflow import Reason
from portal.emails.models import Suppression
from portal.emails.suppression import address_hash

REMEMBERED_FOR = 60


def counted(target: Target) -> Counter[Reason | None]:
    """Readers by the reason to leave them out, None for those who get it: what `audience.candidates` says one by one."""
    readers = Subscriber.objects.candidates().annotate(why=_why(target, silenced()))
    found = readers.order_by().values_list("why").annotate(how_many=Count("pk"))
    return Counter({Reason(why) if why else None: how_many for why, how_many in found})


def silenced() -> list[int]:
    """The readers to whom no mail may go. Addresses have to be hashed for it, so it is remembered for a minute."""
    readers = Subscriber.objects.candidates()
    stopped, known = Suppression.objects.aggregate(Count("pk"), Max("pk")), readers.aggregate(Count("pk"), Max("pk"))
    key = "-".join(str(number) for number in ("newsletter.silenced", *stopped.values(), *known.values()))
    return cache.get_or_set(key, _look_up_silenced, REMEMBERED_FOR) or []


def _look_up_silenced() -> list[int]:
    hashes = set(Suppression.objects.values_list("address_hash", flat=True))
    if not hashes:
        return []
    addresses = Subscriber.objects.candidates().exclude(email="").values_list("pk", "email").iterator()
    return [number for number, address in addresses if address_hash(address) in hashes]


def _why(target: Target, stopped: list[int]) -> Case:
    """The rules of `audience.why_not` in the same order, in words of the database."""
    by_post = Q(channel=Subscriber.Channel.POST) | Q(email="")
    rules = [(by_post, Reason.BY_POST), (Q(pk__in=stopped), Reason.SUPPRESSED)]
    rules.append((Q(wants_issues=False), Reason.PAUSED))
    if newspaper_settings().sends_weekly:
        rules.append((Q(frequency=Subscriber.Frequency.WEEKLY), Reason.WEEKLY))
    if target.topics:
        chosen = Subscriber.topics.through.objects.filter(subscriber_id=OuterRef("pk"))
        fitting = chosen.filter(topic_id__in=target.topics)
        rules.append((Q(Exists(chosen)) & ~Q(Exists(fitting)), Reason.OTHER_TOPIC))
    if target.places:
        rules.append((Q(place__isnull=False) & ~Q(place__in=target.places), Reason.OTHER_PLACE))
    whens = [When(rule, then=Value(reason.value)) for rule, reason in rules]
    return Case(*whens, default=Value(""), output_field=CharField())
