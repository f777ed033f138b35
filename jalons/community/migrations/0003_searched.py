from django.db import migrations, models

from jalons.search.words import line_of


def fill_keys(apps, schema_editor):
    """Messages told before are found by their words as the others."""
    News = apps.get_model("community", "News")
    told = list(News.objects.filter(withdrawn_at=None).only("title", "text"))
    for one in told:
        one.key = line_of(one.title, one.text)
    News.objects.bulk_update(told, ["key"], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ("community", "0002_relayed_addresses"),
    ]

    operations = [
        migrations.AddField(
            model_name="news",
            name="key",
            field=models.TextField(default="", editable=False),
        ),
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
    ]
