"""The mails of this room: whether an address is somebody's own, and what changed."""

from datetime import datetime

from engagement.directory.actions.listening import CONFIRM_WITHIN, claim, finish, release
from engagement.directory.listening.letter import Letter
from engagement.directory.listening.links import confirm_path, leave_headers, leave_path
from engagement.directory.listening.tasks import ask_listener, send_telling
from engagement.directory.models import Listener
from portal.emails.again import WAITS, tried_again
from portal.emails.links import absolute
from portal.emails.outcomes import ERRORS_OF_SENDING, Verdict, read_error
from portal.emails.sending import send
from portal.pages.settings import site_identity


def ask(listener_id: int, *, tries: int) -> None:
    """Ask whether the address is theirs; one that hears already is asked too, so that no answer tells it apart."""
    listener = Listener.objects.in_use().with_activity().filter(pk=listener_id).first()
    if listener is None:
        return
    context = {
        "activity": listener.activity,
        "identity": site_identity(),
        "url": absolute(confirm_path(listener)),
        "days": CONFIRM_WITHIN.days,
    }
    headers = {"Auto-Submitted": "auto-replied"}
    with tried_again(
        ask_listener, mail=f"The first mail to listener {listener_id}", tries=tries, listener_id=listener_id
    ):
        send(to=listener.email, template="directory/listen", context=context, headers=headers, caused_by_stranger=True)


def write(telling_id: int, *, tries: int, now: datetime) -> None:
    """Tell one person, once.

    It is claimed before and done after, so that a second worker never sends it again. Where the mail server plainly did not
    take it, another try may; an address that is refused for good is not tried again.
    """
    telling = claim(telling_id=telling_id, now=now)
    if telling is None:
        return
    letter = Letter.of(telling, now)
    if letter is None or not Listener.objects.in_use().filter(pk=telling.listener_id).exists():
        finish(telling=telling, now=now)
        return
    leave = leave_path(telling.listener)
    context = {
        "letter": letter,
        "activity": letter.activity,
        "identity": site_identity(),
        "url": absolute(letter.activity.get_absolute_url()),
        "leave_url": absolute(leave),
    }
    with tried_again(send_telling, mail=f"Telling {telling_id}", tries=tries, waits=WAITS, telling_id=telling_id):
        try:
            send(to=telling.listener.email, template="directory/changed", context=context, headers=leave_headers(leave))
        except ERRORS_OF_SENDING as error:
            if read_error(error).verdict != Verdict.FAILED:
                release(telling=telling)
            else:
                finish(telling=telling, now=now)
            raise
        finish(telling=telling, now=now)
