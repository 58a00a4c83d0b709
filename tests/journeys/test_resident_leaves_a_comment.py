"""A resident with no map and no scripts says that the bins blow over, looks before sending, and comes back to see the answer."""

import re
from html import unescape

import pytest

from engagement.comments.actions.answering import respond
from engagement.comments.actions.moderating import decide
from engagement.comments.models import PlaceComment
from tests.conftest import Person
from tests.factories.comments import make_place, make_theme

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_a_person")]
ADD = "/have-your-say/add/"


def hidden(html: str) -> dict[str, str]:
    """What a browser sends back besides what was typed."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html)
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def test_a_resident_leaves_a_comment_and_sees_what_was_done(resident: Person, coordinator: Person) -> None:
    place, _ = make_place(), make_theme("streets_and_bins")
    assert f'href="{ADD}"' in resident.get("/have-your-say/").content.decode()

    # The first try forgets to say where; nothing typed is lost.
    words = "The bins blow over on windy days. Ring me on 07700 900123."
    said = {**hidden(resident.get(ADD).content.decode()), "website": "", "words": words, "feeling": "needs_work"}
    again = resident.post(ADD, {**said, "go": "preview"}).content.decode()
    assert "Say where it is" in again
    assert words in again

    # Before it is sent the number is marked, and taken out by one press.
    preview = resident.post(ADD, {**said, "named_place": place.pk, "go": "preview"}).content.decode()
    assert "looks like a phone number" in preview
    preview = resident.post(ADD, {**hidden(preview), "go": "take_out"}).content.decode()
    assert "Ring me on [taken out]" in preview
    assert not PlaceComment.objects.exists()

    # A second thought: back to the form, where everything still stands.
    form = resident.post(ADD, {**hidden(preview), "go": "change"}).content.decode()
    assert "Ring me on [taken out]" in form
    assert f'<option value="{place.pk}" selected>' in form
    said = {**hidden(preview), "words": "The bins blow over on windy days."}
    preview = resident.post(ADD, {**said, "go": "preview"}).content.decode()
    own_page = resident.post(ADD, {**hidden(preview), "go": "send"}).headers["Location"]
    comment = PlaceComment.objects.get()
    assert comment.reference in resident.get(own_page).content.decode()
    assert "The bins blow over" not in resident.get("/have-your-say/").content.decode()

    # The coordinator reads it, shows it and answers it.
    decide(comment=comment, change="publish", by=coordinator.user)
    respond(comment=comment, words="Thank you. Clips are on their way.", by=coordinator.user)
    assert "The bins blow over" in resident.get("/have-your-say/?q=bins").content.decode()
    for page in (own_page, f"/have-your-say/comments/{comment.reference}/"):
        assert "Clips are on their way" in resident.get(page).content.decode()

    # A neighbour is about to say the same, and agrees with one press instead.
    neighbour = Person()
    said = {
        **hidden(neighbour.get(ADD).content.decode()),
        "website": "",
        "words": "Bins blowing over",
        "feeling": "idea",
    }
    preview = neighbour.post(ADD, {**said, "named_place": place.pk}).content.decode()
    assert "Is it this one?" in preview
    neighbour.post(ADD, {**hidden(preview), "support": comment.reference})
    comment.refresh_from_db()
    assert (comment.support_count, PlaceComment.objects.count()) == (1, 1)
