"""Lays the indexes by which places, activities and groups are found."""

from django.db import migrations

from portal.fulltext import Index

INDEXES = (
    Index("venues_described", "directory_venue", ("name", "description", "address", "postcode")),
    Index("venues_named", "directory_venue", ("name",)),
    Index("activities_described", "directory_activity", ("name", "description", "who_for")),
    Index("groups_described", "directory_organisation", ("name", "description", "who_for")),
)


class Migration(migrations.Migration):
    dependencies = [("directory", "0016_a_closing_takes_its_sessions_along")]

    operations = [migrations.RunPython(index.lay, index.lift) for index in INDEXES]
