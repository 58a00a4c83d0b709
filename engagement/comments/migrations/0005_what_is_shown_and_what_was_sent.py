"""Keeps what was sent beside what is shown, the square of the map, the risk and the support of a comment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0004_face_to_face_sessions")]

    operations = [
        migrations.AddField(
            model_name='placecomment',
            name='cell',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='placecomment',
            name='exact_latitude',
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='placecomment',
            name='exact_longitude',
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='placecomment',
            name='risk',
            field=models.PositiveSmallIntegerField(choices=[(0, 'nothing special'), (1, 'one of very many, or it reads like an advert'), (2, 'it may give away something private'), (3, 'somebody may need help')], default=0),
        ),
        migrations.AddField(
            model_name='placecomment',
            name='sent_where_words',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='placecomment',
            name='sent_words',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='placecomment',
            name='support_count',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name='placecomment',
            index=models.Index(fields=['status', '-risk', 'sent_at'], name='comments_by_risk'),
        ),
        migrations.AddIndex(
            model_name='placecomment',
            index=models.Index(fields=['status', 'cell'], name='comments_by_cell'),
        ),
    ]
