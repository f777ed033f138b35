from django.db import migrations


class Migration(migrations.Migration):
    """Files waiting to be confirmed go to `imports` with their rows: renamed, not copied."""

    dependencies = [("surveys", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterModelTable("PendingImport", "imports_pendingimport"),
            ],
            state_operations=[migrations.DeleteModel("PendingImport")],
        ),
    ]
