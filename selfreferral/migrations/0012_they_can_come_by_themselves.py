"""Lets a talk be written down that the person came for by themselves."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('selfreferral', '0011_find_the_newest_at_once'),
    ]

    operations = [
        migrations.AlterField(
            model_name='contactattempt',
            name='channel',
            field=models.CharField(choices=[('ring', 'Ring'), ('voicemail', 'Leave a voicemail'), ('text', 'Text'), ('email', 'E-mail'), ('post', 'Post'), ('visit', 'Visit'), ('referrer', 'Go through the person who told us'), ('came', 'They came to us, or rang')], max_length=10),
        ),
    ]
