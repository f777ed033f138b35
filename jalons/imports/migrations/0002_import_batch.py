import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F


def name_waiting_files(apps, schema_editor):
    """A file that waited keeps its name and its mapping; it is read again."""
    Batch = apps.get_model("imports", "ImportBatch")
    for batch in Batch.objects.select_related("stored"):
        batch.file_name, batch.state = batch.stored.name, "to_check"
        batch.save(update_fields=["file_name", "state"])


class Migration(migrations.Migration):

    dependencies = [
        ("files", "0001_initial"),
        ("imports", "0001_initial"),
        ("spaces", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel("PendingImport", "ImportBatch"),
    ]
