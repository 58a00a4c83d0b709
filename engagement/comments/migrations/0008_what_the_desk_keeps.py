"""Makes room for redactions, saved replies, the checklist, who is reading what, and what has still to be read."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0007_what_comes_along"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name='ChecklistItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=160)),
                ('position', models.PositiveSmallIntegerField(default=100)),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'verbose_name': 'line of the checklist',
                'verbose_name_plural': 'checklist',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Redaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words_before', models.TextField(blank=True)),
                ('where_words_before', models.CharField(blank=True, max_length=300)),
                ('was_photo_hidden', models.BooleanField(default=False)),
                ('was_name_shown', models.BooleanField(default=False)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('redacted_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SavedReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80)),
                ('kind', models.CharField(choices=[('answer', 'An answer under a comment'), ('decline', 'To an author whose comment is not shown')], default='answer', max_length=8)),
                ('words', models.TextField(max_length=3000)),
                ('position', models.PositiveSmallIntegerField(default=100)),
            ],
            options={
                'verbose_name': 'saved reply',
                'verbose_name_plural': 'saved replies',
                'ordering': ['kind', 'position', 'title'],
            },
        ),
        migrations.CreateModel(
            name='ChecklistTick',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ticked_at', models.DateTimeField()),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ticks', to='comments.placecomment')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ticks', to='comments.checklistitem')),
                ('ticked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddField(
            model_name='reading',
            name='comment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='comments.placecomment'),
        ),
        migrations.AddField(
            model_name='reading',
            name='reader',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='redaction',
            name='addition',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='redactions', to='comments.addition'),
        ),
        migrations.AddField(
            model_name='redaction',
            name='comment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='redactions', to='comments.placecomment'),
        ),
        migrations.AddField(
            model_name='redaction',
            name='redacted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='redaction',
            name='undoes',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='undone_by', to='comments.redaction'),
        ),
        migrations.AddField(
            model_name='moderationdecision',
            name='told',
            field=models.TextField(blank=True, max_length=3000),
        ),
        migrations.AddField(
            model_name='moderationdecision',
            name='batch',
            field=models.UUIDField(blank=True, db_index=True, null=True),
        ),
        migrations.AddField(
            model_name='placecomment',
            name='is_unread',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='placecomment',
            name='is_to_read',
            field=models.GeneratedField(db_persist=True, expression=models.Q(('status__in', ('waiting', 'held')), models.Q(('is_unread', True), ('status', 'published')), _connector='OR'), output_field=models.BooleanField()),  # type: ignore[arg-type]
        ),
        migrations.AddIndex(
            model_name='placecomment',
            index=models.Index(condition=models.Q(('is_to_read', True)), fields=['-risk', 'sent_at'], name='comments_to_read'),
        ),
        migrations.AddConstraint(
            model_name='checklisttick',
            constraint=models.UniqueConstraint(fields=('comment', 'item'), name='comments_one_tick_a_line'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.UniqueConstraint(fields=('comment', 'reader'), name='comments_one_reading_a_person'),
        ),
    ]
