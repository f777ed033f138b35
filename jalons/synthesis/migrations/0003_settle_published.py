from __future__ import annotations

from django.db import migrations


def settle(apps, schema_editor) -> None:
    """What was published before this was kept rests on its scores all the same."""
    for edition in apps.get_model("synthesis", "Edition").objects.all():
        campaigns = apps.get_model("surveys", "Campaign").objects
        of_it = campaigns.filter(pk=edition.synthesis.campaign_id, settled_at=None)
        of_it.update(settled_at=edition.published_at)


class Migration(migrations.Migration):
    dependencies = [
        ("synthesis", "0002_check"),
        ("surveys", "0006_settled"),
    ]
    operations = [migrations.RunPython(settle, migrations.RunPython.noop)]
