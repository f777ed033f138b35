import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('questionnaires', '0005_drafted_as'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='left_out',
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name='draft',
            name='based_on',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='questionnaires.version'),
        ),
    ]
