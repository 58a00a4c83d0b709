"""What a request keeps about the person who made it: found again by its reference."""

from collections.abc import Iterator

from django.db import models
from django.urls import reverse

from portal.clock import say_moment, say_whole_date
from portal.privacy.holds import LegalHold
from portal.privacy.people import Clues, Erased, Errand, Foreseen, Found, Holder, Item, told
from portal.privacy.periods import period
from portal.rights.models import FoundRecord, RequestStep, SubjectRequest


def find(clues: Clues, errand: Errand) -> list[Found]:
    """An earlier request, by the reference that they were given."""
    there = SubjectRequest.objects.called(clues.reference).exclude(reference=errand.request) if clues.reference else ()
    because = "the reference that they gave"
    return [Found(key=f"{one.pk}", label=f"Request {one.reference}", because=because, is_sure=False) for one in there]


def items(key: str, errand: Errand) -> list[Item]:
    return told((line for one in SubjectRequest.objects.filter(pk=key) for line in _lines(one)), of=f"request:{key}")


def _lines(request: SubjectRequest) -> Iterator[tuple[str, str, str, str]]:
    heading = f"Your request {request.reference}"
    came = f"{say_whole_date(request.received_on)}, {request.get_channel_display()}"
    yield heading, "You asked", f"{request.get_kind_display()} {request.get_scope_display()}", ""
    yield heading, "It came", came, ""
    yield heading, "Where it stands", request.get_state_display(), ""
    for label, words in (
        ("Where your letter is", request.letter),
        ("How we made sure who asks", request.get_identity_display()),
        ("Why we said no", request.get_ground_display()),
    ):
        if words:
            yield heading, label, words, ""
    for step in request.steps.all():
        yield heading, f"What we did, {say_moment(step.done_at)}", f"{step.what}\n{step.words}".strip(), ""
    for record in request.found.theirs():
        yield heading, "What it was about", f"{record.holder.title}: {record.label}", ""


def foresee(key: str) -> Foreseen:
    return Foreseen(
        stays=(f"that they asked and what we answered, for {period('rights.requests').words}; it holds no name",)
    )


def erase(key: str, errand: Errand) -> Erased:
    """It shows that the law was kept, so it stays until its time."""
    return Erased()


def rows(key: str) -> list[models.Model]:
    return list(SubjectRequest.objects.filter(pk=key))


def url(key: str) -> str:
    return reverse("rights:request", args=[SubjectRequest.objects.get(pk=key).reference])


# A hold is told of beside whatever it stands on; see gathering.py.
REQUESTS = Holder(
    name="requests",
    title="Earlier questions about themselves",
    models=(SubjectRequest, RequestStep, FoundRecord, LegalHold),
    find=find,
    items=items,
    foresee=foresee,
    erase=erase,
    rows=rows,
    url=url,
)
