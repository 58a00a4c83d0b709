"""Where staff write down what is done, put it on the site, and say how far it has come."""

import pytest

from engagement.comments.acting.progress import ASK_AFTER
from engagement.comments.actions.asking import ask_whether_better, give_verdict
from engagement.comments.models import Action, PlaceComment
from tests.conftest import Person
from tests.factories.comments import MONDAY, make_action, make_comment, make_follower, make_published
from tests.factories.queries import queries_of_ours
from tests.paging import link_to

pytestmark = pytest.mark.django_db
DESK = "/staff/comments/"


def post(person: Person, address: str, **said: object) -> str:
    answer = person.post(address, said, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_action_is_written_down_and_put_on_the_site(coordinator: Person, resident: Person) -> None:
    first, second = make_published("Bins", by=coordinator.user), make_published("Lids", by=coordinator.user)
    form = coordinator.get(f"{DESK}actions/add/?comment={first.reference}").content.decode()
    assert first.reference in form
    said = {
        "title": "Clips for bins",
        "words": "We gave out clips.",
        "status": "done",
        "done_on": "2026-03-01",
        "comments": f"{first.reference}, {second.reference.lower()}",
    }
    assert "It is on the site" in post(coordinator, f"{DESK}actions/add/", **said, publish="1")
    action = Action.objects.get()
    assert set(action.comments.all()) == {first, second}
    assert "Clips for bins" in resident.get("/you-said-we-did/").content.decode()
    assert "Clips for bins" in coordinator.get(f"{DESK}actions/").content.decode()


def test_a_draft_is_seen_by_staff_alone_until_it_is_published(coordinator: Person, resident: Person) -> None:
    said = {"title": "Clips", "words": "Soon.", "status": "planned", "comments": ""}
    assert "It is saved" in post(coordinator, f"{DESK}actions/add/", **said, draft="1")
    action = Action.objects.get()
    assert resident.get(action.get_absolute_url()).status_code == 404
    assert "Draft" in coordinator.get(f"{DESK}actions/").content.decode()
    post(coordinator, f"{DESK}actions/{action.pk}/", **said, publish="1")
    assert resident.get(action.get_absolute_url()).status_code == 200
    assert "Take it off the site" in coordinator.get(f"{DESK}actions/{action.pk}/").content.decode()
    assert "a draft again" in post(coordinator, f"{DESK}actions/{action.pk}/take-back/")
    assert resident.get(action.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"title": ""}, "This field is required"),
        ({"status": "forgotten"}, "Select a valid choice"),
        ({"comments": "AAA-AAA nonsense"}, "There is no comment with the number AAA-AAA, nonsense."),
        ({"done_on": "yesterday"}, "Enter a valid date"),
    ],
)
def test_an_action_that_is_not_whole_stays_on_the_screen(coordinator: Person, said: dict[str, str], words: str) -> None:
    form = {"title": "Clips", "words": "We gave out clips.", "status": "done", "comments": "", **said}
    html = post(coordinator, f"{DESK}actions/add/", **form, publish="1")
    assert words in html
    assert "We gave out clips." in html
    assert not Action.objects.exists()


def test_an_action_that_is_not_there_is_not_found(coordinator: Person) -> None:
    assert coordinator.get(f"{DESK}actions/99/").status_code == 404
    assert coordinator.post(f"{DESK}actions/99/take-back/").status_code == 404


def test_actions_cost_the_same_for_one_and_for_many_and_have_pages(coordinator: Person) -> None:
    make_action(by=coordinator.user)
    one = queries_of_ours(coordinator, f"{DESK}actions/")
    for number in range(26):
        make_action(by=coordinator.user, title=f"Action {number}")
    first = coordinator.get(f"{DESK}actions/").content.decode()
    second = coordinator.get(f"{DESK}actions/" + link_to("next", first))
    assert len(second.context["page"]) == 2
    back = link_to("prev", second.content.decode())
    assert len(coordinator.get(f"{DESK}actions/{back}").context["page"]) == 25
    assert queries_of_ours(coordinator, f"{DESK}actions/") == one
    assert "Nothing is written down yet" not in coordinator.get(f"{DESK}actions/").content.decode()


