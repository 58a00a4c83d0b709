"""An author leaves an address, hears that the comment is shown and answered; a neighbour agrees and hears too; both leave."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from engagement.comments.actions.answering import respond
from engagement.comments.actions.following import ask_to_hear
from engagement.comments.actions.moderating import decide
from engagement.comments.hearing.links import yours_path
from engagement.comments.models import Follower
from tests.conftest import Person
from tests.factories.comments import make_comment
from tests.factories.following import link_in


@pytest.mark.django_db
@pytest.mark.usefixtures("as_a_person")
def test_an_author_and_a_neighbour_hear_back(
    resident: Person, coordinator: Person, run_worker: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engagement.comments.actions.moderating.SECOND_THOUGHTS", timedelta(0))

    # Ann has said something and left her address. She presses the button behind the link in our mail.
    comment = make_comment("The bench by the bus stop is broken.", now=timezone.now())
    ask_to_hear(comment=comment, address="ann@example.org", is_author=True)
    run_worker()
    question = mail.outbox.pop()
    assert "We will write to you" in resident.post(link_in(question.body, "/have-your-say/hear/")).content.decode()
    assert "One of us reads it by" in resident.get(yours_path(comment)).content.decode()

    # The coordinator publishes it, and Ann hears of it.
    decide(comment=comment, change="publish", by=coordinator.user)
    run_worker()
    shown = mail.outbox.pop()
    assert shown.subject == "Your comment is on the site"
    own_page = link_in(shown.body, "/have-your-say/yours/")
    assert "It is on the site" in resident.get(own_page).content.decode()

    # Ben sees it in the list, agrees with one press, and wants to hear what becomes of it.
    ben = Person()
    assert "I agree" in ben.get("/have-your-say/").content.decode()
    ben.post("/have-your-say/agree/", {"agree": comment.reference, "page": "/have-your-say/"})
    assert "You agree." in ben.get("/have-your-say/").content.decode()
    form_page = f"{comment.get_absolute_url()}hear/"
    shown_at = ben.get(form_page).context["form"].initial["shown"]
    ben.post(form_page, {"address": "ben@example.org", "shown": shown_at})
    run_worker()
    ben.post(link_in(mail.outbox.pop().body, "/have-your-say/hear/"))

    # The team answers; both hear, each in their own words. Ann reads that somebody agrees.
    respond(comment=comment, words="A new one comes on Friday.", by=coordinator.user)
    run_worker()
    to_ann, to_ben = sorted(mail.outbox, key=lambda sent: sent.to)
    mail.outbox.clear()
    assert "A new one comes on Friday." in to_ann.body
    assert "/have-your-say/yours/" not in to_ben.body
    own = resident.get(own_page).content.decode()
    assert "1 person agrees with you" in own
    assert "A new one comes on Friday." in own

    # Ann adds something and hides her name; Ben stops by one press in his mail program, and nothing more comes to him.
    assert "not read yet" in resident.post(f"{own_page}add/", {"words": "Thank you!"}, follow=True).content.decode()
    leave = to_ben.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    assert Person(enforce_csrf_checks=True).post(leave, {"List-Unsubscribe": "One-Click"}).status_code == 200
    respond(comment=comment, words="It is there.", by=coordinator.user)
    run_worker()
    assert [sent.to for sent in mail.outbox] == [["ann@example.org"]]

    # In the end Ann takes her comment back: nobody can read it, and the link still works.
    assert "You took it back" in resident.post(f"{own_page}take-back/", follow=True).content.decode()
    assert ben.get(comment.get_absolute_url()).status_code == 404
    assert Follower.objects.get().address == "ann@example.org"
