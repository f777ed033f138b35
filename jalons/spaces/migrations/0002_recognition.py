import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F


def recognise_all(apps, schema_editor):
    """Teams at work before the rule keep what they had."""
    apps.get_model("spaces", "Space").objects.update(recognised_at=F("created_at"))


class Migration(migrations.Migration):

    dependencies = [
        ("spaces", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="space",
            name="recognised_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="space",
            name="recognised_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(recognise_all, migrations.RunPython.noop),
    ]
