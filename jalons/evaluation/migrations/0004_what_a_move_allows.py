from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("evaluation", "0003_said_otherwise"),
    ]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="low",
            field=models.DecimalField(
                decimal_places=3, editable=False, max_digits=14, null=True
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="high",
            field=models.DecimalField(
                decimal_places=3, editable=False, max_digits=14, null=True
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="verdict",
            field=models.CharField(
                blank=True,
                choices=[
                    ("too few", "too few"),
                    ("cannot tell", "cannot tell"),
                    ("higher", "higher"),
                    ("lower", "lower"),
                ],
                db_default="",
                default="",
                editable=False,
                max_length=11,
            ),
        ),
    ]
