"""What must agree across rooms: templates and their users, models and their declarations, addresses and who may open them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import GroupPagePermission

from portal.accounts.roles import ROLES, sync_roles
from portal.pages.cookies import COOKIES
from portal.privacy import NoPersonalData, PersonalData
from portal.privacy.declarations import declaration_of, our_models, undeclared_fields

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
OUR_VIEWS = ("portal.", "engagement.", "selfreferral", "newsletter")
# Found by name by Django, allauth or Wagtail, never named in our code.
FOUND_BY_OTHERS = (
    "400.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "500.html",
    "account/",
    "mfa/",
    "allauth/",
    "usersessions/",
    "wagtail",
)


def sources() -> str:
    files = [
        path
        for package in ("portal", "engagement", "selfreferral", "newsletter", "templates")
        for suffix in ("*.py", "*.html", "*.txt", "*.typ")
        for path in (ROOT / package).rglob(suffix)
    ]
    return "\n".join(path.read_text() for path in files)


def test_every_template_is_used() -> None:
    text = sources()
    unused = []
    for path in sorted(TEMPLATES.rglob("*.*")):
        name = str(path.relative_to(TEMPLATES))
        if name.startswith(FOUND_BY_OTHERS):
            continue
        mail = re.match(r"emails/(.+?)\.(subject\.txt|txt|html)$", name)
        # One mail of three parts is named once, without its ending; a letter by its kind.
        names = [f'"{name}"', f"'{name}'"]
        if mail:
            names += [f'"{mail[1]}"', f'@letter("{mail[1].removeprefix("comments/")}")']
        if path.suffix == ".typ":
            # A sheet of paper is named without its ending; what several sheets take in, without its folder.
            names += [f'"{name.removesuffix(".typ")}"', f'#import "{path.name}"']
        if not any(wanted in text for wanted in names):
            unused.append(name)
    assert unused == [], unused


def test_every_component_says_what_it_needs() -> None:
    silent = [
        path.name for path in (TEMPLATES / "components").glob("*.html") if "{% comment %}" not in path.read_text()[:400]
    ]
    assert silent == []


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_model_declares_its_personal_data(model: type[models.Model]) -> None:
    assert declaration_of(model) is not None, f"{model.__name__} has no personal_data"
    assert undeclared_fields(model) == set()


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_a_declaration_names_only_fields_that_exist(model: type[models.Model]) -> None:
    declared = declaration_of(model)
    if isinstance(declared, PersonalData):
        names = {field.name for field in model._meta.get_fields()}
        assert set(declared.fields) | set(declared.impersonal) <= names
        assert not set(declared.fields) & set(declared.impersonal)
    else:
        assert isinstance(declared, NoPersonalData)
        assert declared.because


def our_addresses(
    patterns: list[URLPattern | URLResolver] | None = None, prefix: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Every address that one of our own views answers."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from our_addresses(pattern.url_patterns, here)
        else:
            yield here, pattern


def is_ours(pattern: URLPattern) -> bool:
    view = pattern.callback
    return getattr(view, "__module__", "").startswith(OUR_VIEWS)


def unwrapped_attributes(pattern: URLPattern) -> set[str]:
    """Markers on a view or on whatever it wraps (Wagtail wraps staff views in its own sign-in check)."""
    found: set[str] = set()
    view: Any = pattern.callback
    while view is not None:
        found |= {name for name in ("is_public", "required_permission") if getattr(view, name, None)}
        view = getattr(view, "__wrapped__", None)
    return found


def test_every_address_of_ours_is_public_or_takes_a_permission() -> None:
    addresses = [(address, pattern) for address, pattern in our_addresses() if is_ours(pattern)]
    assert len(addresses) > 10
    undecided = [
        address
        for address, pattern in addresses
        if not unwrapped_attributes(pattern) and not hasattr(pattern.callback, "view_class")
    ]
    assert undecided == []


@pytest.mark.django_db
def test_every_permission_of_a_role_exists() -> None:
    known = {
        f"{permission.content_type.app_label}.{permission.codename}"
        for permission in Permission.objects.select_related("content_type")
    }
    named = {
        name
        for role in ROLES.values()
        for name in (*role.permissions, *role.collections, *(f"wagtailcore.{page}" for page in role.pages))
    }
    assert named - known == set()


@pytest.mark.django_db
def test_groups_are_in_step_with_the_table_of_roles() -> None:
    group = Group.objects.get(name="Navigator")
    group.permissions.add(Permission.objects.get(codename="change_user"))
    GroupPagePermission.objects.all().delete()
    sync_roles()
    for role in ROLES.values():
        group = Group.objects.get(name=role.title)
        held = {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type")}
        assert held == set(role.permissions)
        on_pages = GroupPagePermission.objects.filter(group=group)
        assert {row.permission.codename for row in on_pages} == set(role.pages)


@pytest.mark.django_db
def test_migrations_leave_no_sample_groups_of_wagtail() -> None:
    assert {group.name for group in Group.objects.all()} == {role.title for role in ROLES.values()}


def test_only_the_roles_of_the_referral_room_may_see_referrals() -> None:
    may = {
        name: {p for p in role.permissions if p.startswith("selfreferral.")}
        for name, role in ROLES.items()
        if name not in {"navigator", "lead"}
    }
    held = {name: permissions for name, permissions in may.items() if permissions}
    assert held == {"partner": {"selfreferral.view_shared"}, "administrator": {"selfreferral.approve_erasure"}}


def test_every_cookie_is_listed_once() -> None:
    names = [cookie.name for cookie in COOKIES]
    assert len(names) == len(set(names))


def test_migrations_are_named_for_what_they_do() -> None:
    nameless = [
        str(path.relative_to(ROOT))
        for package in ("portal", "engagement", "selfreferral", "newsletter")
        for path in (ROOT / package).rglob("migrations/0*.py")
        if "_auto_" in path.name or path.stem.endswith("_initial")
    ]
    assert nameless == []
