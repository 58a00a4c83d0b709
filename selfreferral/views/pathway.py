"""The page that partners send people to: who we help, what happens step by step, and what to have ready."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.accounts.permissions import public
from portal.pages.models import StandardPage
from selfreferral.questions import flow
from selfreferral.workflow import PUBLIC_LABELS, State

# Editors say who we help on a page of their own; until they do, the template has words for it.
WHO_WE_HELP = "who-we-help"
MEANS = {
    State.NEW: "What was sent is in our queue. Nobody has to be well enough, or ready enough, to be in it.",
    State.SCREENING: "One of our team, called a navigator, reads it.",
    State.CONTACTING: "We ring, text, write or come, only in ways that they called safe. We try more than once.",
    State.TALKING: "We listen, and agree what to do next. The person decides.",
    State.WAITING: "The person wants our help and we have no free navigator yet. We say so.",
    State.ACTIVE: "One navigator walks beside them, for as long as it takes.",
    State.SIGNPOSTED: "Somebody else is better placed. We help the person to get there, and ask later how it went.",
    State.DOOR_OPEN: "It is not the right time. We try again on a day that we write down.",
    State.CLOSED: "We are done for now. The person can come back to us at any time.",
    State.WITHDRAWN: "We stop at once, whenever the person says so.",
}


@public
@require_safe
def pathway(request: HttpRequest) -> HttpResponse:
    """Steps in the words that people see, days as the settings promise them, questions as the form asks them."""
    worker = flow.walk({"for_whom": "worker", "phone": "-", "person_knows": "agreed"})
    context = {
        "who": StandardPage.objects.for_everybody(WHO_WE_HELP),
        "steps": [{"label": PUBLIC_LABELS[state], "means": means} for state, means in MEANS.items()],
        "asks": [
            step.page.title(worker.answers) or step.questions[0].label(worker.answers)
            for step in worker.steps
            if step.page.key != "for_whom"
        ],
        "days": settings.FIRST_CONTACT_DAYS,
        "urgent_days": settings.URGENT_CONTACT_DAYS,
    }
    return render(request, "selfreferral/pathway.html", context)
