"""security.txt, the accessibility statement, the settings of production and the versions of what we build on."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from portal.pages.settings import SiteIdentity
from tests.conftest import Person

ROOT = Path(__file__).resolve().parents[2]
A_YEAR = timedelta(days=365)

# The newest release known to mend a weakness, and the day on which somebody looked; Cyber Essentials gives 14 days.
LOOKED_ON = date(2026, 11, 22)
FLOOR = {
    "django": (5, 2, 19),
    "wagtail": (7, 4, 4),
    "django-allauth": (65, 21, 1),
    "pillow": (13, 0, 0),
    "bleach": (6, 4, 0),
    "django-csp": (4, 0),
    "django-anymail": (15, 2),
    "cryptography": (50, 0, 2),
    "granian": (2, 8, 7),
    "jinja2": (3, 1, 6),
    "requests": (2, 34, 2),
    "urllib3": (2, 8, 0),
    "pypdf": (7, 1, 0),
    "whitenoise": (6, 12, 0),
}
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))


def pinned(lock: Path) -> dict[str, tuple[int, ...]]:
    rows = re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([0-9]+(?:\.[0-9]+)*)", lock.read_text(), re.M)
    return {name.lower().replace("_", "-"): tuple(int(part) for part in version.split(".")) for name, version in rows}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_nothing_is_older_than_its_last_known_mending(lock: Path) -> None:
    versions = pinned(lock)
    assert "django" in versions
    old = {name: versions[name] for name, least in FLOOR.items() if name in versions and versions[name] < least}
    assert old == {}


@pytest.mark.django_db
def test_security_txt_says_whom_to_tell_and_ends_ahead(resident: Person) -> None:
    identity = SiteIdentity.for_site(_site())
    identity.contact_email, identity.contact_phone = "hello@example.org", "01632 960123"
    identity.save()
    answer = resident.get("/.well-known/security.txt")
    fields = [line.split(": ", 1) for line in answer.content.decode().splitlines()]
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert {name for name, _ in fields} == {"Contact", "Expires", "Preferred-Languages", "Canonical", "Policy"}
    contacts = [value for name, value in fields if name == "Contact"]
    assert contacts[:2] == ["mailto:hello@example.org", "tel:01632960123"]
    said = dict(fields)
    ends = datetime.strptime(said["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=30) < ends - datetime.now(UTC) < A_YEAR
    assert said["Canonical"].endswith("/.well-known/security.txt")
    policy = resident.get(said["Policy"].partition("localhost:8000")[2])
    assert "five working days" in policy.content.decode()
    assert "01632 960123" in policy.content.decode()


@pytest.mark.django_db
def test_security_txt_of_a_site_without_an_address_names_its_page(resident: Person) -> None:
    words = resident.get("/.well-known/security.txt").content.decode()
    assert "example.org" not in words
    assert "Contact: http" in words


def _site() -> object:
    from wagtail.models import Site

    return Site.objects.get(is_default_site=True)


@pytest.mark.django_db
def test_the_accessibility_statement_is_not_a_year_old_and_says_what_it_must(resident: Person) -> None:
    page = resident.get("/accessibility/").content.decode()
    checked = re.search(r'<time datetime="(\d{4}-\d\d-\d\d)">', page)
    assert checked is not None
    assert date.today() - date.fromisoformat(checked[1]) < A_YEAR, "Go through the site again, then put the day right."
    for words in (
        "Tell us what does not work",
        "not right yet",
        "2.2, level AA",
        "You can ring us",
        "equalityadvisory",
    ):
        assert words in page
