import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table comes from `surveys`, which renamed it for us: only Django is told."""

    initial = True

    dependencies = [
        ("files", "0001_initial"),
        ("surveys", "0002_imports_leave"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="PendingImport",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("mapping", models.TextField()),
                        ("mapping_name", models.CharField(max_length=200)),
                        ("given_at", models.DateTimeField(auto_now_add=True)),
                        ("campaign", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="pending_imports", to="surveys.campaign")),
                        ("given_by", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("stored", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="files.storedfile")),
                    ],
                    options={
                        "verbose_name": "file of answers to confirm",
                        "verbose_name_plural": "files of answers to confirm",
                    },
                ),
            ],
        ),
    ]
