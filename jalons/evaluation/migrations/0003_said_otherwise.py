from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("evaluation", "0002_effective_size"),
    ]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="otherwise",
            field=models.JSONField(db_default={}, default=dict, editable=False),
        ),
    ]
