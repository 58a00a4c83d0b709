"""Roles as code: what each may do, kept in step with Django's groups after every migration."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group, Permission

ADMIN = "wagtailadmin.access_admin"

_PAGES = ("add_page", "change_page", "publish_page", "lock_page")
_IMAGES = ("wagtailimages.add_image", "wagtailimages.change_image", "wagtailimages.choose_image")
_DOCUMENTS = ("wagtaildocs.add_document", "wagtaildocs.change_document", "wagtaildocs.choose_document")


@dataclass(frozen=True, kw_only=True)
class Role:
    """One job in the partnership: its name, who holds it, and Django permissions as "app.codename".

    `pages` are permissions on the whole page tree, `collections` on the root collection of images and documents.
    """

    title: str
    holds: str
    permissions: tuple[str, ...]
    pages: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()


ROLES: dict[str, Role] = {
    "coordinator": Role(
        title="Coordinator",
        holds="moderates and answers comments, runs face-to-face sessions, keeps the directory and named places true",
        permissions=(
            ADMIN,
            "comments.moderate_placecomment",
            "comments.view_placecomment",
            "comments.run_engagementevent",
            "comments.change_theme",
            "comments.add_theme",
            "comments.change_consultation",
            "comments.add_consultation",
            "comments.add_savedreply",
            "comments.change_savedreply",
            "comments.delete_savedreply",
            "comments.add_checklistitem",
            "comments.change_checklistitem",
            "comments.delete_checklistitem",
            "directory.view_venue",
            "directory.add_venue",
            "directory.change_venue",
            "directory.view_activity",
            "directory.add_activity",
            "directory.change_activity",
            "directory.view_organisation",
            "directory.add_organisation",
            "directory.change_organisation",
            "directory.view_contact",
            "directory.add_contact",
            "directory.change_contact",
            "directory.delete_contact",
            "directory.change_likeness",
            "directory.run_session",
            "directory.view_schoolbreak",
            "directory.add_schoolbreak",
            "directory.change_schoolbreak",
            "directory.delete_schoolbreak",
            "directory.change_keeper",
            "directory.change_proposedchange",
            "directory.change_correction",
            "newsletter.keep_subscribers",
            "rights.handle_everyday",
            "geo.add_namedplace",
            "geo.change_namedplace",
            "geo.delete_namedplace",
            "emails.view_misuse",
            "emails.raise_budget",
            "pages.change_urgenthelp",
            "operations.view_health",
        ),
        collections=_IMAGES,
    ),
    "editor": Role(
        title="Editor",
        holds="writes the pages and the newspaper and sends it",
        permissions=(
            ADMIN,
            "newsletter.send_campaign",
            "newsletter.view_campaign",
            "newsletter.view_subscriber_counts",
            "newsletter.keep_subscribers",
            "newsletter.add_topic",
            "newsletter.change_topic",
            "newsletter.delete_topic",
            "newsletter.change_newspapersettings",
            "pages.change_urgenthelp",
            "insight.draft_report",
        ),
        pages=_PAGES,
        collections=_IMAGES + _DOCUMENTS,
    ),
    "navigator": Role(
        title="Navigator",
        holds="answers people who ask for help and walks with them",
        permissions=(ADMIN, "selfreferral.view_queue", "selfreferral.work_referral"),
    ),
    "lead": Role(
        title="Triage lead",
        holds="decides who walks with whom, watches that nobody is forgotten, reports to the board",
        permissions=(
            ADMIN,
            "selfreferral.view_queue",
            "selfreferral.work_referral",
            "selfreferral.allocate_referral",
            "selfreferral.add_domain",
            "selfreferral.change_domain",
            "selfreferral.delete_domain",
            "selfreferral.add_referralsource",
            "selfreferral.change_referralsource",
            "privacy.hold_record",
            "privacy.view_periods",
            "accounts.view_rolechange",
            "rights.handle_everyday",
            "rights.handle_request",
            "insight.draft_report",
            "insight.view_board_edition",
            "operations.view_health",
        ),
    ),
    "partner": Role(
        title="Partner",
        holds="reads what was shared with them under an agreement, and keeps their own places at /keeping/, as any keeper does",
        permissions=(
            ADMIN,
            "directory.view_venue",
            "directory.view_activity",
            "selfreferral.view_shared",
        ),
    ),
    "administrator": Role(
        title="Administrator",
        holds="keeps accounts and settings, and agrees to erasing by reference alone; does not see referrals",
        permissions=(
            ADMIN,
            "accounts.manage_people",
            "accounts.view_rolechange",
            "pages.change_siteidentity",
            "pages.change_urgenthelp",
            "emails.view_misuse",
            "emails.raise_budget",
            "pages.view_components",
            "wagtailcore.change_site",
            "selfreferral.approve_erasure",
            "privacy.view_periods",
            "insight.draft_report",
            "insight.view_board_edition",
            "operations.view_health",
            "operations.keep_running",
        ),
    ),
}


def sync_roles() -> None:
    """Make Django's groups say what this table says, no more and no less."""
    from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

    root_page, root_collection = Page.get_first_root_node(), Collection.get_first_root_node()
    for role in ROLES.values():
        group, _ = Group.objects.get_or_create(name=role.title)
        group.permissions.set(_permissions(role.permissions))
        _align(group, GroupPagePermission, "page", root_page, [f"wagtailcore.{name}" for name in role.pages])
        _align(group, GroupCollectionPermission, "collection", root_collection, role.collections)


def _permissions(names: Iterable[str]) -> list[Permission]:
    """The permissions of these names; one whose app is not migrated yet comes with the next migration."""
    wanted = set(names)
    return [
        permission
        for permission in Permission.objects.select_related("content_type")
        if f"{permission.content_type.app_label}.{permission.codename}" in wanted
    ]


def _align(group: Group, through: Any, target_name: str, target: Any, names: Iterable[str]) -> None:
    wanted = {permission.pk for permission in _permissions(names)}
    rows = through.objects.filter(group=group)
    rows.exclude(permission_id__in=wanted, **{target_name: target}).delete()
    for pk in wanted - set(rows.values_list("permission_id", flat=True)):
        through.objects.create(group=group, permission_id=pk, **{target_name: target})
