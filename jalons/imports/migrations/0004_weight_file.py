from django.db import migrations


def number_weights(apps, schema_editor):
    """A weight says of which file it comes, where the last file that gave it is known."""
    Row = apps.get_model("imports", "ImportedRow")
    Response = apps.get_model("surveys", "Response")
    rows = Row.objects.filter(response__given_weight__isnull=False).order_by("pk")
    last = dict(rows.values_list("response", "batch"))
    weighed = [Response(pk=pk, weight_file=batch) for pk, batch in last.items()]
    Response.objects.bulk_update(weighed, ["weight_file"], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ("imports", "0003_undoing_in_blocks"),
        ("surveys", "0008_weight_file"),
    ]

    operations = [
        migrations.RunPython(number_weights, migrations.RunPython.noop),
    ]
