"""Lays the indexes by which comments and what was done about them are found: what is shown apart from what was sent."""

from django.db import migrations

from portal.fulltext import Index

INDEXES = (
    Index("comments_shown", "comments_placecomment", ("words", "where_words")),
    Index("comments_sent", "comments_placecomment", ("sent_words", "sent_where_words")),
    Index("actions_told", "comments_action", ("title", "words")),
)


class Migration(migrations.Migration):
    dependencies = [("comments", "0012_first_words_of_the_desk")]

    operations = [migrations.RunPython(index.lay, index.lift) for index in INDEXES]
