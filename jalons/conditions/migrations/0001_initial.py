import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables exist already: `steps` made them, then gave them their new names."""

    initial = True

    dependencies = [
        ('actors', '0003_directory'),
        ('diagnosis', '0003_nuanced'),
        ('ecosystems', '0001_initial'),
        ('meetings', '0001_initial'),
        ('roadmaps', '0001_initial'),
        ('steps', '0003_conditions_go_to_their_app'),
        ('workshops', '0010_sheets'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Appraisal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('condition', models.SlugField(max_length=40)),
                        ('state', models.CharField(choices=[('not_yet', 'not met yet'), ('partly', 'met in part'), ('met', 'it is met')], max_length=7, verbose_name='where it stands')),
                        ('evidence', models.TextField(max_length=1000, verbose_name='what shows it')),
                        ('made_on', models.DateField(verbose_name='looked at on')),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('roadmap', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appraisals', to='roadmaps.roadmap')),
                    ],
                    options={
                        'verbose_name': 'appraisal of a condition of success',
                        'verbose_name_plural': 'appraisals of conditions of success',
                        'ordering': ('-made_on', '-pk'),
                    },
                ),
                migrations.CreateModel(
                    name='Proof',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=280)),
                        ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='actors.actor')),
                        ('appraisal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proofs', to='conditions.appraisal')),
                        ('diagnosis', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='diagnosis.diagnosis')),
                        ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='meetings.meeting')),
                        ('minutes', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='workshops.minutes')),
                        ('resource_map', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='ecosystems.resourcemap')),
                        ('workstream', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='roadmaps.workstream')),
                    ],
                    options={
                        'verbose_name': 'proof of an appraisal',
                        'verbose_name_plural': 'proofs of appraisals',
                        'ordering': ('pk',),
                    },
                ),
            ],
        ),
    ]
