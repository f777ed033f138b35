import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def name_waiting_files(apps, schema_editor):
    """A file that waited keeps its name and its mapping; it is read again."""
    Batch = apps.get_model("imports", "ImportBatch")
    for batch in Batch.objects.select_related("stored"):
        batch.file_name, batch.state = batch.stored.name, "to_check"
        batch.save(update_fields=["file_name", "state"])


class Migration(migrations.Migration):

    dependencies = [
        ("files", "0001_initial"),
        ("imports", "0001_initial"),
        ("spaces", "0001_initial"),
        ("surveys", "0002_imports_leave"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel("PendingImport", "ImportBatch"),
        migrations.AlterModelOptions(
            name='importbatch',
            options={'verbose_name': 'file of answers', 'verbose_name_plural': 'files of answers'},
        ),
        migrations.AddField(
            model_name='importbatch',
            name='beat_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='choices',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='done_count',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='file_name',
            field=models.CharField(default='', max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='importbatch',
            name='header_line',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='problem',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='recorded_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='refused',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='files.storedfile'),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='report',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='state',
            field=models.CharField(choices=[('to_map', 'its columns are not matched yet'), ('to_check', 'about to be read'), ('checking', 'being read'), ('checked', 'read, to be confirmed'), ('to_record', 'about to be recorded'), ('recording', 'being recorded'), ('recorded', 'recorded'), ('failed', 'cannot be read'), ('undone', 'undone')], default='to_map', max_length=12),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='undone_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='importbatch',
            name='campaign',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imports', to='surveys.campaign'),
        ),
        migrations.AlterField(
            model_name='importbatch',
            name='given_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='importbatch',
            name='mapping',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='importbatch',
            name='mapping_name',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name='importbatch',
            name='stored',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='files.storedfile'),
        ),
        migrations.CreateModel(
            name='ImportedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField()),
                ('before', models.JSONField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('kept_until', models.DateField()),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='imports.importbatch')),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='surveys.response')),
            ],
            options={
                'verbose_name': 'row of an imported file',
                'verbose_name_plural': 'rows of an imported file',
                'constraints': [models.UniqueConstraint(fields=('batch', 'response'), name='imported_row_once_per_answer')],
            },
        ),
        migrations.CreateModel(
            name='SavedMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('questionnaire_code', models.SlugField(max_length=60)),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('content', models.TextField()),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mappings', to='spaces.space')),
            ],
            options={
                'verbose_name': 'mapping of columns',
                'verbose_name_plural': 'mappings of columns',
                'constraints': [models.UniqueConstraint(fields=('space', 'title'), name='mapping_once_per_title')],
            },
        ),
        migrations.RunPython(name_waiting_files, migrations.RunPython.noop),
    ]
