from __future__ import annotations

from django.db import migrations


def settle(apps, schema_editor) -> None:
    """What was published before this was kept rests on its scores all the same."""
    for publication in apps.get_model("observatory", "Publication").objects.all():
        campaigns = apps.get_model("surveys", "Campaign").objects
        of_it = campaigns.filter(pk=publication.campaign_id, settled_at=None)
        of_it.update(settled_at=publication.published_at)


class Migration(migrations.Migration):
    dependencies = [
        ("observatory", "0001_initial"),
        ("surveys", "0006_settled"),
    ]
    operations = [migrations.RunPython(settle, migrations.RunPython.noop)]
