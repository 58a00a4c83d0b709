"""Groups are listed page by page, by name and by when we last heard from them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0017_words_are_found_by_an_index")]

    operations = [
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["name"], name="group_by_name"),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["heard_on", "name"], name="group_by_last_word"),
        ),
    ]
