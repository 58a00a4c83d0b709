"""Tells each lead every Monday how often somebody looked at what another holds: numbers and a link, and no names."""

from datetime import time

from django.urls import reverse
from django.utils import timezone

from portal.emails.again import tried_again
from portal.emails.links import absolute
from portal.emails.sending import send
from portal.tasks import enqueue_on_commit, regularly, task
from selfreferral.people import leads
from selfreferral.seeing.looks import watched, week_before

MONDAY = 0


@task()
def tell_leads_who_looked() -> None:
    """One mail for each lead; each goes by itself, so that a bad mailbox stops nobody else."""
    for lead in leads():
        enqueue_on_commit(tell_lead_who_looked, lead_id=lead.pk)


@task()
def tell_lead_who_looked(*, lead_id: int, tries: int = 0) -> None:
    """How many looks by how many workers, and a link; a mail server that does not answer is tried again."""
    lead = leads().filter(pk=lead_id).first()
    if lead is None:
        return
    lines = [line for line in watched(*week_before(timezone.localdate())) if line.anothers]
    context = {
        "looks": sum(line.anothers for line in lines),
        "workers": len(lines),
        "looks_url": absolute(reverse("selfreferral_staff:looks_week")),
    }
    with tried_again(tell_lead_who_looked, mail=f"Who looked, to account {lead_id}", tries=tries, lead_id=lead_id):
        send(to=lead.email, template="selfreferral/looks", context=context)


regularly(tell_leads_who_looked, name="selfreferral.who_looked", daily_at=time(7), weekday=MONDAY)
