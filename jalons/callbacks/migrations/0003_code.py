import secrets

from django.db import migrations, models

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def give_codes(apps, schema_editor):
    callbacks = apps.get_model("callbacks", "CallBack")
    for callback in callbacks.objects.all():
        callback.code = "".join(secrets.choice(LETTERS) for _place in range(10))
        callback.save(update_fields=["code"])


class Migration(migrations.Migration):
    dependencies = [("callbacks", "0002_withdrawn")]

    operations = [
        migrations.AddField(
            "callback", "code", models.CharField(max_length=10, default="")
        ),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
        migrations.AlterField(
            "callback",
            "code",
            models.CharField(max_length=10, unique=True, editable=False),
        ),
    ]
