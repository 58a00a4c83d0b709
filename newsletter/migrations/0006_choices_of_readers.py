"""What readers choose: how, how often, about what, from where; and where the proof is kept."""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("newsletter", "0005_topics_and_places_of_an_issue"),
        ('geo', '0001_first_tables'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='subscriber',
            options={'default_permissions': (), 'permissions': [('view_subscriber_counts', 'Can see how many readers there are'), ('keep_subscribers', 'Can write down readers who asked on paper or in person, and see who has it posted')], 'verbose_name': 'reader of the newspaper', 'verbose_name_plural': 'readers of the newspaper'},
        ),
        migrations.RemoveConstraint(
            model_name='subscriber',
            name='one_subscriber_per_address',
        ),
        migrations.AddField(
            model_name='consent',
            name='evidence',
            field=models.CharField(blank=True, help_text="Where the proof is kept: “paper form, folder 3”. Never a person's words.", max_length=300),
        ),
        migrations.AddField(
            model_name='subscriber',
            name='channel',
            field=models.CharField(choices=[('email', 'by e-mail'), ('post', 'by post')], default='email', max_length=5),
        ),
        migrations.AddField(
            model_name='subscriber',
            name='frequency',
            field=models.CharField(choices=[('each_issue', 'each new issue'), ('weekly', 'one mail a week')], default='each_issue', max_length=10),
        ),
        migrations.AddField(
            model_name='subscriber',
            name='name',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name='subscriber',
            name='paused_until',
            field=models.DateField(blank=True, help_text='The day on which a pause ends by itself; empty: when they come back.', null=True),
        ),
        migrations.AddField(
            model_name='subscriber',
            name='place',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='geo.area'),
        ),
        migrations.AddField(
            model_name='subscriber',
            name='postal_address',
            field=models.TextField(blank=True, help_text='Only of somebody who has it posted.', max_length=300),
        ),
        migrations.AddField(
            model_name='subscriber',
            name='topics',
            field=models.ManyToManyField(blank=True, help_text='None: all of them.', related_name='subscribers', to='newsletter.topic'),
        ),
        migrations.AlterField(
            model_name='subscriber',
            name='email',
            field=models.EmailField(blank=True, help_text='Empty once it is deleted, or where all goes by post.', max_length=254, verbose_name='e-mail address'),
        ),
        migrations.AddConstraint(
            model_name='subscriber',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), condition=models.Q(('email', ''), _negated=True), name='one_subscriber_per_address'),
        ),
    ]
