
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('questionnaires', '0004_drop_last_change'),
    ]

    operations = [
        migrations.AddField(
            model_name='version',
            name='drafted_as',
            field=models.PositiveBigIntegerField(editable=False, null=True),
        ),
    ]
