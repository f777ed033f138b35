from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('observatory', '0002_settle_published'),
    ]

    operations = [
        migrations.AddField(
            model_name='publication',
            name='licence',
            field=models.CharField(blank=True, choices=[('etalab-2.0', 'Licence Ouverte 2.0'), ('CC-BY-4.0', 'CC BY 4.0'), ('CC-BY-SA-4.0', 'CC BY-SA 4.0'), ('ODbL-1.0', 'ODbL 1.0'), ('reserved', 'All rights reserved')], db_default='', default='', max_length=20, verbose_name='licence'),
        ),
    ]
