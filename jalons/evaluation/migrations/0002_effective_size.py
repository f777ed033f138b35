from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("evaluation", "0001_begun"),
    ]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="effective_n",
            field=models.FloatField(editable=False, null=True),
        ),
    ]