def test_what_is_new_is_said_on_its_own_and_goes_to_those_who_asked(coordinator: Person, resident: Person) -> None:
    action = make_action(make_published(by=coordinator.user), by=coordinator.user, status="planned", words="Soon.")
    page = coordinator.get(f"{DESK}actions/{action.pk}/").content.decode()
    assert page.count('name="status"') == 1
    said = {"status": "done", "words": "We gave out clips.", "done_on": "2026-03-01", "belongs_to": ""}
    assert "goes to everybody who asked" in post(coordinator, f"{DESK}actions/{action.pk}/news/", **said)
    public = resident.get(action.get_absolute_url()).content.decode()
    assert public.index("We gave out clips.") < public.index("What we said before") < public.index("Soon.")
    assert "What was said" in coordinator.get(f"{DESK}actions/{action.pk}/").content.decode()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"words": "Soon."}, "Say what is new"),
        ({"words": ""}, "This field is required"),
        ({"status": "somebody_elses"}, "Say whose it is"),
    ],
)
def test_news_that_cannot_be_told_stays_on_the_screen(coordinator: Person, said: dict[str, str], words: str) -> None:
    action = make_action(by=coordinator.user, status="planned", words="Soon.")
    form = {"status": "planned", "words": "Still soon.", **said}
    html = post(coordinator, f"{DESK}actions/{action.pk}/news/", **form)
    assert words in html
    assert form["words"] in html
    assert action.updates.count() == 1


def test_putting_something_right_keeps_how_far_it_has_come(coordinator: Person) -> None:
    action = make_action(by=coordinator.user, status="planned")
    said = {"title": "Clips and lids", "words": "Both.", "owner": "The parish council", "comments": ""}
    post(coordinator, f"{DESK}actions/{action.pk}/", **said, publish="1")
    changed = Action.objects.get()
    assert (changed.title, changed.owner, changed.status) == ("Clips and lids", "The parish council", "planned")
    assert changed.updates.count() == 1


def test_whose_it_is_has_to_be_named(coordinator: Person) -> None:
    said = {"title": "The bridge", "words": "It is theirs.", "status": "somebody_elses", "comments": ""}
    assert "Say whose it is" in post(coordinator, f"{DESK}actions/add/", **said, publish="1")
    assert not Action.objects.exists()


def test_what_people_say_about_it_is_on_the_staff_page_alone(coordinator: Person, resident: Person) -> None:
    comment = make_published(by=coordinator.user)
    followers = [make_follower(comment, f"{name}@example.org") for name in ("ann", "bob")]
    action = make_action(comment, by=coordinator.user)
    ask_whether_better(now=MONDAY + ASK_AFTER)
    for follower in followers:
        give_verdict(
            action=action, follower=follower, answer="no", words="The lids still fly off.", now=MONDAY + ASK_AFTER
        )
    page = coordinator.get(f"{DESK}actions/{action.pk}/").content.decode()
    assert "The lids still fly off." in page
    assert "they say" not in page
    assert "it is open again" in page
    assert "Not better" in coordinator.get(f"{DESK}actions/").content.decode()
    assert "The lids still fly off." not in resident.get(action.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "address", ["actions/", "actions/add/", "actions/{}/", "actions/{}/news/", "actions/{}/take-back/"]
)
def test_only_those_who_look_after_comments_come_here(
    coordinator: Person, editor: Person, stranger: Person, address: str
) -> None:
    action = make_action(by=coordinator.user)
    there = DESK + address.format(action.pk)
    assert editor.post(there).status_code == 403
    assert stranger.post(there).status_code == 302
    assert PlaceComment.objects.count() == 0


def test_what_is_not_published_is_named_when_an_action_is_linked_to_it(coordinator: Person) -> None:
    comment = make_comment()
    form = {"title": "New lids", "words": "Lids are on.", "status": "done", "done_on": "2026-03-01"}
    typed = {**form, "comments": comment.reference, "draft": "1"}
    said = coordinator.post("/staff/comments/actions/add/", typed, follow=True).content.decode()
    assert f"Not published, so not shown with it: {comment.reference}." in said
    page = coordinator.get(f"/staff/comments/{comment.reference}/").content.decode()
    assert "This comment is not published, so what we do is not shown with it." in page
