"""Makes room for the counts of published comments in each square of the map."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0008_what_the_desk_keeps")]

    operations = [
        migrations.CreateModel(
            name='CellCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tile', models.BigIntegerField()),
                ('cell', models.BigIntegerField()),
                ('theme_id', models.PositiveIntegerField(default=0)),
                ('good', models.IntegerField(default=0)),
                ('needs_work', models.IntegerField(default=0)),
                ('idea', models.IntegerField(default=0)),
                ('memory', models.IntegerField(default=0)),
                ('hope', models.IntegerField(default=0)),
                ('not_said', models.IntegerField(default=0)),
                ('sum_x', models.BigIntegerField(default=0)),
                ('sum_y', models.BigIntegerField(default=0)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='comments.consultation')),
            ],
        ),
        migrations.AddConstraint(
            model_name='cellcount',
            constraint=models.UniqueConstraint(fields=('tile', 'consultation', 'theme_id', 'cell'), name='comments_one_count_a_square'),
        ),
    ]
