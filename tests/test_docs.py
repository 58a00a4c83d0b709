"""The documentation says what there is: each setting, role and command, and only what there is."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from engagement.comments.models import Action
from engagement.comments.workflow import Status
from newsletter.workflow import DeliveryState
from portal.accounts.roles import ROLES
from selfreferral.workflow import State

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
OURS = ("portal", "engagement", "selfreferral", "newsletter")
LONGEST_ADR = 40


def settings_read() -> set[str]:
    """Names of every environment variable that the settings ask for."""
    text = "\n".join(path.read_text() for path in (ROOT / "portal" / "settings").glob("*.py"))
    return names_asked_for(text)


def names_asked_for(text: str) -> set[str]:
    return set(re.findall(r'(?:env\.\w+|required|strong)\(\s*"([A-Z][A-Z_]+)"', text))


def our_commands() -> set[str]:
    return {name for name, app in get_commands().items() if app.startswith(OURS)}


def test_each_way_to_read_a_setting_is_looked_for() -> None:
    text = 'strong("ONE", "") required(\n"AN_OTHER", "") env.int("THIRD") unlike("FOURTH")'
    assert names_asked_for(text) == {"ONE", "AN_OTHER", "THIRD"}


@pytest.mark.parametrize("name", sorted(settings_read()))
def test_each_setting_is_documented(name: str) -> None:
    assert f"`{name}`" in (DOCS / "running.md").read_text()


@pytest.mark.parametrize("name", sorted(our_commands()))
def test_each_command_is_documented_and_says_what_it_does(name: str) -> None:
    assert f"`{name}" in (DOCS / "running.md").read_text().replace("manage.py ", "")


def test_no_command_is_documented_that_does_not_exist() -> None:
    named = set(re.findall(r"`(?:python3 )?manage\.py ([a-z_]+)", (DOCS / "running.md").read_text()))
    front_door = {"test"}
    assert named - set(get_commands()) - front_door == set()


@pytest.mark.parametrize("role", sorted(ROLES))
def test_each_role_is_documented(role: str) -> None:
    index, page = (DOCS / "roles.md").read_text(), (DOCS / "roles" / f"{role}.md").read_text()
    assert f"| `{role}` | [{ROLES[role].title}](roles/{role}.md) |" in index
    assert page.startswith(f"# {ROLES[role].title} (`{role}`)\n")
    for column in ("| sees | why |", "| may | why |"):
        assert column in page


def test_no_page_is_about_a_role_that_does_not_exist() -> None:
    assert {path.stem for path in (DOCS / "roles").iterdir()} == set(ROLES)


def table_under(heading: str) -> list[str]:
    """First column of the glossary's table under a heading."""
    part = (DOCS / "glossary.md").read_text().split(f"## {heading}\n")[1].split("\n## ")[0]
    return [line.split("|")[1].strip() for line in part.splitlines() if line.startswith("| ")][1:]


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("What happens to a comment", [status.value for status in Status]),
        ("What happens to an action", Action.Status.values),
        ("What becomes of a copy of the newspaper", [state.value for state in DeliveryState]),
        ("Referral states", [state.value for state in State]),
    ],
)
def test_the_glossary_has_the_words_of_the_code(heading: str, values: list[str]) -> None:
    assert sorted(table_under(heading)) == sorted(values)


@pytest.mark.parametrize("path", sorted((DOCS / "adr").glob("*.md")), ids=lambda path: path.stem)
def test_each_decision_is_short_and_whole(path: Path) -> None:
    text = path.read_text()
    assert re.fullmatch(r"\d{4}-[a-z0-9-]+", path.stem)
    assert len(text.splitlines()) <= LONGEST_ADR
    for part in ("## Context", "## Decision", "## Consequences"):
        assert part in text


def test_the_readme_opens_with_the_two_commands() -> None:
    opening = (ROOT / "README.md").read_text()[:600]
    assert "python3 manage.py demo" in opening
    assert "python3 manage.py test" in opening


@pytest.mark.parametrize("source", [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))], ids=str)
def test_links_in_the_documentation_lead_somewhere(source: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", source.read_text()):
        if not target.startswith(("http", "mailto:")):
            assert (source.parent / target).exists(), target
