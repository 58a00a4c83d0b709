"""How mail gets on: when one last went, when one last could not, and how long the mail server's certificate is good for."""

from datetime import datetime, timedelta

from portal.clock import say_moment
from portal.emails import heard
from portal.operations.health.figure import Figure, ago
from portal.operations.models import Sighting

CERTIFICATE = "certificate.mail"
WARN = timedelta(days=14)


def mail(now: datetime) -> Figure:
    seen = {row.name: row.seen_at for row in Sighting.objects.all()}
    went, failed = seen.get(heard.WENT), seen.get(heard.FAILED)
    numbers = {"mail_went_seconds": (now - went).total_seconds()} if went else {}
    if failed is not None and (went is None or failed > went):
        last = f"the last one went {ago(now - went)}" if went else "none has gone yet"
        todo = "Look whether the provider is down, and whether name, password and quota are right. What waits is tried again."
        return Figure(
            is_well=False, says=f"Could not be handed over {ago(now - failed)}; {last}.", todo=todo, numbers=numbers
        )
    if went is None:
        return Figure(is_well=None, says="None has gone yet.")
    return Figure(is_well=True, says=f"The last one went {ago(now - went)}.", numbers=numbers)


def certificate(now: datetime) -> Figure:
    seen = Sighting.objects.filter(name=CERTIFICATE).first()
    if seen is None:
        return Figure(is_well=None, says="Not looked at: mail goes without one, or this is the first day.")
    if seen.trouble or seen.until is None:
        todo = "Mail may not go. Ask the provider, or look at the name in EMAIL_URL."
        return Figure(is_well=False, says=seen.trouble or "It could not be read.", todo=todo)
    numbers = {"mail_certificate_seconds": (seen.until - now).total_seconds()}
    is_well = seen.until > now + WARN
    todo = "" if is_well else "Ask whoever runs the mail server for a new one."
    return Figure(is_well=is_well, says=f"Good until {say_moment(seen.until)}.", todo=todo, numbers=numbers)
