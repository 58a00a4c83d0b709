"""Gives the blind marks a table of their own, so that names can be found too."""

from typing import Any

import django.db.models.deletion
import uuid
from django.db import migrations, models


def mark(apps: Any, schema_editor: Any) -> None:
    """The marks that stood beside each referral become rows of their own."""
    marks = apps.get_model("selfreferral", "BlindMark").objects
    for referral in apps.get_model("selfreferral", "Referral").objects.iterator():
        for kind, made in (("phone", referral.phone_index), ("email", referral.email_index)):
            if made:
                marks.create(referral=referral, kind=kind, mark=made)


def unmark(apps: Any, schema_editor: Any) -> None:
    for row in apps.get_model("selfreferral", "BlindMark").objects.filter(kind__in=("phone", "email")).iterator():
        referrals = apps.get_model("selfreferral", "Referral").objects.filter(pk=row.referral_id)
        referrals.update(**{f"{row.kind}_index": row.mark})


class Migration(migrations.Migration):

    dependencies = [
        ('selfreferral', '0004_questions_keep_the_words_they_had'),
    ]

    operations = [
        migrations.CreateModel(
            name='BlindMark',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('phone', 'the same phone number'), ('email', 'the same e-mail address'), ('name', 'the same name'), ('name_year', 'the same name and year of birth')], max_length=9)),
                ('mark', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': 'blind mark of a person',
                'verbose_name_plural': 'blind marks of people',
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='blindmark',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='selfreferral.referral'),
        ),
        migrations.AddIndex(
            model_name='blindmark',
            index=models.Index(fields=['kind', 'mark'], name='referral_by_mark'),
        ),
        migrations.AddConstraint(
            model_name='blindmark',
            constraint=models.UniqueConstraint(fields=('referral', 'kind', 'mark'), name='each_mark_once'),
        ),
        migrations.RunPython(mark, unmark),
    ]
