from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("diagnosis", "0003_nuanced"),
    ]

    operations = [
        migrations.AddField(
            model_name="note",
            name="otherwise",
            field=models.JSONField(db_default={}, default=dict, editable=False),
        ),
    ]
