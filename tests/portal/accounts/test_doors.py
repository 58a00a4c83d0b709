"""No door takes ten guesses, tells who has an account, or locks anybody but the one who is guessed at."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from portal.accounts.adapter import TOO_OFTEN
from portal.accounts.models import User
from portal.settings.sign_in import ACCOUNT_RATE_LIMITS, MFA_RATE_LIMITS
from tests.conftest import PASSWORD, Person

pytestmark = pytest.mark.django_db
GUESSES = 10


@pytest.fixture(autouse=True)
def _limits_of_a_real_site(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS, settings.MFA_RATE_LIMITS = ACCOUNT_RATE_LIMITS, MFA_RATE_LIMITS


def by_password(person: Person, guess: int) -> Any:
    return Person().post("/accounts/login/", {"login": person.user.email, "password": f"guess {guess}"})


def by_second_step(person: Person, guess: int) -> Any:
    if guess == 0:
        TOTP.activate(person.user, generate_totp_secret())
    somebody = Person()
    somebody.post("/accounts/login/", {"login": person.user.email, "password": PASSWORD})
    return somebody.post(reverse("mfa_authenticate"), {"code": f"{guess:06}"})


def by_recovery_code(person: Person, guess: int) -> Any:
    if guess == 0:
        TOTP.activate(person.user, generate_totp_secret())
        RecoveryCodes.activate(person.user)
    somebody = Person()
    somebody.post("/accounts/login/", {"login": person.user.email, "password": PASSWORD})
    return somebody.post(reverse("mfa_authenticate"), {"code": f"{guess:08}"})


def by_passkey(person: Person, guess: int) -> Any:
    return Person().post(reverse("mfa_login_webauthn"), {"credential": f'{{"id": "{guess}"}}'})


def by_showing_again(person: Person, guess: int) -> Any:
    return person.post(reverse("account_reauthenticate"), {"password": f"guess {guess}"})


def by_old_password(person: Person, guess: int) -> Any:
    words = {"oldpassword": f"guess {guess}", "password1": "three dry herrings", "password2": "three dry herrings"}
    return person.post(reverse("account_change_password"), words)


def by_asking_for_a_password(person: Person, guess: int) -> Any:
    return Person().post(reverse("account_reset_password"), {"email": person.user.email})


def by_link_to_a_password(person: Person, guess: int) -> Any:
    address = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person.user), f"guess-{guess}"])
    return Person().post(address, {"password1": "three dry herrings", "password2": "three dry herrings"})


def by_code(person: Person, guess: int) -> Any:
    """Three guesses at each code, and then a new one has to be asked for."""
    User.objects.get_or_create(email="res@home.example")
    somebody = Person()
    asked = somebody.post(reverse("account_request_login_code"), {"email": "res@home.example"})
    for number in range(3):
        somebody.post(reverse("account_confirm_login_code"), {"code": f"WRONG{number}"})
    return asked


def by_invitation(person: Person, guess: int) -> Any:
    return Person().post(reverse("welcome", args=[f"guess-{guess}"]), {"password": "x"})


def is_stopped(answer: Any) -> bool:
    form = answer.context["form"] if answer.context and "form" in answer.context else None
    return answer.status_code == 429 or bool(form is not None and TOO_OFTEN in str(form.errors))


@pytest.mark.parametrize(
    ("guess", "tries"),
    [
        (by_password, GUESSES),
        (by_second_step, GUESSES),
        (by_recovery_code, GUESSES),
        (by_passkey, GUESSES),
        (by_showing_again, GUESSES),
        (by_old_password, GUESSES),
        (by_asking_for_a_password, GUESSES),
        (by_link_to_a_password, GUESSES),
        (by_code, 3),
        (by_invitation, GUESSES),
    ],
)
def test_every_door_stops_before_the_tenth_guess(
    editor: Person, guess: Callable[[Person, int], Any], tries: int
) -> None:
    answers = [guess(editor, number) for number in range(tries)]
    assert not is_stopped(answers[0])
    assert is_stopped(answers[-1])
    if answers[-1].status_code == 429:
        assert "Wait a little" in answers[-1].content.decode()


def test_guessing_at_one_account_locks_no_other(editor: Person, navigator: Person) -> None:
    for number in range(8):
        by_password(editor, number)
    right = Person().post("/accounts/login/", {"login": editor.user.email, "password": PASSWORD})
    assert right.status_code == 200
    other = Person().post("/accounts/login/", {"login": navigator.user.email, "password": PASSWORD})
    assert other["Location"] == "/staff/"
    # Who is signed in already works on.
    assert editor.get("/staff/").status_code == 200


@pytest.fixture
def closed(navigator: Person) -> Person:
    User.objects.filter(pk=navigator.user.pk).update(is_active=False)
    return navigator


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password that was hashed, as it was."""
    made: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        made.append(password)
        return str(encode(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return made


ADDRESSES = (
    "editor@demo.example",
    "nobody@demo.example",
    "navigator@demo.example",
    "res@home.example",
    "new@home.example",
)


@pytest.fixture
def everybody(editor: Person, closed: Person) -> tuple[str, ...]:
    """A member of staff, nobody, somebody who left, a resident, and one who never came."""
    User.objects.create_user("res@home.example", None)
    return ADDRESSES


def test_a_wrong_password_costs_and_says_the_same_for_everybody(everybody: tuple[str, ...], hashes: list[str]) -> None:
    told, cost = set(), set()
    for address in everybody:
        hashes.clear()
        answer = Person().post("/accounts/login/", {"login": address, "password": "wrong"})
        told.add((answer.status_code, str(answer.context["form"].errors)))
        cost.add(len(hashes))
    assert len(told) == 1
    assert len(cost) == 1


@pytest.mark.parametrize("door", ["account_reset_password", "account_request_login_code"])
def test_asking_for_a_mail_says_and_does_the_same_for_everybody(everybody: tuple[str, ...], door: str) -> None:
    told, queued = set(), set()
    for address in everybody:
        cache.clear()
        before = DBTaskResult.objects.count()
        answer = Person().post(reverse(door), {"email": address})
        told.add((answer.status_code, answer["Location"]))
        queued.add(DBTaskResult.objects.count() - before)
        assert mail.outbox == []
    assert len(told) == 1
    assert queued == {1}


def test_the_pages_after_it_say_the_same_too(everybody: tuple[str, ...]) -> None:
    pages = set()
    for address in everybody:
        somebody = Person()
        somebody.post(reverse("account_request_login_code"), {"email": address})
        page = somebody.get(reverse("account_confirm_login_code")).content.decode()
        wrong = somebody.post(reverse("account_confirm_login_code"), {"code": "WRONG1"}).content.decode()
        pages.add(tuple("".join(line for line in text.splitlines() if "csrf" not in line) for text in (page, wrong)))
    assert len(pages) == 1


def test_what_each_address_gets_by_mail(everybody: tuple[str, ...], run_worker: Callable[[], None]) -> None:
    for address in everybody:
        Person().post(reverse("account_request_login_code"), {"email": address})
        Person().post(reverse("account_reset_password"), {"email": address})
    run_worker()
    told = sorted((message.to[0], message.subject.split(" ", 1)[-1]) for message in mail.outbox)
    assert told == [
        ("editor@demo.example", "a new password"),
        ("editor@demo.example", "to sign in"),
        ("new@home.example", "opens your page"),
        ("new@home.example", "to sign in"),
        ("nobody@demo.example", "opens your page"),
        ("nobody@demo.example", "to sign in"),
        ("res@home.example", "opens your page"),
        ("res@home.example", "to sign in"),
    ]


def test_the_mails_of_the_doors_come_out_of_the_days_budget(
    everybody: tuple[str, ...], run_worker: Callable[[], None], settings: Any
) -> None:
    settings.STRANGERS_MAILS_A_DAY = 1
    for address in everybody:
        Person().post(reverse("account_reset_password"), {"email": address})
        Person().post(reverse("account_request_login_code"), {"email": address})
    run_worker()
    assert len(mail.outbox) == 1


def test_the_worker_is_handed_no_address(editor: Person) -> None:
    Person().post(reverse("account_reset_password"), {"email": editor.user.email})
    assert "@" not in str(DBTaskResult.objects.get().args_kwargs)


def test_the_link_to_a_new_password_opens_the_door(editor: Person, run_worker: Callable[[], None]) -> None:
    Person().post(reverse("account_reset_password"), {"email": editor.user.email})
    run_worker()
    link = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    somebody = Person()
    form = somebody.get(link.removeprefix("http://localhost:8000"))["Location"]
    somebody.post(form, {"password1": "three dry herrings", "password2": "three dry herrings"})
    assert User.objects.get(pk=editor.user.pk).check_password("three dry herrings")


@pytest.mark.parametrize("address", ["signup", "email", "confirm-email", "confirm-email/abc", "password/set"])
def test_doors_of_the_library_that_are_closed(editor: Person, address: str) -> None:
    for person in (editor, Person()):
        assert person.get(f"/accounts/{address}/").status_code == 404
        assert person.post(f"/accounts/{address}/", {"email": "mine@else.example", "action_add": ""}).status_code == 404


def test_the_limits_are_named_for_what_the_library_counts() -> None:
    assert set(ACCOUNT_RATE_LIMITS) - {"invitation"} <= set(app_settings.RATE_LIMITS)
