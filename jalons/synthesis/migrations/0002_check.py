import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('synthesis', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Check',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(editable=False, max_length=64)),
                ('done_count', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('table_count', models.PositiveSmallIntegerField(editable=False)),
                ('moved_at', models.DateTimeField(editable=False)),
                ('synthesis', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='secrecy', to='synthesis.synthesis')),
            ],
            options={
                'verbose_name': 'check of secrecy',
                'verbose_name_plural': 'checks of secrecy',
            },
        ),
    ]
