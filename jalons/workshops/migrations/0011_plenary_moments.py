from django.db import migrations, models


def forget_forms(apps, schema_editor):
    """Only a poll has a form of answer: another kind kept the one that was ticked."""
    activities = apps.get_model("workshops", "Activity").objects
    activities.exclude(kind="poll").update(form="single")


class Migration(migrations.Migration):

    dependencies = [
        ("workshops", "0010_sheets"),
    ]

    operations = [
        migrations.AddField(
            model_name="moment",
            name="in_plenary",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(forget_forms, migrations.RunPython.noop),
    ]
