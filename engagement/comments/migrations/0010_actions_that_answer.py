"""Lets an action have an owner, pictures, updates and the verdict of those who asked."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def tell_what_was_published(apps: Any, schema_editor: Any) -> None:
    """What is on the site already has been told once, on the day on which it was published."""
    update = apps.get_model("comments", "ActionUpdate")
    for action in apps.get_model("comments", "Action").objects.filter(published_at__isnull=False, said_at__isnull=True):
        action.said_at = action.published_at
        action.save(update_fields=["said_at"])
        update.objects.create(
            action=action, status=action.status, words=action.words, said_at=action.published_at,
            said_by_id=action.published_by_id,
        )


class Migration(migrations.Migration):
    dependencies = [("comments", "0009_counts_of_the_map"), migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("wagtailimages", "0027_image_description")]

    operations = [
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.CharField(choices=[('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No')], max_length=6)),
                ('words', models.TextField(blank=True, max_length=1000)),
                ('given_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='action',
            name='after',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image'),
        ),
        migrations.AddField(
            model_name='action',
            name='asked_at',
            field=models.DateTimeField(blank=True, help_text='When people were asked whether it is better.', null=True),
        ),
        migrations.AddField(
            model_name='action',
            name='before',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image'),
        ),
        migrations.AddField(
            model_name='action',
            name='belongs_to',
            field=models.CharField(blank=True, help_text='Whose it is, where it is not ours.', max_length=120),
        ),
        migrations.AddField(
            model_name='action',
            name='owner',
            field=models.CharField(blank=True, help_text='Who sees to it.', max_length=120),
        ),
        migrations.AddField(
            model_name='action',
            name='reopened_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='action',
            name='said_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name='action',
            index=models.Index(fields=['-said_at'], name='comments_actions_by_news'),
        ),
        migrations.AlterField(
            model_name='action',
            name='status',
            field=models.CharField(choices=[('looking_into_it', 'Looking into it'), ('planned', 'Planned'), ('partly_done', 'Partly done'), ('done', 'Done'), ('not_possible', 'Not possible, because'), ('somebody_elses', 'It belongs to somebody else')], max_length=16),
        ),
        migrations.CreateModel(
            name='ActionUpdate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('looking_into_it', 'Looking into it'), ('planned', 'Planned'), ('partly_done', 'Partly done'), ('done', 'Done'), ('not_possible', 'Not possible, because'), ('somebody_elses', 'It belongs to somebody else')], max_length=16)),
                ('words', models.TextField(max_length=3000)),
                ('said_at', models.DateTimeField()),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='updates', to='comments.action')),
                ('told_about', models.ManyToManyField(blank=True, related_name='+', to='comments.placecomment')),
                ('said_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['said_at', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='verdict',
            name='action',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to='comments.action'),
        ),
        migrations.AddField(
            model_name='verdict',
            name='follower',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='comments.follower'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.UniqueConstraint(fields=('action', 'follower'), name='comments_one_verdict_a_follower'),
        ),
        migrations.RunPython(tell_what_was_published, migrations.RunPython.noop),
    ]
