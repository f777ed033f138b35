from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0007_of_inhabitants'),
    ]

    operations = [
        migrations.AddField(
            model_name='response',
            name='weight_file',
            field=models.PositiveBigIntegerField(null=True),
        ),
    ]
