"""Gives a new site its home page and takes away Wagtail's welcome page and sample groups: roles are code here."""

from typing import Any

from django.db import migrations


def make_home_page(apps: Any, schema_editor: Any) -> None:
    content_type_model = apps.get_model("contenttypes", "ContentType")
    page_model = apps.get_model("wagtailcore", "Page")
    home_model = apps.get_model("pages", "HomePage")
    site_model = apps.get_model("wagtailcore", "Site")
    if home_model.objects.exists():
        return
    apps.get_model("auth", "Group").objects.filter(name__in=["Moderators", "Editors"]).delete()
    page_model.objects.filter(depth=2, slug="home").delete()
    content_type, _ = content_type_model.objects.get_or_create(app_label="pages", model="homepage")
    root = page_model.objects.get(depth=1)
    home = home_model.objects.create(
        title="Home",
        draft_title="Home",
        slug="home",
        content_type=content_type,
        path="00010001",
        depth=2,
        numchild=0,
        url_path="/home/",
        locale_id=apps.get_model("wagtailcore", "Locale").objects.first().pk,
    )
    page_model.objects.filter(pk=root.pk).update(numchild=page_model.objects.filter(depth=2).count())
    site_model.objects.all().delete()
    site_model.objects.create(hostname="localhost", port=80, root_page=home, is_default_site=True)


def leave_it(apps: Any, schema_editor: Any) -> None:
    """Going back drops the table of home pages; the page itself may hold an editor's words and is not deleted here."""


class Migration(migrations.Migration):
    """One home page and one site."""

    dependencies = [
        ("pages", "0001_first_pages"),
        ("wagtailcore", "0040_page_draft_title"),
    ]

    operations = [migrations.RunPython(make_home_page, leave_it)]
