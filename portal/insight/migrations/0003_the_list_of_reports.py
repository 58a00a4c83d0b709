"""Puts the list of reports at /reports/ under the home page of a site."""

from typing import Any

from django.db import migrations
from wagtail.models import Page


def make_list(apps: Any, schema_editor: Any) -> None:
    page_model = apps.get_model("wagtailcore", "Page")
    index_model = apps.get_model("insight", "ReportIndexPage")
    home = apps.get_model("pages", "HomePage").objects.first()
    if home is None or index_model.objects.exists() or _is_taken(page_model, home):
        return
    content_type_model = apps.get_model("contenttypes", "ContentType")
    content_type, _ = content_type_model.objects.get_or_create(app_label="insight", model="reportindexpage")
    last = page_model.objects.filter(path__startswith=home.path, depth=home.depth + 1).order_by("path").last()
    step = Page._str2int(last.path[-Page.steplen :]) + 1 if last else 1
    index_model.objects.create(
        title="What we did",
        draft_title="What we did",
        slug="reports",
        summary="Our reports: who asked for help, what people said about this place, and what came of it.",
        content_type=content_type,
        path=Page._get_path(home.path, home.depth + 1, step),
        depth=home.depth + 1,
        numchild=0,
        url_path=f"{home.url_path}reports/",
        locale_id=home.locale_id,
    )
    page_model.objects.filter(pk=home.pk).update(numchild=home.numchild + 1)


def _is_taken(page_model: Any, home: Any) -> bool:
    below = page_model.objects.filter(path__startswith=home.path, depth=home.depth + 1)
    return bool(below.filter(slug="reports").exists())


def leave_it(apps: Any, schema_editor: Any) -> None:
    """Going back drops the table of reports; the pages may hold an editor's words and are not deleted here."""


class Migration(migrations.Migration):
    """One list of reports."""

    dependencies = [
        ("insight", "0002_reports"),
        ("newsletter", "0002_the_list_of_issues"),
        ("pages", "0002_first_home_page"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_list, leave_it)]
