import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A tick becomes a step passed over, whose reason is that it was ticked."""

    dependencies = [
        ('diagnosis', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='finishedstep', name='step_finished_once'
        ),
        migrations.RenameModel('FinishedStep', 'SkippedStep'),
        migrations.AlterModelOptions(
            name='skippedstep',
            options={
                'verbose_name': 'step passed over',
                'verbose_name_plural': 'steps passed over',
            },
        ),
        migrations.RenameField('skippedstep', 'finished_at', 'skipped_at'),
        migrations.RenameField('skippedstep', 'finished_by', 'skipped_by'),
        migrations.AlterField(
            model_name='skippedstep',
            name='diagnosis',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skipped_steps', to='diagnosis.diagnosis'),
        ),
        migrations.AddField(
            model_name='skippedstep',
            name='reason',
            field=models.CharField(default='Étape cochée par l’équipe avant que ses notes ne soient demandées', max_length=300, verbose_name='why you pass over this step'),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name='skippedstep',
            constraint=models.UniqueConstraint(fields=('diagnosis', 'step'), name='step_skipped_once'),
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.SlugField(max_length=20)),
                ('choice', models.CharField(blank=True, max_length=40, verbose_name='choice')),
                ('about', models.CharField(blank=True, max_length=300)),
                ('text', models.TextField(blank=True, max_length=600, verbose_name='in your words')),
                ('written_at', models.DateTimeField(auto_now=True)),
                ('diagnosis', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='diagnosis.diagnosis')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'note of the hour',
                'verbose_name_plural': 'notes of the hour',
                'constraints': [
                    models.UniqueConstraint(fields=('diagnosis', 'question'), name='note_once_per_question'),
                    models.CheckConstraint(condition=models.Q(('choice', ''), ('text', ''), _negated=True), name='note_says_something'),
                ],
            },
        ),
    ]
