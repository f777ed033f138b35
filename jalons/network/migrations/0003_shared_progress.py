"""Two models were called Progress: this one says that it is the one that is shared."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("network", "0002_amendments")]
    operations = [migrations.RenameModel("Progress", "SharedProgress")]
