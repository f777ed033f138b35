from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("pairing", "0001_pairings"),
    ]

    operations = [
        migrations.AddField(
            model_name="pairing",
            name="otherwise",
            field=models.JSONField(db_default={}, default=dict, editable=False),
        ),
    ]
